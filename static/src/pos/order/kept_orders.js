import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { OrderDraft } from "./order_draft";
import { getOrderKind, ORDER_NAMES } from "./order_kinds";

/** Say what was begun of an order of this kind; nothing where none was. */
export function getKeptText(name) {
    const draft = new OrderDraft(name);
    if (draft.isEmpty) {
        return "";
    }
    const { other, lines } = draft.values;
    const parts = [_t("Begun"), other?.name, _t("%s products", lines.length)];
    return parts.filter(Boolean).join(" · ");
}

/** The way back to orders that are being written at this till. */
export class KeptOrders extends Component {
    static template = "store_transfer.KeptOrders";
    static props = {};

    setup() {
        this.pos = usePos();
        this.orders = ORDER_NAMES.map((name) => ({
            name,
            title: getOrderKind(name).getTitle(),
            text: getKeptText(name),
        })).filter(({ text }) => text);
    }

    goOn({ name }) {
        this.pos.navigate("TransferOrderScreen", { kind: name });
    }
}
