import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { DocumentJob } from "./document_job";

/** The job is over; what came too late goes into the next one, or is discarded. */
export class DocumentClosed extends Component {
    static template = "store_transfer.DocumentClosed";
    static props = {
        job: DocumentJob,
    };

    setup() {
        this.scan = this.props.job.state;
        this.scans = this.scan.sync.scans;
        this.state = useState({ isDiscarding: false });
    }

    get texts() {
        return this.props.job.texts.closed;
    }

    get fullText() {
        return _t(
            "This device has no room left. Scans that stay here for now: %s. Nothing is " +
                "lost. Keep this page open, make room on the device, and press the button again.",
            this.scans.size
        );
    }

    get discardText() {
        return this.state.isDiscarding
            ? _t("Yes, Discard All (%s)", this.scans.size)
            : _t("Discard Them");
    }

    /** Asks a second time. */
    discard() {
        if (this.state.isDiscarding) {
            this.scans.discard();
            this.props.job.exit();
        }
        this.state.isDiscarding = true;
    }

    /** What this device had not sent when a colleague submitted, is done next. */
    async goOn() {
        const { startNext, openNext } = this.props.job.host;
        try {
            const key = await startNext();
            if (await this.scans.moveTo(key)) {
                openNext();
            } else {
                this.scan.notify(this.fullText);
            }
        } catch (error) {
            this.scan.notify(error.data?.message || _t("The server can't be reached."));
        }
    }
}
