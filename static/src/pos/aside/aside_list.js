import { Component } from "@odoo/owl";
import { formatWithUnit } from "@store_transfer/quantities/quantities";

/** What is kept for customers, one below the other, and what ends it. */
export class AsideList extends Component {
    static template = "store_transfer.AsideList";
    static props = {
        // As store.transfer.till prepares them
        asides: Array,
        // (aside, "hand_over" or "free") => void
        release: Function,
        isBusy: Boolean,
    };

    describeGoods({ quantity, unit, name }) {
        return `${formatWithUnit(quantity, unit)} × ${name}`;
    }

    describeOrigin({ sku, lot, transfer }) {
        return [sku, lot, transfer].filter(Boolean).join(" · ");
    }
}
