import { normalize } from "@web/core/l10n/utils/normalize";
import { CodeBook } from "./code_book";

const PIECE = 1e-6;

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
        this.byGoods = new Map();
        this.codes = new CodeBook(barcodes);
        this.history = undoable.map((entry) => ({ ...entry }));
        this.pending = new Map();
        this.update(rows);
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

    /** A lot may be corrected; a row of a third party may turn out to be of a new lot. */
    learnGoods(row) {
        const { product_id: productId, lot, new_lot_of: isNewLot } = row.server;
        const goods = isNewLot ? `${productId}` : `${productId}/${lot}`;
        if (row.knownLot !== lot) {
            this.codes.learnLot(row);
        }
        if (row.goods !== goods) {
            this.byGoods.get(row.goods)?.delete(row);
            row.goods = goods;
            const rows = this.byGoods.get(goods) || new Set();
            this.byGoods.set(goods, rows.add(row));
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
        this.compare(this.getSharing(row));
    }

    /**
     * The rows that one expected quantity is for: the same goods on several lines of
     * the transfer, or new lots of a product, of which only the sum is known.
     */
    getSharing(row) {
        return [...this.byGoods.get(row.goods)];
    }

    /** What is too much on one row is what another one misses: as the server has it. */
    compare(rows) {
        for (const row of rows) {
            row.difference = row.came - (row.expected || 0);
        }
        const sum = (sign) =>
            rows.reduce((total, row) => total + Math.max(0, sign * row.difference), 0);
        const settled = Math.min(sum(1), sum(-1));
        for (const sign of [1, -1]) {
            let left = settled;
            for (const row of rows) {
                const part = Math.min(left, Math.max(0, sign * row.difference));
                row.difference -= sign * part;
                left -= part;
            }
        }
        for (const row of rows) {
            row.kind = this.getKind(row, rows);
        }
    }

    /** What is known of the goods of a row as a whole, on whichever rows they are. */
    getTotals(row) {
        const rows = this.getSharing(row);
        const sum = (name) =>
            rows.reduce((total, each) => total + (each[name] || 0), 0);
        return {
            came: sum("came"),
            expected: sum("expected"),
            difference: sum("came") - sum("expected"),
            isDone: rows.every((each) => ["done", "hidden"].includes(each.kind)),
            surplusRow: rows.find((each) => each.difference > PIECE),
        };
    }

    /** Tell whether there can be so much: half of what comes in whole pieces can't. */
    isPossible(row, quantity) {
        const steps = quantity / (row.step || PIECE);
        return Math.abs(steps - Math.round(steps)) < 1e-4;
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

    /** Where a row stands among those of the same goods. */
    getKind(row, rows) {
        const isCounted = row.isCounted || row.came > 0;
        if (this.isBlind) {
            const isDone = rows.some((each) => each.isCounted || each.came > 0);
            return isDone ? "done" : "remaining";
        }
        const { difference } = row;
        if (difference > PIECE || row.damaged > 0) {
            return "differing";
        }
        if (difference < -PIECE) {
            return row.isCounted ? "differing" : "remaining";
        }
        return row.expected > 0 || isCounted ? "done" : "hidden";
    }

    /** Return the last thing done here that can be taken back. */
    getUndoable() {
        const taken = new Set([...this.pending.values()].map((event) => event.undoes));
        return this.history.findLast((entry) => !taken.has(entry.uuid));
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

    /** How many rows are done; what came is added up by unit, kilograms to no pieces. */
    getProgress() {
        const progress = {
            lines: 0,
            linesDone: 0,
            amounts: new Map(),
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
            const amount = progress.amounts.get(row.unit) || { came: 0, expected: 0 };
            amount.came += row.came;
            amount.expected += row.expected || 0;
            progress.amounts.set(row.unit, amount);
        }
        progress.linesDone = progress.lines - progress.remaining;
        return progress;
    }
}
