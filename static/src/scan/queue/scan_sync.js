import { ScanQueue } from "./scan_queue";

// A photo on a slow network takes its time.
const PHOTO_PATIENCE = 120000;

/**
 * Keeps a document on the server and this device in step: what happened here goes there,
 * each event once, and what colleagues did comes back.
 *
 * Scans and photos have a queue each, so that a large photo holds up no scan.
 */
export class ScanSync {
    /**
     * @param {Object} params
     * @param {(method: string, args: Array) => Promise<Object>} params.call calls
     *  `record_scans` and `get_changes` of the document; what it throws has `data` when
     *  the server itself refused
     * @param {Storage} params.storage localStorage, or what behaves like it
     * @param {Storage} params.photoStorage the same for photos, which are too large for it
     * @param {string} params.key what the keys in both begin with
     * @param {{now: string, people: Object[], state: string}} params.screen what the
     *  server said when the screen was opened
     * @param {(answer: Object, events: Object[]) => void} params.onAnswer
     * @param {(answer: Object, event: Object) => void} params.onPhotoAnswer
     * @param {() => void} params.onChange
     */
    constructor({
        call,
        storage,
        photoStorage,
        key,
        screen,
        onAnswer,
        onPhotoAnswer,
        onChange,
    }) {
        Object.assign(this, { call, onAnswer, onChange });
        this.learn(screen);
        this.scans = new ScanQueue({
            storage,
            key,
            send: (events) => call("record_scans", [events, this.since]),
            onAnswer: (answer, events) => this.take(answer, events),
            onChange,
        });
        this.photos = new ScanQueue({
            storage: photoStorage,
            key,
            send: (events) => call("record_scans", [events, false]),
            onAnswer: (answer, [event]) => onPhotoAnswer(answer, event),
            onChange,
            batch: 1,
            patience: PHOTO_PATIENCE,
        });
    }

    learn({ now, people, state }) {
        Object.assign(this, { since: now, people, serverState: state });
    }

    take(answer, events) {
        this.learn(answer);
        this.onAnswer(answer, events);
    }

    /** What was scanned here before the page was closed, and is still to be sent. */
    get events() {
        return [...this.scans.events, ...this.photos.events];
    }

    /** So many scans and photos are not known to be on the server. */
    get size() {
        return this.scans.size + this.photos.size;
    }

    /** This device has room for all of them: the page may be closed. */
    get isKept() {
        return this.scans.isKept && this.photos.isKept;
    }

    /** The server takes nothing any more. */
    get isOver() {
        return this.serverState !== "open" || this.scans.status === "stopped";
    }

    /** "offline", "refused", "sending" or "saved" */
    get status() {
        const statuses = [this.scans.status, this.photos.status];
        const trouble = ["offline", "refused"].find((status) =>
            statuses.includes(status)
        );
        return trouble || (this.size ? "sending" : "saved");
    }

    flush() {
        this.scans.flush();
        this.photos.flush();
    }

    /** What is scanned while the server answers is not in its answer, or half of it is. */
    async askForChanges() {
        if (this.scans.size || this.isAsking || this.isOver) {
            return;
        }
        this.isAsking = true;
        const { since } = this;
        try {
            const answer = await this.call("get_changes", [since]);
            if (!this.scans.size && this.since === since) {
                this.scans.status = "online";
                this.take({ ...answer, results: {} }, []);
                this.photos.flush();
            }
        } catch (error) {
            this.scans.status = error.data ? "refused" : "offline";
        } finally {
            this.isAsking = false;
            this.onChange();
        }
    }

    close() {
        this.scans.close();
        this.photos.close();
    }
}
