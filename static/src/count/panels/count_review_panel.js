import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatQuantity } from "../../quantities/quantities";
import { DocumentReview } from "../../scan/document/document_review";
import { getDamagedText } from "../state/count_texts";

/** What submitting the count will do. */
export class CountReviewPanel extends Component {
    static template = "store_transfer.CountReviewPanel";
    static components = { DocumentReview };
    static props = {
        job: Object,
    };

    setup() {
        this.count = this.props.job.state;
        this.review = this.count.review;
        this.formatQuantity = formatQuantity;
        this.getDamagedText = getDamagedText;
    }

    // No _t() within a template literal: Odoo's export of terms does not look there.

    get blindText() {
        const { remaining } = this.count.sheet.getProgress();
        const uncounted = _t("Rows on which nothing was counted: %s.", remaining);
        return [this.review.summary, remaining && uncounted].filter(Boolean).join(" ");
    }

    formatDifference({ difference }) {
        const sign = difference > 0 ? "+" : difference < 0 ? "−" : "";
        return sign + formatQuantity(Math.abs(difference));
    }
}
