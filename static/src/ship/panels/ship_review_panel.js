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

    /** Picked on another shelf, it does not stay: rows of one line are seen together. */
    get rows() {
        const { sheet } = this.props.job;
        return this.review.rows
            .map((row) => ({
                ...row,
                stays: Math.min(-row.difference, sheet.getLeft(sheet.rows.get(row.id))),
            }))
            .filter(({ stays }) => stays > 0);
    }

    get isClosing() {
        return this.review.rest === "close";
    }
}
