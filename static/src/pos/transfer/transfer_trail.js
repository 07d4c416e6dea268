import { Component } from "@odoo/owl";
import { writeMoment } from "../till_formats";

/** Each step of a transfer, in the words of the back office, and what was written. */
export class TransferTrail extends Component {
    static template = "store_transfer.TransferTrail";
    static props = { transfer: Object };

    setup() {
        this.writeMoment = writeMoment;
    }
}
