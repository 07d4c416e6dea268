import { Component } from "@odoo/owl";
import { formatQuantity } from "@store_transfer/quantities/quantities";

/** What did not come as it was sent, and what became of it. */
export class TransferDifferences extends Component {
    static template = "store_transfer.TransferDifferences";
    static props = {
        differences: Array,
        // (difference, "accept" | "refuse") => void
        decide: Function,
    };

    writeQuantity({ quantity, unit }) {
        return `${formatQuantity(quantity)} ${unit}`;
    }
}
