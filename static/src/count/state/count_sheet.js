import { PIECE, ScanSheet } from "../../scan/document/scan_sheet";
import { CountCartons, getPart } from "./count_cartons";

/** The rows of a count: what came of what is expected, and what differs. */
export class CountSheet extends ScanSheet {
    constructor(screen) {
        super(screen);
        this.cartons = new CountCartons(screen.cartons, screen.cartons_here);
    }

    get isBlind() {
        return this.policies.blind;
    }

    /**
     * The same goods on several lines of the transfer; or new lots of a product, of which
     * only the sum is known: a row of a third party may turn out to be of one.
     */
    getGroup({ product_id: productId, lot, new_lot_of: isNewLot }) {
        return isNewLot ? `${productId}` : `${productId}/${lot}`;
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

    isAbout(event, row) {
        return super.isAbout(event, row) || getPart(event, row) !== 0;
    }

    add(event) {
        super.add(event);
        this.recountParts([event]);
    }

    settle(events, answer) {
        super.settle(events, answer);
        this.cartons.learn(answer.cartons_here);
        this.recountParts(events);
    }

    /** What this device did not know is a carton, says the server. */
    learnResult(event, result) {
        super.learnResult(event, result);
        const entry = this.history.find((known) => known.uuid === event.uuid);
        if (entry && result.carton) {
            entry.carton_id = result.carton.id;
            entry.parts ||= [];
        }
    }

    /** Count again the rows of what was in cartons. */
    recountParts(events) {
        for (const [rowId] of events.flatMap((event) => event.parts || [])) {
            const row = this.rows.get(rowId);
            if (row) {
                this.recount(row);
            }
        }
    }

    /** Tell whether a carton was scanned, here or by somebody else, and not taken back. */
    isHere(carton) {
        const pending = [...this.pending.values()];
        const undone = new Set(pending.map((event) => event.undoes));
        const isMine = (event) =>
            event.kind !== "undo" && event.carton_id === carton.id;
        const mine = [...this.history, ...pending].filter(isMine);
        return (
            mine.some((event) => !undone.has(event.uuid)) ||
            (this.cartons.here.has(carton.id) && !mine.length)
        );
    }

    apply(row, event) {
        if (event.kind === "scan") {
            row.came += event.parts ? getPart(event, row) : event.quantity;
        } else if (event.kind === "set") {
            row.came = event.quantity;
            row.is_counted = true;
        } else if (event.kind === "all_came") {
            row.came = row.expected ?? row.came;
            row.is_counted = true;
        } else if (event.kind === "damaged") {
            row.damaged = event.quantity;
            row.came = Math.max(row.came, row.damaged);
        } else if (event.kind === "remark") {
            row.remark = event.text;
        } else if (event.kind === "photo") {
            row.photo = event.image;
            row.has_photo = true;
        } else if (event.kind === "undo") {
            this.takeBack(row, this.findTaken(event.undoes));
        }
    }

    takeBack(row, taken) {
        if (taken?.parts) {
            row.came -= getPart(taken, row);
        } else if (taken) {
            row.came -= (taken.quantity || 0) + (taken.damaged || 0);
            row.damaged -= taken.damaged || 0;
        }
    }

    /** Where a row stands among those of the same goods. */
    getKind(row, rows) {
        const isCounted = row.is_counted || row.came > 0;
        if (this.isBlind) {
            const isDone = rows.some((each) => each.is_counted || each.came > 0);
            return isDone ? "done" : "remaining";
        }
        const { difference } = row;
        if (difference > PIECE || row.damaged > 0) {
            return "differing";
        }
        if (difference < -PIECE) {
            return row.is_counted ? "differing" : "remaining";
        }
        return row.expected > 0 || isCounted ? "done" : "hidden";
    }

    choose(rows, activeId) {
        const missing = this.isBlind
            ? []
            : rows.filter((row) => row.came < row.expected);
        const active = (row) => row.id === activeId;
        return missing.find(active) || missing[0] || super.choose(rows, activeId);
    }
}
