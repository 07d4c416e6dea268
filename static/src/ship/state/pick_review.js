import { ScanReview } from "../../scan/document/scan_review";

/**
 * Shipping what is picked: what leaves, what stays, and what becomes of that: it is kept
 * to ship, or closed with a reason.
 */
export class PickReview extends ScanReview {
    get nothing() {
        return {
            ...super.nothing,
            expired: "",
            rows: [],
            isPartial: false,
            isEmpty: false,
            canClose: false,
            reasons: [],
            rest: "keep",
            reasonId: false,
            note: "",
        };
    }

    get answers() {
        const isClosing = this.rest === "close";
        return [
            this.rest,
            isClosing && this.reasonId,
            (isClosing && this.note.trim()) || false,
        ];
    }

    /** Nothing leaves, or it is not said why the rest is closed. */
    get isIncomplete() {
        return this.isEmpty || (this.rest === "close" && !this.reasonId);
    }

    show(answer) {
        const sentences = new Map(
            answer.outcomes.map((outcome) => [outcome.line_id, outcome.sentence])
        );
        this.set({
            step: "summary",
            summary: answer.summary,
            expired: answer.expired,
            rows: answer.rows.map((row) => ({
                ...row,
                outcome: sentences.get(row.id),
            })),
            isPartial: answer.is_partial,
            isEmpty: answer.nothing,
            canClose: answer.can_close,
            reasons: answer.reasons,
        });
    }

    keepRest() {
        this.rest = "keep";
        this.onChange();
    }

    closeRest() {
        this.rest = "close";
        const [reason, ...others] = this.reasons;
        if (!others.length) {
            this.reasonId = reason?.id || false;
        }
        this.onChange();
    }

    chooseReason(id) {
        this.reasonId = id;
        this.onChange();
    }

    writeNote(text) {
        this.note = text;
    }
}
