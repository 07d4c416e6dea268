import { Component, onMounted } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { addTransferPage } from "../till_pages";
import { getOrderKind } from "./order_kinds";
import { TransferOrder } from "./transfer_order";

/** A new order to another store, a request or a receipt, at an address of its own. */
export class TransferOrderScreen extends Component {
    static template = "store_transfer.TransferOrderScreen";
    static components = { TransferOrder };
    static props = { kind: String };

    setup() {
        const pos = usePos();
        useService("store_transfer_till").keepSale();
        onMounted(() => {
            if (!this.isKind) {
                pos.navigate("TransfersScreen");
            }
        });
    }

    /** An address may be typed by hand. */
    get isKind() {
        return Boolean(getOrderKind(this.props.kind));
    }
}

// Not below "transfers/": there, what follows is the number of a transfer.
addTransferPage(TransferOrderScreen, "new-transfer/{string:kind}");
