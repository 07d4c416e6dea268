import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * Button that shows the stock of a line's product in every store.
 *
 * No button of type "object": that would ask to save the transfer first, and stock
 * matters most while it is being written.
 */
export class StoresStock extends Component {
    static template = "store_transfer.StoresStock";
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
    }

    get product() {
        return this.props.record.data.product_id;
    }

    async open() {
        const action = await this.action.loadAction(
            "store_transfer.action_store_transfer_stores_stock",
            {
                transfer_product_id: this.product.id,
                transfer_company_id: this.props.record.data.company_id.id,
                dialog_size: "medium",
            }
        );
        action.name = _t("Stock of %s", this.product.display_name);
        this.action.doAction(action);
    }
}

registry.category("view_widgets").add("stores_stock", {
    component: StoresStock,
    fieldDependencies: [
        { name: "product_id", type: "many2one" },
        { name: "company_id", type: "many2one" },
    ],
    listViewWidth: 30,
});
