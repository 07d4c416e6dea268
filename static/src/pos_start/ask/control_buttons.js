import { useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { ControlButtons } from "@point_of_sale/app/screens/product_screen/control_buttons/control_buttons";

/** From the sale: what is not here is asked for in another store. */
patch(ControlButtons.prototype, {
    setup() {
        super.setup(...arguments);
        this.till = useService("store_transfer_till");
        this.transfers = useState(this.till.badge);
    },

    /**
     * The line that is chosen, of a product whose stock is tracked. On a phone none is
     * once the products were looked at again: then it is the one that was rung up last.
     */
    get lineToAskFor() {
        const order = this.currentOrder;
        const line = order?.getSelectedOrderline() || order?.getLastOrderline();
        return line?.product_id.product_tmpl_id.is_storable ? line : undefined;
    },

    async askStore() {
        const { product_id: product, qty } = this.lineToAskFor;
        const { name = "", phone } = this.partner || {};
        this.props.close?.();
        const { screens } = this.till;
        await screens.load();
        const { isLoaded, problem } = screens.state;
        if (isLoaded) {
            this.dialog.add(screens.get("AskStoreDialog"), {
                productId: product.id,
                quantity: Math.max(qty, 1),
                customer: { name, phone: phone || "" },
            });
        } else {
            this.notification.add(problem.text, { type: "danger" });
        }
    },
});
