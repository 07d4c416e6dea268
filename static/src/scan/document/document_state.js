import { _t } from "@web/core/l10n/translation";
import {
    formatWithUnit,
    getQuantityError,
    parseQuantity,
} from "../../quantities/quantities";
import { makeId } from "../device/device";
import { ScanState } from "../scan_state";
import { ScanJournal } from "./scan_journal";

export function getImpossibleText(row, quantity) {
    return _t("%(product)s: %(quantity)s is not possible in this unit.", {
        product: row.name,
        quantity: formatWithUnit(quantity, row.unit),
    });
}

/**
 * A job whose rows are a document on the server, with several people at it: what becomes
 * of what is scanned and typed, also without a network.
 *
 * Nothing in it draws anything: all it needs is handed in. A job's own state extends it:
 * it says what its sheet and its review are, and what it says of a row.
 */
export class DocumentState extends ScanState {
    /**
     * @param {Object} params besides those of ScanState:
     * @param {ScanSheet} params.sheet
     * @param {typeof ScanReview} params.Review
     * @param {Object} params.screen what the server's get_screen() said
     * @param {(method: string, args: Array) => Promise<Object>} params.call a method of
     *  the document on the server; what it throws has `data` when the server itself
     *  refused
     * @param {Storage} params.storage localStorage, or what behaves like it
     * @param {Storage} params.photoStorage the same for photos
     * @param {string} params.storageKey what the keys in both begin with
     * @param {string} params.device the name of this device
     * @param {(answer: Object) => void} params.onSubmitted what action_submit() said
     * @param {() => Date} [params.now]
     */
    constructor({ sound, notify, onSubmitted, Review, ...journal }) {
        super({ sound, notify, filter: "remaining" });
        this.screen = journal.screen;
        this.sheet = journal.sheet;
        this.journal = new ScanJournal({
            ...journal,
            onResult: (event, result) => this.onResult(event, result),
            onChange: () => this.changed(),
        });
        this.sync = this.journal.sync;
        this.review = this.makeReview(Review, journal.call, onSubmitted);
    }

    makeReview(Review, call, onSubmitted) {
        return new Review({
            call,
            flush: () => this.sync.scans.flush(),
            onRows: (rows) => this.sheet.update(rows),
            onSubmitted: (answer) => {
                this.sync.scans.close();
                onSubmitted(answer);
            },
            notify: this.notify,
            onChange: () => this.changed(),
        });
    }

    /** What the screen says of the document itself: at least `name`, `from` and `to`. */
    get header() {
        return {};
    }

    /**
     * The job's own words.
     *
     * @returns {{over: string, same: string, typed: string, finished: string}} the job is
     *  over; the document itself was scanned; something is typed and not confirmed; all
     *  that was left is done
     */
    get words() {
        return {};
    }

    /** What was typed for a row is dropped. */
    getDroppedText() {
        return "";
    }

    /** A serial number is scanned a second time. */
    getTwiceText() {
        return "";
    }

    /** How far a row is. */
    describe(row) {
        return row.name;
    }

    /** Say how far a row is, once something was done to it. */
    sayDone(row) {
        this.say("counted", this.describe(row), "counted");
    }

    /**
     * Tell why a row can't get so much, or nothing where it can.
     *
     * @param {Object} row
     * @param {number} total how much of it would be done
     * @param {number} given how much was scanned or typed for it
     */
    getRefusal(row, total, given) {
        return this.sheet.isPossible(row, total) ? "" : getImpossibleText(row, given);
    }

    get rows() {
        return this.sheet.filter(this.filter, this.text, this.activeId);
    }

    getRow(id) {
        return this.sheet.rows.get(id);
    }

    isKnown(code) {
        return Boolean(this.sheet.find(code));
    }

    identify(code) {
        return this.sheet.codes.identify(code);
    }

    scan(code) {
        if (!code) {
            return;
        }
        if (this.isClosed) {
            this.say("wrong", this.words.over, "wrong");
            return;
        }
        if (code === this.header.name) {
            this.say("info", this.words.same);
            return;
        }
        this.text = "";
        const match = this.sheet.find(code, this.activeId);
        if (this.question?.rows && (!match || match.lot)) {
            this.answerLot(code);
        } else if (!match) {
            this.question = null;
            this.askServer(code, { barcode: code });
        } else {
            this.take(code, match, { barcode: code });
        }
    }

    /** Do what a code stands for, or ask what is still open. */
    take(code, match, values) {
        this.question = null;
        if (match.needsProduct) {
            this.askProduct(code, match.needsProduct);
        } else if (match.needsLot) {
            this.askLot(code, match);
        } else {
            this.addToRow(match.row, match.quantity, values);
        }
    }

    /** Only the server may know what this is. */
    askServer(code, values) {
        this.record({ kind: "scan", ...values, isAsked: true });
        this.say("asking", _t("Looking for %s …", code));
    }

    addToRow(row, quantity, values) {
        const isTwice = row.tracking === "serial" && quantity > 0 && row.came >= 1;
        const refusal = isTwice
            ? this.getTwiceText(row)
            : this.getRefusal(row, row.came + quantity, quantity);
        if (refusal) {
            this.refuse(row, refusal);
            return;
        }
        this.record({ kind: "scan", line_id: row.id, quantity, ...values });
        this.activate(row.id);
        this.sayDone(row);
    }

    /** Nothing is done to a row, and it is said why not. */
    refuse(row, text) {
        this.activate(row.id);
        this.say("wrong", text, "wrong");
    }

    step(row, quantity) {
        if (row.needs_lot && quantity > 0) {
            this.askLot(row.sku, { needsLot: [row], quantity });
        } else if (row.came + quantity >= 0) {
            this.addToRow(row, quantity, {});
        }
    }

    undo() {
        const entries = this.sheet.getUndoable();
        if (!entries.length) {
            this.say("info", _t("There is nothing to undo."));
            return;
        }
        for (const entry of entries) {
            this.record(this.getUndo(entry));
        }
        this.sayUndone(entries);
    }

    /** The event that takes back what was done. */
    getUndo({ uuid, line_id: lineId }) {
        return { kind: "undo", line_id: lineId, undoes: uuid };
    }

    sayUndone(entries) {
        const [entry, ...others] = entries;
        const row = this.getRow(entry.line_id);
        if (others.length) {
            this.say("undone", _t("Undone on %s rows.", entries.length), "undone");
        } else if (row) {
            this.activate(row.id);
            this.say("undone", _t("Undone. %s", this.describe(row)), "undone");
        } else {
            this.say("undone", _t("Undone."), "undone");
        }
    }

    record(values) {
        this.dropTyped();
        this.journal.record(values);
        this.changed();
    }

    askLot(code, { needsLot, quantity, productId }, text) {
        const [row] = needsLot;
        this.question = {
            code,
            rows: needsLot,
            quantity,
            productId: row?.product_id ?? productId ?? false,
        };
        this.activate(row?.id ?? null);
        this.say(
            "asking",
            text || _t("%s: now scan or enter its lot or serial number.", row.name),
            "counted"
        );
    }

    answerLot(lot) {
        const { code, rows, quantity, productId } = this.question;
        this.question = null;
        const known = this.sheet.findLot(rows, lot);
        const values = { barcode: code, lot_name: lot, product_id: productId };
        if (known) {
            this.addToRow(known, quantity, values);
        } else {
            this.askServer(lot, values);
        }
    }

    askProduct(code, products, text) {
        this.question = { code, products };
        const values = { code, products: products.map(({ name }) => name).join(", ") };
        this.say(
            "asking",
            text ||
                _t(
                    "%(code)s is of several products: %(products)s. Which is it?",
                    values
                ),
            "counted"
        );
    }

    answerProduct(productId) {
        const { code } = this.question;
        this.question = null;
        const match = this.sheet.find(code, this.activeId, productId);
        const values = { barcode: code, product_id: productId };
        if (match?.needsLot || match?.row) {
            this.take(code, match, values);
        } else {
            this.askServer(code, values);
        }
    }

    /** Somebody is at work on the active row: no late answer takes it away. */
    get isHeld() {
        return this.typed !== null || this.panel !== null;
    }

    onResult(event, { status, message, line_id: lineId, products }) {
        const row = this.getRow(lineId);
        if (status === "counted" && event.isAsked && row) {
            if (!this.isHeld) {
                this.activate(row.id);
            }
            this.sayDone(row);
        } else if (status === "asks_lot" && event.uuid === this.journal.lastUuid) {
            const asked = { needsLot: [], quantity: 1, productId: event.product_id };
            this.askLot(event.barcode, asked, message);
        } else if (status === "asks_product" && event.uuid === this.journal.lastUuid) {
            this.askProduct(event.barcode, products, message);
        } else if (status !== "counted") {
            this.addProblem({ uuid: event.uuid, code: event.barcode, message });
        }
    }

    /** A number counts only with Enter, and who typed it is told. */
    tellDropped(row, text) {
        const message = this.getDroppedText(row, text);
        this.addProblem({ uuid: makeId(), code: "", message });
    }

    /** Enter says that this is how much is done, also where nothing was changed. */
    enterQuantity(entered) {
        const text = entered.trim();
        if (text.length > 6 && this.isKnown(text)) {
            this.typed = null;
            this.onScan(text); // a slow scanner
            return true;
        }
        const quantity = parseQuantity(text);
        if (Number.isNaN(quantity)) {
            this.say("wrong", getQuantityError(text), "wrong");
            return false;
        }
        this.takeEntered(this.active, quantity);
        return true;
    }

    /** What was entered is a quantity. */
    takeEntered(row, quantity) {
        this.typed = null;
        this.setQuantity(row, quantity);
    }

    setQuantity(row, quantity) {
        const refusal = this.getRefusal(row, quantity, quantity);
        if (refusal) {
            this.say("wrong", refusal, "wrong");
            return;
        }
        this.record({ kind: "set", line_id: row.id, quantity });
        this.sayDone(row);
    }

    /** Tell whether a row can be said to be done whole, as it was expected. */
    canFinish() {
        return false;
    }

    /** All of a row is done as it was expected. */
    finishRow(row) {
        if (this.canFinish(row)) {
            this.record({ kind: "all_came", line_id: row.id });
            this.sayDone(row);
        }
    }

    /** The rows that nobody has finished, and that can be said to be done whole. */
    get rowsToFinish() {
        return this.sheet.list.filter(
            (row) => row.kind === "remaining" && this.canFinish(row)
        );
    }

    /** All that is left is done as it was expected; and ask. */
    finishEverything() {
        if (this.isClosed) {
            this.say("wrong", this.words.over, "wrong");
            return;
        }
        // One press, which is undone by one.
        const press = makeId();
        for (const row of this.rowsToFinish) {
            this.record({ kind: "all_came", line_id: row.id, press });
        }
        this.say("complete", this.words.finished, "complete");
        this.openReview();
    }

    openReview() {
        if (this.typed) {
            this.say("wrong", this.words.typed, "wrong");
            return;
        }
        this.panel = "review";
        this.review.open();
    }

    closePanel() {
        super.closePanel();
        this.review.close();
    }
}
