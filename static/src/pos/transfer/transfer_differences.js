import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatQuantity } from "@store_transfer/quantities/quantities";

/** What did not come as it was sent, and what became of it. */
export class TransferDifferences extends Component {
    static template = "store_transfer.TransferDifferences";
    static props = {
        differences: Array,
        // (difference, "accept" | "refuse") => void
        decide: Function,
    };

    /** What it is, how much of it, and what became of it or how far it is. */
    describe(difference) {
        const { quantity, unit, kind_label: label } = difference;
        const what = _t("%(label)s: %(quantity)s", {
            label,
            quantity: `${formatQuantity(quantity)} ${unit}`,
        });
        const fate = difference.outcome_label || difference.state_label;
        // What came damaged became nothing else.
        return fate === label ? what : `${what} · ${fate}`;
    }
}
