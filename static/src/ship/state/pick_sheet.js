import { PIECE, ScanSheet } from "../../scan/document/scan_sheet";
import { PickCartons } from "./pick_cartons";

/**
 * The rows of a pick list, in the order of shelves: what is picked of what is approved.
 *
 * Rows of one line of the transfer share what may leave: picked on one shelf, or of one
 * lot, it is not missing on another.
 */
export class PickSheet extends ScanSheet {
    constructor(screen) {
        super(screen);
        this.cartons = new PickCartons(screen.cartons);
    }

    add(event) {
        super.add(event);
        if (event.kind === "carton") {
            this.history.push({ ...event });
        }
    }

    /** The label of a carton that was taken back opens it again, says the server. */
    learnResult(event, result) {
        super.learnResult(event, result);
        const entry = this.history.find(({ uuid }) => uuid === event.uuid);
        if (entry && event.isAsked && result.carton) {
            entry.kind = "carton";
        }
    }

    settle(events, answer) {
        super.settle(events, answer);
        this.cartons.learn(answer.cartons);
    }

    /** How many are in a carton, with those that are on their way to the server. */
    countIn({ uuid, quantity = 0 }) {
        return [...this.pending.values()]
            .filter((event) => event.kind === "scan" && event.carton === uuid)
            .reduce((total, event) => total + event.quantity, quantity);
    }

    getGroup({ line }) {
        return line;
    }

    get list() {
        this.ordered ||= super.list.sort(
            (row, other) =>
                row.location_order - other.location_order || row.id - other.id
        );
        return this.ordered;
    }

    update(rows) {
        super.update(rows);
        this.ordered = null;
    }

    apply(row, event) {
        if (event.kind === "scan") {
            row.came += event.quantity;
        } else if (event.kind === "set") {
            row.came = event.quantity;
            row.is_counted = true;
        } else if (event.kind === "all_came") {
            row.came = row.expected;
            row.is_counted = true;
        } else if (event.kind === "undo") {
            row.came -= this.findTaken(event.undoes)?.quantity || 0;
        }
    }

    compare(rows) {
        const left = this.sumLeft(rows);
        for (const row of rows) {
            row.kind = this.getKind(row, left);
        }
    }

    getKind(row, left) {
        if (row.came > 0 && (left <= PIECE || row.came >= row.expected - PIECE)) {
            return "done";
        }
        const hasNothing = !row.expected && !row.is_expired && !row.is_counted;
        if (left <= PIECE || hasNothing) {
            return "hidden";
        }
        const isShort = row.is_missing || row.is_expired || row.is_counted;
        return isShort ? "differing" : "remaining";
    }

    /** How much more may leave of what a row is of. */
    getLeft(row) {
        return this.sumLeft(this.getSharing(row));
    }

    sumLeft(rows) {
        const picked = rows.reduce((total, { came }) => total + came, 0);
        return rows[0].to_ship - picked;
    }

    /** How much of a row is still to be picked here: not more than may leave. */
    getToPick(row) {
        const here = Math.max(0, row.expected - row.came);
        return row.is_missing ? 0 : Math.min(here, this.getLeft(row));
    }

    /**
     * Spread a box over the rows that it is to be picked on, a row first.
     *
     * It stands on one shelf: what is set aside on others counts only where there can't
     * be so much free on that one.
     *
     * @param {Object} row
     * @param {number} quantity of what is in the box
     * @returns {{row: Object, quantity: number}[]} nothing, where not so much is to be
     *  picked of these goods
     */
    spread(row, quantity) {
        const isElsewhere = quantity - this.getToPick(row) > row.free + PIECE;
        const others = this.list.filter(
            (other) =>
                other !== row &&
                other.product_id === row.product_id &&
                other.lot === row.lot &&
                !other.is_expired &&
                (isElsewhere || other.location === row.location)
        );
        const left = new Map();
        const parts = [];
        for (const each of [row, ...others]) {
            const ofLine = left.get(each.group) ?? this.getLeft(each);
            const part = Math.min(quantity, ofLine, this.getToPick(each));
            if (part > PIECE) {
                parts.push({ row: each, quantity: part });
                left.set(each.group, ofLine - part);
                quantity -= part;
            }
        }
        return quantity > PIECE ? [] : parts;
    }

    /** Return the row to go to after this one, in the order of shelves. */
    getNext(row) {
        const rows = this.list;
        const index = rows.indexOf(row);
        return [...rows.slice(index + 1), ...rows.slice(0, index)].find(
            ({ kind }) => kind === "remaining"
        );
    }

    /** What its shelf lacks, only the server may find elsewhere. */
    choose(rows, activeId) {
        const open = rows.filter((row) => this.getLeft(row) > PIECE);
        const wanted = open.filter((row) => this.getToPick(row) > PIECE);
        const missing = open.filter((row) => row.is_missing);
        const first = [wanted, missing, open, rows].find((some) => some.length);
        return super.choose(first, activeId);
    }

    /** What may leave of a line is in each of its rows. */
    getAmounts() {
        const amounts = new Map();
        for (const group of this.groups.values()) {
            const [row] = group;
            if (row) {
                const amount = amounts.get(row.unit) || { came: 0, expected: 0 };
                amount.came += row.to_ship - this.getLeft(row);
                amount.expected += row.to_ship;
                amounts.set(row.unit, amount);
            }
        }
        return amounts;
    }
}
