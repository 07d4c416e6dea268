import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { writeDate, writeMoment } from "../till_formats";

/** What is to be known of a transfer beside its lines. */
export class TransferFacts extends Component {
    static template = "store_transfer.TransferFacts";
    static props = { transfer: Object };

    get facts() {
        const { transfer } = this.props;
        const facts = [
            { name: "rejected", label: _t("Reject Reason"), text: transfer.rejected },
            { name: "quantity", label: _t("Quantity"), text: transfer.quantity },
            {
                name: "date",
                label: _t("Expected Date"),
                text: writeDate(transfer.date),
            },
            { name: "promised", label: _t("Promised Date"), text: this.promised },
            {
                name: "arrived",
                label: _t("Arrived on"),
                text: writeMoment(transfer.arrived),
            },
            { name: "carrier", label: _t("Carrier"), text: transfer.carrier },
            { name: "tracking", label: _t("Tracking Number"), text: transfer.tracking },
            { name: "remark", label: _t("Remark"), text: transfer.remark },
        ];
        return facts.filter(({ text }) => text);
    }

    /** Said only where the sender has promised another day. */
    get promised() {
        const { promised, date } = this.props.transfer;
        return promised === date ? "" : writeDate(promised);
    }
}
