import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { writeMoment } from "../till_formats";

// What is read at a glance, and leaves room for all else
const FEW_STEPS = 5;
const FEW_CHANGES = 3;

/** Each step of a transfer, in the words of the back office, and what was written. */
export class TransferTrail extends Component {
    static template = "store_transfer.TransferTrail";
    static props = { transfer: Object };

    setup() {
        this.state = useState({ isWhole: false });
        this.writeMoment = writeMoment;
    }

    get trail() {
        const { trail } = this.props.transfer;
        return this.state.isWhole ? trail : trail.slice(0, FEW_STEPS);
    }

    getChanges({ changes }) {
        return this.state.isWhole ? changes : changes.slice(0, FEW_CHANGES);
    }

    describeOthers(event) {
        const others = event.changes.length - this.getChanges(event).length;
        if (!others) {
            return "";
        }
        return others === 1
            ? _t("… and 1 other product")
            : _t("… and %s other products", others);
    }

    get hasMore() {
        const { trail } = this.props.transfer;
        return (
            trail.length > this.trail.length ||
            trail.some((event) => this.describeOthers(event))
        );
    }
}
