import { Component } from "@odoo/owl";
import { DocumentJob } from "./document_job";

/**
 * What submitting will do, and the one question before it: what a job shows of it goes
 * between.
 */
export class DocumentReview extends Component {
    static template = "store_transfer.DocumentReview";
    static props = {
        job: DocumentJob,
        // Something is still to be answered first.
        isDisabled: { type: Boolean, optional: true },
        slots: Object,
    };

    setup() {
        this.scan = this.props.job.state;
        this.review = this.scan.review;
    }

    get texts() {
        return this.props.job.texts.review;
    }
}
