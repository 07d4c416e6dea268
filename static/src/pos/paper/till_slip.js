import { Component } from "@odoo/owl";
import { writeDate } from "../till_formats";

/**
 * A slip for the goods, as wide as a receipt: whose they are, where they go, and codes
 * that open the transfer at any till, scan screen or phone.
 *
 * It says no quantities, since who counts the goods blind reads it.
 */
export class TillSlip extends Component {
    static template = "store_transfer.TillSlip";
    static props = {
        transfer: Object,
        // The address of this database, as phones know it
        baseUrl: String,
        cashier: String,
    };

    setup() {
        this.writeDate = writeDate;
    }

    get source() {
        const { store, partner, is_inbound: isInbound } = this.props.transfer;
        return isInbound ? partner : store;
    }

    get destination() {
        const { store, partner, is_inbound: isInbound } = this.props.transfer;
        return isInbound ? store : partner;
    }

    /** As tools/transfer_link.py writes it. */
    get link() {
        const number = encodeURI(this.props.transfer.name);
        return `${this.props.baseUrl.replace(/\/$/, "")}/store-transfer/${number}`;
    }

    getCode(type, value, width, height) {
        const options = { barcode_type: type, value, width, height };
        return `/report/barcode/?${new URLSearchParams(options)}`;
    }
}
