import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { getDraft } from "./order_draft";
import { getOrderKind, ORDER_NAMES } from "./order_kinds";

/** Say what was begun of an order; nothing where none was. */
export function getKeptText(draft) {
    if (draft.isEmpty) {
        return "";
    }
    const { other, lines } = draft.values;
    const parts = [_t("Begun"), other?.name, countProducts(lines)];
    return parts.filter(Boolean).join(" · ");
}

function countProducts({ length }) {
    return length === 1 ? _t("1 product") : length && _t("%s products", length);
}

/** The way back to orders that are being written at this till. */
export class KeptOrders extends Component {
    static template = "store_transfer.KeptOrders";
    static props = {};

    setup() {
        this.pos = usePos();
        this.drafts = ORDER_NAMES.map((name) => useState(getDraft(name)));
    }

    /** Those that were begun; one whose answer comes late is over then. */
    get orders() {
        return this.drafts
            .map((draft) => ({
                name: draft.name,
                title: getOrderKind(draft.name).getTitle(),
                text: getKeptText(draft),
            }))
            .filter(({ text }) => text);
    }

    goOn({ name }) {
        this.pos.navigate("TransferOrderScreen", { kind: name });
    }
}
