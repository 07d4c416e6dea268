import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatQuantity } from "../../quantities/quantities";
import { getDamagedText } from "../state/count_texts";

/** What submitting the count will do, and the questions before it. */
export class CountReviewPanel extends Component {
    static template = "store_transfer.CountReviewPanel";
    static props = {
        job: Object,
    };

    setup() {
        this.count = this.props.job.state;
        this.review = this.count.review;
        this.formatQuantity = formatQuantity;
        this.getDamagedText = getDamagedText;
    }

    get waitingText() {
        return _t(
            "The server can't be reached, and %s scans wait to be saved. They are kept " +
                "on this device. Submit when the network is back.",
            this.count.sync.scans.size
        );
    }

    // No _t() within a template literal: Odoo's export of terms does not look there.

    get blindText() {
        const { remaining } = this.count.sheet.getProgress();
        const uncounted = _t("On %s rows nothing was counted.", remaining);
        return [this.review.summary, remaining && uncounted].filter(Boolean).join(" ");
    }

    /** What is booked, only the server knows: it says it with the differences. */
    get sureText() {
        return [this.review.summary, _t("This cannot be undone.")].join(" ");
    }

    formatDifference({ difference }) {
        const sign = difference > 0 ? "+" : difference < 0 ? "−" : "";
        return sign + formatQuantity(Math.abs(difference));
    }
}
