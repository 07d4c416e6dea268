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
    }

    open() {
        this.row = this.count.active;
        this.count.openPanel("details");
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
        this.count.notify(message);
        this.count.changed();
    }
}
