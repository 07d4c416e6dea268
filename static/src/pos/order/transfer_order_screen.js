import { Component, onMounted } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { getOrderKind } from "./order_kinds";
import { TransferOrder } from "./transfer_order";

/** A new order to another store, a request or a receipt, at an address of its own. */
export class TransferOrderScreen extends Component {
    static template = "store_transfer.TransferOrderScreen";
    static components = { TransferOrder };
    static props = { kind: String };

    setup() {
        const pos = usePos();
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

registry.category("lazy_components").add("TransferOrderScreen", TransferOrderScreen);
