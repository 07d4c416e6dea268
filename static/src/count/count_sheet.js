import { normalize } from "@web/core/l10n/utils/normalize";

const PIECE = 1e-6;

/** Return the ways in which the same number is written: UPC-A is an EAN-13 with a 0. */
function getSpellings(code) {
    const isUpc = /^\d{12}$/.test(code);
    const isEan = /^0\d{12}$/.test(code);
    return isUpc ? [code, `0${code}`] : isEan ? [code, code.slice(1)] : [code];
}

function addTo(sets, key, row) {
    if (!sets.has(key)) {
        sets.set(key, new Set());
    }
    sets.get(key).add(row);
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
        this.byGoods = new Map();
        this.byLot = new Map();
        this.byCode = new Map();
        for (const [code, productId, quantity] of barcodes) {
            const others = (this.byCode.get(code) || []).filter(
                (known) => known.productId !== productId
            );
            this.byCode.set(code, [...others, { productId, quantity }]);
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
        const same = this.byProduct.get(values.product_id) || [];
        this.byProduct.set(values.product_id, [...same, row]);
        this.learnGoods(row);
        this.recount(row);
    }

    /** Several products may have a lot of the same name, and a name may be corrected. */
    learnGoods(row) {
        const { product_id: productId, lot, new_lot_of: isNewLot } = row.server;
        const goods = isNewLot ? `${productId}` : `${productId}/${lot}`;
        if (row.goods !== goods || row.knownLot !== lot) {
            this.byLot.get(row.knownLot)?.delete(row);
            this.byGoods.get(row.goods)?.delete(row);
            Object.assign(row, { goods, knownLot: lot });
            addTo(this.byLot, lot, row);
            addTo(this.byGoods, goods, row);
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
            this.learnCode(event.barcode, row, result.quantity);
        }
    }

    /** A code that only the server could read is known from now on. */
    learnCode(code, row, quantity) {
        if (!this.getMatches(code).length) {
            const { product_id: productId, lot } = row.server;
            this.byCode.set(code, [{ productId, quantity, lot: lot || undefined }]);
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

    // --- Finding rows ---

    /**
     * Find what a code stands for, by the same rule as the server: a product that is on
     * its way, else one of the lots. What several products share is asked for; so is
     * the lot, where only the product is known.
     *
     * @returns {{row?: Object, quantity: number, lot?: string, needsLot?: Object[],
     *  needsProduct?: {id: number, name: string}[]}|null}
     *  null when this device does not know the code
     */
    find(code, activeId, productId) {
        const all = this.getMatches(code);
        const chosen = all.filter((match) => match.productId === productId);
        const [match, ...others] = chosen.length ? chosen : all;
        if (others.length) {
            return {
                needsProduct: all.map((each) => this.getProduct(each.productId)),
                lot: match.lot,
                quantity: match.quantity,
            };
        }
        return match ? this.findRow(match, activeId) : null;
    }

    findRow({ productId, quantity, lot }, activeId) {
        let rows = this.byProduct.get(productId) || [];
        if (lot) {
            rows = rows.filter((row) => row.server.lot === lot);
        } else if (rows.some((row) => this.needsLot(row))) {
            return { needsLot: rows, quantity };
        }
        const row = this.choose(rows, activeId);
        return row ? { row, quantity, lot } : null;
    }

    /** The label of a product and that of its lot are of the same piece. */
    needsLot(row) {
        return row.tracking !== "none" && Boolean(row.needs_lot || row.server.lot);
    }

    getProduct(productId) {
        const [row] = this.byProduct.get(productId) || [];
        return { id: productId, name: row ? row.name : "" };
    }

    /** Return what a code may stand for: several where products share it. */
    getMatches(code) {
        const known = getSpellings(code).find((spelling) => this.byCode.has(spelling));
        if (known) {
            return this.byCode.get(known);
        }
        const rows = [...(this.byLot.get(code) || [])];
        const productIds = new Set(rows.map((row) => row.server.product_id));
        return [...productIds].map((productId) => ({
            productId,
            quantity: 1,
            lot: code,
        }));
    }

    /** Return what a known code stands for; two codes of the same piece are equal. */
    identify(code) {
        const [match, ...others] = this.getMatches(code);
        if (others.length) {
            return code;
        }
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
