import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { writeMoment } from "../till_formats";

/** Who did what with a transfer, the newest first. */
export class TransferTrail extends Component {
    static template = "store_transfer.TransferTrail";
    static props = { trail: Array };

    setup() {
        this.writeMoment = writeMoment;
    }

    writeField({ field }) {
        return _t("%s:", field);
    }
}
