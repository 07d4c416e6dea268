import { makeId } from "../device/device";
import { ScanSync } from "../queue/scan_sync";

/**
 * Writes down what happens to a document: kept on this device first, then shown in the
 * rows of its sheet, then sent; and takes over what the server answers.
 */
export class ScanJournal {
    /**
     * @param {Object} params
     * @param {ScanSheet} params.sheet
     * @param {Object} params.screen what the server's get_screen() said
     * @param {string} params.storageKey what the keys in the storages begin with
     * @param {string} params.device the name of this device
     * @param {() => Date} [params.now]
     * @param {(event: Object, result: Object) => void} params.onResult what the server
     *  made of an event
     * @param {() => void} params.onChange
     *  and `call`, `storage` and `photoStorage`: see ScanSync
     */
    constructor({
        sheet,
        screen,
        storageKey,
        device,
        now = () => new Date(),
        onResult,
        onChange,
        ...services
    }) {
        Object.assign(this, { sheet, device, now, onResult });
        this.sync = new ScanSync({
            ...services,
            key: storageKey,
            screen,
            onAnswer: (answer, events) => this.onAnswer(answer, events),
            onPhotoAnswer: (answer, event) => this.onPhotoAnswer(answer, event),
            onChange,
        });
        this.lastUuid = null;
        this.photoVersion = this.now().getTime();
        for (const event of this.sync.events) {
            this.sheet.add(event);
        }
    }

    record(values) {
        const event = this.makeEvent({ quantity: 1, ...values });
        this.lastUuid = event.uuid;
        this.sheet.add(event);
        this.sync.scans.add(event);
    }

    /** @param {string} image base64 */
    addPhoto(row, image) {
        const event = this.makeEvent({ kind: "photo", line_id: row.id, image });
        this.sheet.add(event);
        this.sync.photos.add(event);
    }

    makeEvent(values) {
        return {
            uuid: makeId(),
            line_id: false,
            time: this.now().toISOString(),
            device: this.device,
            ...values,
        };
    }

    onAnswer(answer, events) {
        this.sheet.settle(events, answer);
        for (const event of events) {
            this.onResult(event, answer.results[event.uuid]);
        }
    }

    /** Nothing but the photo: it may have been on its way for long. */
    onPhotoAnswer(answer, event) {
        const result = answer.results[event.uuid];
        this.sheet.settlePhoto(event, result);
        this.photoVersion = this.now().getTime();
        this.onResult(event, result);
    }
}
