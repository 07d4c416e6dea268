import { findKeys, ScanQueue } from "../queue/scan_queue";

/**
 * What was scanned on this device for documents that were left without a network: it is
 * sent when the job is opened the next time.
 */
export class Leftovers {
    /**
     * @param {Object} params
     * @param {string} params.prefix what the keys of all documents begin with
     * @param {(id: number, events: Object[]) => Promise<Object>} params.send
     */
    constructor({ prefix, send }) {
        Object.assign(this, { prefix, send });
    }

    /** What the keys of a document begin with. */
    getKey(id) {
        return `${this.prefix}${id}/`;
    }

    /** How much of all documents is in a storage. */
    count(storage) {
        return findKeys(storage, this.prefix).length;
    }

    /**
     * Send all of them.
     *
     * @param {Storage} storage
     * @param {Object} [options] of ScanQueue
     * @returns {Promise<{id: number, size: number}[]>} how much could not be sent
     */
    async sendAll(storage, options = {}) {
        const leftovers = [];
        for (const id of this.findIds(storage)) {
            const size = await this.sendOf(id, storage, options);
            if (size) {
                leftovers.push({ id, size });
            }
        }
        return leftovers;
    }

    findIds(storage) {
        const keys = findKeys(storage, this.prefix);
        return new Set(
            keys.map((key) => Number(key.slice(this.prefix.length).split("/")[0]))
        );
    }

    /** Return how much of a document could not be sent. */
    async sendOf(id, storage, options) {
        const queue = new ScanQueue({
            storage,
            key: this.getKey(id),
            send: (events) => this.send(id, events),
            onAnswer: () => {},
            onChange: () => {},
            ...options,
        });
        queue.close();
        await queue.flush();
        return queue.size;
    }
}
