import { Component } from "@odoo/owl";
import { writeDifference } from "../till_formats";

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
        const what = writeDifference(difference);
        const fate = difference.outcome_label || difference.state_label;
        // What came damaged became nothing else.
        return fate === difference.kind_label ? what : `${what} · ${fate}`;
    }
}
