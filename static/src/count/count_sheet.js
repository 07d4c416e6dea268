import { normalize } from "@web/core/l10n/utils/normalize";

const PIECE = 1e-6;

/** Return the ways in which the same number is written: UPC-A is an EAN-13 with a 0. */
function getSpellings(code) {
    const isUpc = /^\d{12}$/.test(code);
    const isEan = /^0\d{12}$/.test(code);
    return isUpc ? [code, `0${code}`] : isEan ? [code, code.slice(1)] : [code];
}

/**
 * The rows of a count as this device knows them: what the server said last, and on top
 * of it what was scanned here and is still on its way.
 *
 * It finds the row of a barcode by itself, so that a scan shows at once, also without a
 * network. The server does the same again, and its word is the last.
 */
export class CountSheet {
    constructor({ rows, barcodes, policies, undoable }) {
        this.isBlind = policies.blind;
        this.rows = new Map();
        this.byProduct = new Map();
        this.byLot = new Map();
        this.byCode = new Map();
        for (const [code, productId, quantity] of barcodes) {
            this.byCode.set(code, { productId, quantity });
        }
        this.history = undoable.map((entry) => ({ ...entry }));
        this.pending = new Map();
        this.update(rows);
    }

    get list() {
        return [...this.rows.values()];
    }

    // --- What the server says ---

    update(rows) {
        for (const values of rows) {
            const row = this.rows.get(values.id);
            if (row) {
                row.server = values;
                this.learnLot(row);
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
        const same = this.byProduct.get(values.product_id) || [];
        this.byProduct.set(values.product_id, [...same, row]);
        this.learnLot(row);
        this.recount(row);
    }

    learnLot(row) {
        const { lot, product_id: productId } = row.server;
        if (lot && !this.byLot.has(lot)) {
            this.byLot.set(lot, { productId, quantity: 1, lot });
        }
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
        if (row && event.kind === "scan" && event.barcode && !event.lot_name) {
            this.learnCode(event.barcode, row, result.quantity);
        }
    }

    /** A code that only the server could read is known from now on. */
    learnCode(code, row, quantity) {
        if (!this.byCode.has(code) && !this.byLot.has(code)) {
            const { product_id: productId, lot } = row.server;
            this.byCode.set(code, { productId, quantity, lot: lot || undefined });
        }
    }

    // --- What happens here ---

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
        Object.assign(row, server, { id, text, isCounted: server.is_counted });
        row.photo = null;
        const mine = [...this.pending.values()].filter(
            (event) => event.line_id === row.id
        );
        const undone = new Set(mine.map((event) => event.undoes));
        for (const event of mine) {
            if (!undone.has(event.uuid)) {
                this.apply(row, event);
            }
        }
        row.isPending = mine.length > 0;
        for (const each of this.getSharing(row)) {
            each.kind = this.getKind(each);
        }
    }

    /** The rows that one expected quantity is for: new lots of a product, or one row. */
    getSharing(row) {
        return row.new_lot_of
            ? this.byProduct
                  .get(row.product_id)
                  .filter((other) => other.new_lot_of === row.new_lot_of)
            : [row];
    }

    /** How much more or less came than is expected; of new lots only the sum is known. */
    getDifference(row) {
        const rows = this.getSharing(row);
        const sum = (name) =>
            rows.reduce((total, each) => total + (each[name] || 0), 0);
        return row === rows[0] ? sum("came") - sum("expected") : 0;
    }

    /** Change a row as the server will, once it has the event. */
    apply(row, event) {
        if (event.kind === "scan") {
            row.came += event.quantity;
        } else if (event.kind === "set") {
            row.came = event.quantity;
            row.isCounted = true;
        } else if (event.kind === "all_came") {
            row.came = row.expected ?? row.came;
            row.isCounted = true;
        } else if (event.kind === "damaged") {
            row.damaged = event.quantity;
            row.came = Math.max(row.came, row.damaged);
        } else if (event.kind === "remark") {
            row.remark = event.text;
        } else if (event.kind === "photo") {
            row.photo = event.image;
            row.has_photo = true;
        } else if (event.kind === "undo" && !this.pending.has(event.undoes)) {
            this.takeBack(row, event.undoes);
        }
    }

    takeBack(row, uuid) {
        const taken = this.history.find((entry) => entry.uuid === uuid);
        if (taken) {
            row.came -= (taken.quantity || 0) + (taken.damaged || 0);
            row.damaged -= taken.damaged || 0;
        }
    }

    /** Where a row stands: "remaining", "differing" or "done". */
    getKind(row) {
        if (this.isBlind) {
            return row.isCounted || row.came > 0 ? "done" : "remaining";
        }
        const difference = this.getDifference(row);
        if (difference > PIECE || row.damaged > 0) {
            return "differing";
        }
        if (difference < -PIECE) {
            return row.isCounted ? "differing" : "remaining";
        }
        return row.expected > 0 || row.isCounted || row.came > 0 ? "done" : "hidden";
    }

    /** Return the last thing done here that can be taken back. */
    getUndoable() {
        const taken = new Set([...this.pending.values()].map((event) => event.undoes));
        return this.history.findLast((entry) => !taken.has(entry.uuid));
    }

    // --- Finding rows ---

    /**
     * Find what a code stands for.
     *
     * @returns {{row?: Object, quantity?: number, needsLot?: Object[], lot?: string}|null}
     *  null when this device does not know the code
     */
    find(code, activeId) {
        const match = this.getMatch(code);
        if (!match) {
            return null;
        }
        let rows = this.byProduct.get(match.productId) || [];
        if (match.lot) {
            rows = rows.filter((row) => row.server.lot === match.lot);
        } else if (rows.some((row) => row.needs_lot)) {
            return { needsLot: rows, quantity: match.quantity };
        } else if (rows.length > 1 && rows[0].tracking !== "none") {
            return { needsLot: rows, quantity: match.quantity };
        }
        const row = this.choose(rows, activeId);
        return row ? { row, quantity: match.quantity, lot: match.lot } : null;
    }

    getMatch(code) {
        const known = getSpellings(code).find(
            (spelling) => this.byCode.has(spelling) || this.byLot.has(spelling)
        );
        return this.byCode.get(known) || this.byLot.get(known);
    }

    /** Return what a known code stands for; two codes of the same piece are equal. */
    identify(code) {
        const match = this.getMatch(code);
        return match && `${match.productId}/${match.lot || ""}/${match.quantity}`;
    }

    choose(rows, activeId) {
        const missing = this.isBlind
            ? []
            : rows.filter((row) => row.came < row.expected);
        const active = (row) => row.id === activeId;
        return missing.find(active) || missing[0] || rows.find(active) || rows[0];
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

    getProgress() {
        const progress = {
            lines: 0,
            linesDone: 0,
            came: 0,
            expected: 0,
            damaged: 0,
            remaining: 0,
            differing: 0,
            done: 0,
        };
        for (const row of this.rows.values()) {
            if (row.kind === "hidden") {
                continue;
            }
            progress.lines += 1;
            progress[row.kind] += 1;
            progress.came += row.came;
            progress.expected += row.expected || 0;
            progress.damaged += row.damaged;
        }
        progress.linesDone = progress.lines - progress.remaining;
        return progress;
    }
}
