import { _t } from "@web/core/l10n/translation";
import { ScanReview } from "../../scan/document/scan_review";

/** Submitting a count: what becomes of each difference. */
export class CountReview extends ScanReview {
    get nothing() {
        return { ...super.nothing, missingCartons: "", expired: "", rows: [] };
    }

    show({ summary, missing_cartons: missingCartons, expired, rows, outcomes }) {
        const sentences = new Map(
            outcomes.map((outcome) => [outcome.line_id, outcome.sentence])
        );
        this.set({
            step: "summary",
            summary,
            missingCartons,
            expired,
            rows: rows.map((row) => ({ ...row, outcome: sentences.get(row.id) })),
        });
    }

    /** What is past its date goes beside sellable stock; then show what that means. */
    async countExpiredAsDamaged() {
        try {
            const { rows } = await this.call("count_expired_as_damaged", []);
            this.onRows(rows);
        } catch (error) {
            this.notify(error.data?.message || _t("The server can't be reached."));
        }
        return this.open();
    }
}
