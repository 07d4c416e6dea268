import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { writeDate, writePartner } from "../till_formats";

/** Transfers, one below the other: a table, on a phone cards. */
export class TransferList extends Component {
    static template = "store_transfer.TransferList";
    static props = {
        // As store.transfer.till prepares them
        transfers: Array,
        // (transfer) => void
        open: Function,
    };

    setup() {
        this.ui = useService("ui");
        this.writeDate = writeDate;
        this.writePartner = writePartner;
    }

    describeContent({ lines, cartons, quantity }) {
        const parts = [
            quantity,
            lines && _t("Products: %s", lines),
            cartons && _t("Cartons: %s", cartons),
        ];
        return parts.filter(Boolean).join(" · ");
    }
}
