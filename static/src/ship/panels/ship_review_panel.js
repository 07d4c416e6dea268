import { Component } from "@odoo/owl";
import { formatQuantity } from "../../quantities/quantities";
import { DocumentReview } from "../../scan/document/document_review";

/** What leaves, and what stays: kept to ship, or closed with a reason. */
export class ShipReviewPanel extends Component {
    static template = "store_transfer.ShipReviewPanel";
    static components = { DocumentReview };
    static props = {
        job: Object,
    };

    setup() {
        this.review = this.props.job.state.review;
        this.formatQuantity = formatQuantity;
    }

    get isClosing() {
        return this.review.rest === "close";
    }
}
