import { _t } from "@web/core/l10n/translation";
import { DocumentState } from "../../scan/document/document_state";
import { CountReview } from "./count_review";
import { CountSheet } from "./count_sheet";
import {
    describe,
    describeCarton,
    getCartonHereText,
    getCartonText,
    getCartonTwiceText,
    getMarks,
    hasExpected,
} from "./count_texts";
import { RowDetails } from "./row_details";

// More than this, and more than ten times what is expected, is rather a code that was
// typed. Where nobody may know what is expected, this is taken for it.
const MANY = 100;

/**
 * What a count on this device knows, and what becomes of what is scanned and typed.
 *
 * Nothing in it draws anything: all it needs is handed in.
 */
export class CountState extends DocumentState {
    /** @param {Object} params those of DocumentState, without what a count has its own of */
    constructor(params) {
        const sheet = new CountSheet(params.screen);
        super({ ...params, sheet, Review: CountReview });
        this.details = new RowDetails(this);
        // { kind, row, quantity }: so much that it is asked for first
        this.doubt = null;
        // The carton that was opened to be counted
        this.openedCarton = null;
    }

    get header() {
        return this.screen.count;
    }

    get isBlind() {
        return this.sheet.isBlind;
    }

    get words() {
        return {
            over: _t("This count is over."),
            same: _t("This is the transfer that you are counting."),
            typed: _t(
                "“%s” is typed, but not counted yet. Press Enter to count it, or Esc.",
                this.typed
            ),
            finished: _t("The rest is counted as it was expected. Undo takes it back."),
        };
    }

    getDroppedText(row, text) {
        return _t(
            "“%(text)s” was typed for %(product)s without Enter, and is not counted.",
            { text, product: row.name }
        );
    }

    getTwiceText(row) {
        return _t("%s was counted already. Each serial number is one piece.", row.lot);
    }

    describe(row) {
        return describe(this.sheet, row);
    }

    /** A code of no product on its way may be of a carton. */
    findCarton(code) {
        return this.sheet.find(code) ? null : this.sheet.cartons.find(code);
    }

    isKnown(code) {
        return super.isKnown(code) || Boolean(this.findCarton(code));
    }

    identify(code) {
        const carton = this.findCarton(code);
        return carton ? `carton/${carton.id}` : super.identify(code);
    }

    scan(code) {
        const carton = code && !this.isClosed && this.findCarton(code);
        if (carton) {
            Object.assign(this, { text: "", question: null });
            this.scanCarton(carton, code);
        } else {
            super.scan(code);
        }
    }

    /** Count all that is in a carton, or only write down that it is here. */
    scanCarton(carton, code) {
        if (this.sheet.isHere(carton)) {
            this.say("wrong", getCartonTwiceText(carton), "wrong");
            return;
        }
        const isTrusted = this.sheet.policies.trusts_cartons;
        this.record({
            kind: "scan",
            barcode: code,
            carton_id: carton.id,
            // A serial number that was scanned by itself is counted already.
            parts: isTrusted
                ? carton.parts.filter((part) => !this.isSerialHere(part))
                : [],
        });
        this.activate(null);
        if (isTrusted) {
            this.sayCarton(carton);
        } else {
            this.openCarton(carton);
        }
    }

    isSerialHere([rowId]) {
        const row = this.getRow(rowId);
        return !row || (row.tracking === "serial" && row.came > 0);
    }

    /** What came beyond what is expected is said with the carton, too. */
    sayCarton(carton) {
        const rows = carton.parts.map(([rowId]) => this.getRow(rowId)).filter(Boolean);
        const surplus = rows.find((row) => this.sheet.getTotals(row).surplusRow);
        const text = getCartonText(this.sheet, carton);
        if (surplus) {
            this.say("surplus", `${text} · ${this.describe(surplus)}`, "surplus");
        } else {
            this.say("complete", text, "complete");
        }
    }

    openCarton(carton) {
        this.openedCarton = carton;
        this.panel = carton.parts.length ? "carton" : null;
        this.say("counted", getCartonHereText(carton), "counted");
    }

    getUndo(entry) {
        const { carton_id: cartonId, parts } = entry;
        return cartonId
            ? { ...super.getUndo(entry), carton_id: cartonId, parts: parts || [] }
            : super.getUndo(entry);
    }

    sayUndone(entries) {
        const [entry] = entries;
        const carton = this.sheet.cartons.byId.get(entry.carton_id);
        if (carton) {
            this.say(
                "undone",
                _t("Undone. Carton %s", describeCarton(carton)),
                "undone"
            );
        } else {
            super.sayUndone(entries);
        }
    }

    onResult(event, result) {
        const isLast = event.uuid === this.journal.lastUuid;
        if (result.status === "counted" && (event.isAsked || event.kind === "astray")) {
            if (result.carton) {
                this.say("complete", result.message, "complete");
                return;
            }
        }
        super.onResult(event, result);
        if (result.offer && isLast) {
            this.question = { ...result.offer, code: event.barcode };
            this.changed();
        }
    }

    /** Who waits for a carton that went astray is told where it stands. */
    tellAstray() {
        const { code } = this.question;
        this.question = null;
        this.record({ kind: "astray", barcode: code });
        this.say("asking", _t("Telling who waits for carton %s …", code));
    }

    /** Surplus and a complete row sound different. */
    sayDone(row) {
        const text = this.describe(row);
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

    canFinish(row) {
        return hasExpected(this.sheet, row);
    }

    /** Of which lot something is, has to be said row by row. */
    get rowsToFinish() {
        return super.rowsToFinish.filter((row) => !row.needs_lot);
    }

    /** A remark is kept; a number is not. */
    leaveFields() {
        super.leaveFields();
        this.details.leave();
    }

    takeEntered(row, quantity) {
        this.countUnlessInDoubt("set", row, quantity);
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

    closePanel() {
        this.details.close();
        super.closePanel();
    }
}
