import { _t } from "@web/core/l10n/translation";
import { getQuantityError, parseQuantity } from "../../quantities/quantities";
import { makeId } from "../../scan/device/device";
import { ScanState } from "../../scan/scan_state";
import { CountJournal } from "./count_journal";
import { CountReview } from "./count_review";
import { describe, getImpossibleText, getMarks } from "./count_texts";
import { RowDetails } from "./row_details";

// More than this, and more than ten times what is expected, is rather a code that was
// typed. Where nobody may know what is expected, this is taken for it.
const MANY = 100;

/**
 * What a count on this device knows, and what becomes of what is scanned and typed.
 *
 * Nothing in it draws anything: all it needs is handed in.
 */
export class CountState extends ScanState {
    /**
     * @param {Object} params besides those of ScanState:
     * @param {Object} params.screen what the server's get_screen() said
     * @param {(method: string, args: Array) => Promise<Object>} params.call a method of
     *  the count on the server; what it throws has `data` when the server itself refused
     * @param {Storage} params.storage localStorage, or what behaves like it
     * @param {Storage} params.photoStorage the same for photos
     * @param {string} params.storageKey what the keys in both begin with
     * @param {string} params.device the name of this device
     * @param {(answer: Object) => void} params.onSubmitted what action_submit() said
     * @param {() => Date} [params.now]
     */
    constructor({ sound, notify, onSubmitted, ...journal }) {
        super({ sound, notify, filter: "remaining" });
        this.screen = journal.screen;
        this.journal = new CountJournal({
            ...journal,
            onResult: (event, result) => this.onResult(event, result),
            onChange: () => this.changed(),
        });
        this.sheet = this.journal.sheet;
        this.sync = this.journal.sync;
        this.review = this.makeReview(journal.call, onSubmitted);
        this.details = new RowDetails(this);
        // { kind, row, quantity }: so much that it is asked for first
        this.doubt = null;
    }

    makeReview(call, onSubmitted) {
        return new CountReview({
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

    get isBlind() {
        return this.sheet.isBlind;
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
            this.say("wrong", _t("This count is over."), "wrong");
            return;
        }
        if (code === this.screen.count.name) {
            this.say("info", _t("This is the transfer that you are counting."));
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

    /** Count what a code stands for, or ask what is still open. */
    take(code, match, values) {
        this.question = null;
        if (match.needsProduct) {
            this.askProduct(code, match.needsProduct);
        } else if (match.needsLot) {
            this.askLot(code, match);
        } else {
            this.countOnRow(match.row, match.quantity, values);
        }
    }

    /** Only the server may know what this is. */
    askServer(code, values) {
        this.record({ kind: "scan", ...values, isAsked: true });
        this.say("asking", _t("Looking for %s …", code));
    }

    countOnRow(row, quantity, values) {
        if (row.tracking === "serial" && quantity > 0 && row.came >= 1) {
            this.activate(row.id);
            this.say(
                "wrong",
                _t("%s was counted already. Each serial number is one piece.", row.lot),
                "wrong"
            );
            return;
        }
        if (!this.sheet.isPossible(row, row.came + quantity)) {
            this.say("wrong", getImpossibleText(row, quantity), "wrong");
            return;
        }
        this.record({ kind: "scan", line_id: row.id, quantity, ...values });
        this.activate(row.id);
        this.sayCounted(row);
    }

    /** Say what was counted; surplus and a complete row sound different. */
    sayCounted(row) {
        const text = describe(this.sheet, row);
        const totals = this.sheet.getTotals(row);
        if (this.isBlind) {
            this.say("counted", text, "counted");
        } else if (totals.difference > 0 && totals.surplusRow) {
            const [mark] = getMarks(this.sheet, totals.surplusRow);
            this.say("surplus", `${text} · ${mark.text}`, "surplus");
        } else if (totals.isDone) {
            this.say("complete", text, "complete");
        } else {
            this.say("counted", text, "counted");
        }
    }

    step(row, quantity) {
        if (row.needs_lot && quantity > 0) {
            this.askLot(row.sku, { needsLot: [row], quantity });
        } else if (row.came + quantity >= 0) {
            this.countOnRow(row, quantity, {});
        }
    }

    countAll(row) {
        if (this.isBlind || !row.expected) {
            return;
        }
        this.record({ kind: "all_came", line_id: row.id });
        this.sayCounted(row);
    }

    undo() {
        const entry = this.sheet.getUndoable();
        if (!entry) {
            this.say("info", _t("There is nothing to undo."));
            return;
        }
        this.record({ kind: "undo", line_id: entry.line_id, undoes: entry.uuid });
        const row = this.getRow(entry.line_id);
        if (row) {
            this.activate(row.id);
            this.say("undone", _t("Undone. %s", describe(this.sheet, row)), "undone");
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
            this.countOnRow(known, quantity, values);
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
            this.sayCounted(row);
        } else if (status === "asks_lot" && event.uuid === this.journal.lastUuid) {
            const asked = { needsLot: [], quantity: 1, productId: event.product_id };
            this.askLot(event.barcode, asked, message);
        } else if (status === "asks_product" && event.uuid === this.journal.lastUuid) {
            this.askProduct(event.barcode, products, message);
        } else if (status !== "counted") {
            this.addProblem({ uuid: event.uuid, code: event.barcode, message });
        }
    }

    /** A remark is kept; a number counts only with Enter, and who typed it is told. */
    leaveFields() {
        super.leaveFields();
        this.details.leave();
    }

    tellDropped(row, text) {
        const message = _t(
            "“%(text)s” was typed for %(product)s without Enter, and is not counted.",
            { text, product: row.name }
        );
        this.addProblem({ uuid: makeId(), code: "", message });
    }

    /** Enter says that this is what came, also where nothing was changed. */
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
        this.countUnlessInDoubt("set", this.active, quantity);
        return true;
    }

    /** Far more than is expected is asked first. */
    countUnlessInDoubt(kind, row, quantity) {
        const expected = this.sheet
            .getSharing(row)
            .reduce((total, each) => total + (each.expected ?? MANY), 0);
        if (quantity > Math.max(MANY, 10 * expected)) {
            this.doubt = { kind, row, quantity };
            this.panel = "doubt";
            this.sound("wrong");
            this.changed();
        } else {
            this.count(kind, row, quantity);
        }
    }

    confirmDoubt() {
        const { kind, row, quantity } = this.doubt;
        this.closePanel();
        this.count(kind, row, quantity);
    }

    count(kind, row, quantity) {
        this.typed = null;
        if (kind === "damaged") {
            this.details.setDamaged(row, quantity);
        } else {
            this.setQuantity(row, quantity);
        }
    }

    setQuantity(row, quantity) {
        if (!this.sheet.isPossible(row, quantity)) {
            this.say("wrong", getImpossibleText(row, quantity), "wrong");
            return;
        }
        this.record({ kind: "set", line_id: row.id, quantity });
        this.sayCounted(row);
    }

    openReview() {
        if (this.typed) {
            this.say("wrong", this.typedText, "wrong");
            return;
        }
        this.panel = "review";
        this.review.open();
    }

    get typedText() {
        return _t(
            "“%s” is typed, but not counted yet. Press Enter to count it, or Esc.",
            this.typed
        );
    }

    closePanel() {
        this.details.close();
        super.closePanel();
        this.review.close();
    }
}
