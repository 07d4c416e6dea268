import { normalize } from "@web/core/l10n/utils/normalize";
import { CodeBook } from "./code_book";

export const PIECE = 1e-6;

/**
 * The rows of a document as this device knows them: what the server said last, and on
 * top of it what was scanned here and is still on its way.
 *
 * It finds the row of a barcode by itself, so that a scan shows at once, also without a
 * network. The server does the same again, and its word is the last. A document's own
 * sheet extends it: it says what an event does to a row, and where a row stands then.
 */
export class ScanSheet {
    /** @param {Object} screen what the server's get_screen() said */
    constructor({ rows, barcodes, policies = {}, undoable }) {
        this.policies = policies;
        this.rows = new Map();
        this.groups = new Map();
        this.codes = new CodeBook(barcodes);
        this.history = undoable.map((entry) => ({ ...entry }));
        this.pending = new Map();
        this.update(rows);
    }

    /** What rows have in common that share one quantity. */
    getGroup(values) {
        return values.id;
    }

    /**
     * Change a row as the server will, once it has the event.
     *
     * @param {Object} row
     * @param {Object} event
     */
    apply() {}

    /**
     * Say where each of the rows of a group stands: its `kind`, see ScanJob.
     *
     * @param {Object[]} rows
     */
    compare() {}

    /** Of the rows that a code stands for, the one that it is taken for. */
    choose(rows, activeId) {
        return rows.find((row) => row.id === activeId) || rows[0];
    }

    get list() {
        return [...this.rows.values()];
    }

    update(rows) {
        for (const values of rows) {
            const row = this.rows.get(values.id);
            if (row) {
                row.server = values;
                this.learnGoods(row);
                this.recount(row);
            } else {
                this.addRow(values);
            }
        }
    }

    addRow(values) {
        const row = { id: values.id, server: values };
        row.text = normalize(`${values.name} ${values.sku} ${values.lot}`);
        this.rows.set(row.id, row);
        this.codes.addRow(row);
        this.learnGoods(row);
        this.recount(row);
    }

    /** A lot may be corrected; and with it, with which rows it is seen together. */
    learnGoods(row) {
        const group = this.getGroup(row.server);
        if (row.knownLot !== row.server.lot) {
            this.codes.learnLot(row);
        }
        if (row.group !== group) {
            this.groups.get(row.group)?.delete(row);
            row.group = group;
            const rows = this.groups.get(group) || new Set();
            this.groups.set(group, rows.add(row));
        }
    }

    /** The rows that one expected quantity is for. */
    getSharing(row) {
        return [...this.groups.get(row.group)];
    }

    /** The server has answered: what was on its way is in its rows now. */
    settle(events, answer) {
        for (const event of events) {
            this.pending.delete(event.uuid);
        }
        this.update(answer.rows);
        for (const event of events) {
            this.learnResult(event, answer.results[event.uuid]);
            const row = this.rows.get(event.line_id);
            if (row) {
                this.recount(row);
            }
        }
    }

    settlePhoto(event, result) {
        this.pending.delete(event.uuid);
        const row = this.rows.get(event.line_id);
        if (row) {
            row.server.has_photo ||= result.status === "counted";
            this.recount(row);
        }
    }

    learnResult(event, result) {
        const row = this.rows.get(result.line_id);
        // What the server does not take back either, is not tried again and again.
        const gone =
            result.status === "counted" ? [event.undoes] : [event.undoes, event.uuid];
        this.history = this.history.filter((entry) => !gone.includes(entry.uuid));
        if (result.status !== "counted") {
            return;
        }
        const entry = this.history.find((known) => known.uuid === event.uuid);
        if (entry) {
            Object.assign(entry, result);
        }
        const isWhole = event.barcode && !event.lot_name && !event.product_id;
        if (row && event.kind === "scan" && isWhole) {
            this.codes.learnCode(event.barcode, row, result.quantity);
        }
    }

    add(event) {
        this.pending.set(event.uuid, event);
        if (["scan", "set", "all_came", "damaged"].includes(event.kind)) {
            this.history.push({ ...event });
        }
        const row = this.rows.get(event.line_id);
        if (row) {
            this.recount(row);
        }
    }

    /** Count again what a row shows, with all that is on its way for it. */
    recount(row) {
        const { server, id, text } = row;
        // A photo that is on its way is no value of the server.
        Object.assign(row, server, { id, text, photo: null });
        const mine = [...this.pending.values()].filter((event) =>
            this.isAbout(event, row)
        );
        const undone = new Set(mine.map((event) => event.undoes));
        for (const event of mine) {
            if (!undone.has(event.uuid)) {
                this.apply(row, event);
            }
        }
        row.isPending = mine.length > 0;
        this.compare(this.getSharing(row));
    }

    /** Tell whether an event changes a row. */
    isAbout(event, row) {
        return event.line_id === row.id;
    }

    /** What an event had done that is taken back; nothing where it is on its way. */
    findTaken(uuid) {
        return this.pending.has(uuid)
            ? undefined
            : this.history.find((entry) => entry.uuid === uuid);
    }

    /** Tell whether there can be so much: half of what comes in whole pieces can't. */
    isPossible(row, quantity) {
        const steps = quantity / (row.step || PIECE);
        return Math.abs(steps - Math.round(steps)) < 1e-4;
    }

    /** Return the last thing done here that can be taken back: what was one press. */
    getUndoable() {
        const taken = new Set([...this.pending.values()].map((event) => event.undoes));
        const known = this.history.filter((entry) => !taken.has(entry.uuid));
        const last = known.at(-1);
        return last?.press
            ? known.filter((entry) => entry.press === last.press)
            : known.slice(-1);
    }

    /**
     * Find the row that a code stands for: as the code book does, and of several rows
     * the one that misses something, the active one first.
     *
     * @returns {{row?: Object, quantity: number, lot?: string, needsLot?: Object[],
     *  needsProduct?: {id: number, name: string}[]}|null}
     */
    find(code, activeId, productId) {
        const match = this.codes.find(code, productId);
        return match?.rows
            ? { ...match, row: this.choose(match.rows, activeId) }
            : match;
    }

    findLot(rows, lot) {
        return rows.find((row) => row.server.lot === lot);
    }

    /** Return the rows of a filter; a text leaves only those it is found in. */
    filter(name, text, activeId) {
        const words = normalize(text).split(/\s+/).filter(Boolean);
        return this.list.filter((row) => {
            if (words.length) {
                return words.every((word) => row.text.includes(word));
            }
            if (row.id === activeId) {
                return true;
            }
            return row.kind !== "hidden" && (name === "all" || row.kind === name);
        });
    }

    /** How many rows there are of each kind, without those that say nothing. */
    getProgress() {
        const progress = {
            lines: 0,
            linesDone: 0,
            remaining: 0,
            differing: 0,
            done: 0,
        };
        for (const { kind } of this.rows.values()) {
            if (kind !== "hidden") {
                progress.lines += 1;
                progress[kind] += 1;
            }
        }
        progress.linesDone = progress.lines - progress.remaining;
        progress.amounts = this.getAmounts();
        return progress;
    }

    /**
     * How much is done, added up by unit: kilograms to no pieces.
     *
     * @returns {Map<string, {came: number, expected: number}>}
     */
    getAmounts() {
        const amounts = new Map();
        for (const row of this.rows.values()) {
            if (row.kind !== "hidden") {
                const amount = amounts.get(row.unit) || { came: 0, expected: 0 };
                amount.came += row.came;
                amount.expected += row.expected || 0;
                amounts.set(row.unit, amount);
            }
        }
        return amounts;
    }
}
