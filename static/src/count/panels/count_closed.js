import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** The count is over; what came too late is counted in the next one, or discarded. */
export class CountClosed extends Component {
    static template = "store_transfer.CountClosed";
    static props = {
        job: Object,
    };

    setup() {
        this.count = this.props.job.state;
        this.scans = this.count.sync.scans;
        this.state = useState({ isDiscarding: false });
    }

    get leftoversText() {
        return _t(
            "%s scans of this device came too late for it. They are kept here. If these " +
                "goods are still expected, count them in a new count.",
            this.scans.size
        );
    }

    get fullText() {
        return _t(
            "This device has no room left: %s scans stay here for now. Nothing is lost. " +
                "Keep this page open, make room on the device, and press the button again.",
            this.scans.size
        );
    }

    get discardText() {
        return this.state.isDiscarding
            ? _t("Yes, Discard %s Scans", this.scans.size)
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

    /** What this device had not sent when a colleague submitted, is counted next. */
    async countNow() {
        const { startNextCount, openNextCount } = this.props.job.host;
        try {
            const key = await startNextCount();
            if (await this.scans.moveTo(key)) {
                openNextCount();
            } else {
                this.count.notify(this.fullText);
            }
        } catch (error) {
            this.count.notify(
                error.data?.message || _t("The server can't be reached.")
            );
        }
    }
}
