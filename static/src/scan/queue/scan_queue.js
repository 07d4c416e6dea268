const BATCH = 100;
const ANSWER_WITHIN = 20000;
const FIRST_RETRY = 1000;
const LAST_RETRY = 15000;
const MOST_REFUSALS = 3;

function withTimeout(promise, patience) {
    let timer;
    const late = new Promise((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error("No answer")), patience);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Return the keys of a storage that begin with `prefix`, in order. */
export function findKeys(storage, prefix) {
    const keys = Array.from({ length: storage.length }, (_, index) =>
        storage.key(index)
    );
    return keys.filter((key) => key.startsWith(prefix)).sort();
}

/**
 * What was scanned on this device and is not known to be on the server yet.
 *
 * Scans and photos have a queue each, so that a large photo on a slow network holds up
 * no scan. Each event is kept in the browser's storage, under a key of its own, before anything
 * else is done with it: closing the page loses nothing, and two pages do not overwrite
 * each other. Events are sent in order and as often as it takes; the server counts each
 * once, by its id. One that the server can't read stops nothing: it is set aside, and
 * told as refused.
 */
export class ScanQueue {
    /**
     * @param {Object} params
     * @param {Storage} params.storage localStorage, or what behaves like it
     * @param {string} params.key what the keys of this count begin with
     * @param {(events: Object[]) => Promise<Object>} params.send
     * @param {(answer: Object, events: Object[]) => void} params.onAnswer
     * @param {() => void} params.onChange
     * @param {number} [params.batch] so many events are sent at a time
     * @param {number} [params.patience] how long to wait for an answer, in ms
     */
    constructor({
        storage,
        key,
        send,
        onAnswer,
        onChange,
        batch = BATCH,
        patience = ANSWER_WITHIN,
    }) {
        Object.assign(this, {
            storage,
            key,
            send,
            onAnswer,
            onChange,
            batch,
            patience,
        });
        this.entries = this.load();
        this.number = 0;
        this.delay = FIRST_RETRY;
        // So many are sent one by one, to find the one that the server refuses.
        this.singles = 0;
        this.status = "online";
        this.error = "";
        this.isKept = true;
    }

    get events() {
        return this.entries.map((entry) => entry.event);
    }

    get size() {
        return this.entries.length;
    }

    load() {
        return findKeys(this.storage, this.key).map((key) => ({
            key,
            event: JSON.parse(this.storage.getItem(key)),
        }));
    }

    add(event) {
        const moment = String(Date.now()).padStart(15, "0");
        const number = String(this.number++).padStart(6, "0");
        const entry = { key: `${this.key}${moment}-${number}-${event.uuid}`, event };
        this.keep(entry);
        this.entries.push(entry);
        this.flush();
    }

    /** Tell whether the storage has the event now. */
    async keep({ key, event }) {
        try {
            await this.storage.setItem(key, JSON.stringify(event));
            return true;
        } catch {
            // A private window, or a full disk: the page has to stay open.
            this.isKept = false;
            this.onChange();
            return false;
        }
    }

    /** Send all there is; tells whether the server has everything now. */
    flush() {
        clearTimeout(this.timer);
        if (!this.sending && this.status !== "stopped") {
            this.sending = this.sendAll().finally(() => (this.sending = null));
        }
        return this.sending || Promise.resolve(!this.size);
    }

    async sendAll() {
        while (this.entries.length && this.status !== "stopped") {
            const batch = this.entries.slice(0, this.singles ? 1 : this.batch);
            try {
                const answer = await this.sendBatch(batch);
                this.singles = Math.max(0, this.singles - 1);
                this.succeed(batch, answer);
            } catch (error) {
                if (error.data && batch.length > 1) {
                    this.singles = batch.length;
                    continue;
                }
                this.fail(error);
                return false;
            }
        }
        return !this.entries.length;
    }

    async sendBatch(batch) {
        try {
            return await withTimeout(
                this.send(batch.map((entry) => entry.event)),
                this.patience
            );
        } catch (error) {
            if (!error.data || batch.length > 1) {
                throw error;
            }
            return await this.setAside(batch[0], error);
        }
    }

    /** Answer an event as refused, where it is that event and not the server. */
    async setAside(entry, error) {
        entry.refusals = (entry.refusals || 0) + 1;
        if (entry.refusals < MOST_REFUSALS) {
            throw error;
        }
        // Who is logged out, say, is refused here as well, and loses nothing.
        const answer = await withTimeout(this.send([]), this.patience);
        const refusal = { status: "refused", message: error.data.message };
        return { ...answer, results: { [entry.event.uuid]: refusal } };
    }

    succeed(batch, answer) {
        const answered = batch.filter(({ event }) => {
            const result = answer.results[event.uuid];
            return result && result.status !== "closed";
        });
        for (const { key } of answered) {
            this.storage.removeItem(key);
        }
        this.entries = this.entries.filter((entry) => !answered.includes(entry));
        this.status = answered.length < batch.length ? "stopped" : "online";
        this.error = "";
        this.delay = FIRST_RETRY;
        this.onAnswer(
            answer,
            answered.map((entry) => entry.event)
        );
        this.onChange();
    }

    /** Keep everything, and try again later. What has data is the server's own no. */
    fail(error) {
        this.status = error.data ? "refused" : "offline";
        this.error = error.data?.message || "";
        if (!this.isClosed) {
            this.timer = setTimeout(() => this.flush(), this.delay);
            this.delay = Math.min(LAST_RETRY, this.delay * 2);
        }
        this.onChange();
    }

    /**
     * Hand what is left over to the queue of another count, one event after the other.
     *
     * @returns {Promise<boolean>} false where the storage is full: what it does not take
     *  stays here
     */
    async moveTo(key) {
        while (this.entries.length) {
            const [entry] = this.entries;
            const next = { ...entry, key: key + entry.key.slice(this.key.length) };
            if (!(await this.keep(next))) {
                return false;
            }
            this.storage.removeItem(entry.key);
            this.entries.shift();
        }
        return true;
    }

    /** Forget what is left over; only when somebody said so. */
    discard() {
        for (const { key } of this.entries) {
            this.storage.removeItem(key);
        }
        this.entries = [];
    }

    close() {
        this.isClosed = true;
        clearTimeout(this.timer);
    }
}
