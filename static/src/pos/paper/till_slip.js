import { Component } from "@odoo/owl";
import { writeDate } from "../till_formats";

/**
 * A slip for the goods, as wide as a receipt: where they come from and go to, and codes
 * that open the transfer at any till, scan screen or phone.
 */
export class TillSlip extends Component {
    static template = "store_transfer.TillSlip";
    static props = {
        // What the server's get_slip() said
        slip: Object,
        cashier: String,
    };

    setup() {
        this.writeDate = writeDate;
    }

    /** As an image: what prints receipts takes pictures of those. */
    getImage(svg) {
        return `data:image/svg+xml,${encodeURIComponent(svg)}`;
    }
}
