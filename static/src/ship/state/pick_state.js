import { _t } from "@web/core/l10n/translation";
import { makeId } from "../../scan/device/device";
import { DocumentState } from "../../scan/document/document_state";
import { PIECE } from "../../scan/document/scan_sheet";
import { PickLabels } from "./pick_labels";
import { PickReview } from "./pick_review";
import { PickSheet } from "./pick_sheet";
import {
    describe,
    describeNext,
    getCartonClosedText,
    getCartonOpenText,
    getNotInStockText,
    getPastDateText,
    getTooManyText,
} from "./pick_texts";

/**
 * What a pick list on this device knows, and what becomes of what is scanned and typed.
 *
 * Nothing in it draws anything: all it needs is handed in.
 */
export class PickState extends DocumentState {
    /**
     * @param {Object} params those of DocumentState, without what a pick list has its own
     *  of, and `print`: see ShipScreen
     */
    constructor({ print, ...params }) {
        const sheet = new PickSheet(params.screen);
        super({ ...params, sheet, Review: PickReview });
        this.labels = new PickLabels({
            print,
            call: params.call,
            notify: params.notify,
        });
        // The event that began the carton that is open here
        this.cartonUuid = this.findLastCarton();
    }

    /** Who left the screen goes on with the same carton. */
    findLastCarton() {
        const last = this.sheet.history.at(-1);
        const uuid = last?.kind === "carton" ? last.uuid : last?.carton;
        return this.sheet.cartons.get(uuid)?.uuid || null;
    }

    /** The carton that is open on this device; without a number until it has one. */
    get carton() {
        const { cartonUuid: uuid } = this;
        return uuid && (this.sheet.cartons.get(uuid) || { uuid });
    }

    get header() {
        return this.screen.pick;
    }

    get words() {
        return {
            over: _t("This pick list is over."),
            same: _t("This is the transfer that you are picking."),
            typed: _t(
                "“%s” is typed, but not picked yet. Press Enter to take it, or Esc.",
                this.typed
            ),
            finished: _t("The rest is picked as it is reserved. Undo takes it back."),
        };
    }

    getDroppedText(row, text) {
        return _t(
            "“%(text)s” was typed for %(product)s without Enter, and is not picked.",
            { text, product: row.name }
        );
    }

    getTwiceText(row) {
        return _t("%s was picked already. Each serial number is one piece.", row.lot);
    }

    describe(row) {
        return describe(row);
    }

    /** Once a row is complete, it is said where to go next. */
    sayDone(row) {
        const next = this.sheet.getNext(row);
        if (row.kind !== "done") {
            super.sayDone(row);
        } else if (next) {
            this.say("complete", describeNext(row, next), "complete");
        } else {
            this.say("complete", describe(row), "complete");
        }
    }

    isKnown(code) {
        return super.isKnown(code) || Boolean(this.findCarton(code));
    }

    /** The label of a carton opens it again. */
    findCarton(code) {
        return this.sheet.find(code) ? null : this.sheet.cartons.find(code);
    }

    scan(code) {
        const carton = code && !this.isClosed && this.findCarton(code);
        if (carton) {
            Object.assign(this, { text: "", question: null });
            this.openCarton(carton.uuid);
        } else {
            super.scan(code);
        }
    }

    openCarton(uuid) {
        this.cartonUuid = uuid;
        this.say("complete", getCartonOpenText(this.carton), "complete");
    }

    newCarton() {
        if (this.isClosed) {
            this.say("wrong", this.words.over, "wrong");
            return;
        }
        this.record({ kind: "carton" });
        this.openCarton(this.journal.lastUuid);
    }

    closeCarton() {
        const text = getCartonClosedText(this.carton);
        this.cartonUuid = null;
        this.say("info", text);
    }

    /** Everything that is done goes into the carton that is open, or comes out of it. */
    record(values) {
        const isIn = this.cartonUuid && values.kind !== "carton";
        super.record(isIn ? { ...values, carton: this.cartonUuid } : values);
    }

    sayUndone(entries) {
        const [entry] = entries;
        if (entry.kind !== "carton") {
            super.sayUndone(entries);
            return;
        }
        if (entry.uuid === this.cartonUuid) {
            this.cartonUuid = null;
        }
        this.say("undone", _t("Undone. The carton is not there any more."), "undone");
    }

    onResult(event, result) {
        super.onResult(event, result);
        if (event.isAsked && result.carton && result.status === "counted") {
            this.cartonUuid = event.uuid;
            this.say("complete", result.message, "complete");
        }
        if (event.kind !== "carton") {
            return;
        }
        this.printNew(event);
        if (event.uuid !== this.cartonUuid) {
            return;
        }
        if (result.status === "counted") {
            this.openCarton(event.uuid);
        } else {
            this.cartonUuid = null;
        }
    }

    /** A device has one answer to each event, so a label is printed once by itself. */
    printNew({ uuid }) {
        const carton = this.sheet.cartons.get(uuid);
        if (carton && this.screen.policies.prints_labels) {
            this.labels.print(carton);
        }
    }

    /** What is not in stock on any row, only the server may find. */
    addToRow(row, quantity, values) {
        const parts = values.barcode ? this.sheet.spread(row, quantity) : [];
        if (parts.length > 1) {
            this.addToRows(parts);
        } else if (row.is_missing && values.barcode) {
            this.askServer(values.barcode, values);
        } else if (row.is_expired && quantity > 0) {
            this.refuse(row, getPastDateText(row));
        } else {
            super.addToRow(row, quantity, values);
        }
    }

    /** A box of which some is for one row, and some for another: one press to undo. */
    addToRows(parts) {
        const press = makeId();
        for (const { row, quantity } of parts) {
            this.record({ kind: "scan", line_id: row.id, quantity, press });
        }
        const { row } = parts.at(-1);
        this.activate(row.id);
        this.sayDone(row);
    }

    getRefusal(row, total, given) {
        const more = total - row.came;
        if (row.is_missing && more > 0) {
            return getNotInStockText(row);
        }
        if (more - this.sheet.getLeft(row) > PIECE) {
            return getTooManyText(row);
        }
        return super.getRefusal(row, total, given);
    }

    /** As it is reserved: what is picked elsewhere for the same line may be too much. */
    canFinish(row) {
        const isThere = row.expected > 0 && !row.is_missing && !row.is_expired;
        const more = row.expected - row.came;
        return isThere && more - this.sheet.getLeft(row) <= PIECE;
    }
}
