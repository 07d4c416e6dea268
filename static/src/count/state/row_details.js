import { getQuantityError, parseQuantity } from "../../quantities/quantities";
import { getImpossibleText } from "../../scan/document/document_state";

/** What is said of a row besides its quantity: how many are damaged, a remark, a photo. */
export class RowDetails {
    /** @param {CountState} count */
    constructor(count) {
        this.count = count;
        // Whose they are: not the active row, which a late answer may change
        this.row = null;
        // What is typed, and neither confirmed nor left yet
        this.damagedTyped = null;
        this.remarkTyped = null;
        this.wasRefused = false;
    }

    open() {
        this.row = this.count.active;
        this.count.openPanel("details");
    }

    /** Who says that something is damaged has one in the hand: it is one already. */
    openDamaged() {
        this.open();
        this.damagedTyped = this.row.damaged ? null : "1";
    }

    /** How many are shown as damaged, confirmed or not. */
    get damaged() {
        const typed = parseQuantity(this.damagedTyped ?? "");
        return Number.isNaN(typed) ? this.row.damaged : typed;
    }

    step(quantity) {
        const damaged = this.damaged + quantity;
        this.damagedTyped = null;
        this.setDamaged(this.row, damaged);
        this.count.changed();
    }

    /** What is shown is so; what can't be stays open. */
    finish() {
        this.wasRefused = false;
        this.enterDamaged();
        if (!this.wasRefused && this.count.panel === "details") {
            this.count.closePanel();
        }
    }

    typeDamaged(text) {
        this.damagedTyped = text;
        this.count.changed();
    }

    typeRemark(text) {
        this.remarkTyped = text;
        this.count.changed();
    }

    /** The panel is closed by hand. */
    close() {
        this.keepRemark();
        this.damagedTyped = null;
    }

    /** Something was scanned meanwhile: a number that was not confirmed doesn't count. */
    leave() {
        const { damagedTyped } = this;
        this.damagedTyped = null;
        if (damagedTyped) {
            this.count.tellDropped(this.row, damagedTyped);
        }
        this.keepRemark();
    }

    keepRemark() {
        const { row } = this;
        const text = this.remarkTyped?.trim();
        this.remarkTyped = null;
        if (text !== undefined && text !== row.remark) {
            this.count.record({ kind: "remark", line_id: row.id, text });
        }
    }

    enterDamaged() {
        const { row } = this;
        const text = this.damagedTyped;
        this.damagedTyped = null;
        const damaged = parseQuantity(text ?? "");
        if (text === null || damaged === row.damaged) {
            return;
        }
        if (Number.isNaN(damaged)) {
            this.refuse(getQuantityError(text));
        } else {
            this.count.countUnlessInDoubt("damaged", row, damaged);
        }
    }

    setDamaged(row, damaged) {
        if (!this.count.sheet.isPossible(row, damaged)) {
            this.refuse(getImpossibleText(row, damaged));
        } else if (damaged >= 0 && damaged !== row.damaged) {
            this.count.record({ kind: "damaged", line_id: row.id, quantity: damaged });
        }
    }

    /** @param {string} image base64 */
    addPhoto(row, image) {
        this.count.journal.addPhoto(row, image);
        this.count.changed();
    }

    /** Told beside the panel, which covers what else is said. */
    refuse(message) {
        this.wasRefused = true;
        this.count.notify(message);
        this.count.changed();
    }
}
