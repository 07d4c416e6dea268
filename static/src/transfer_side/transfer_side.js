import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The store on one side of a transfer; where there is none, the third party. */
export class TransferSide extends Component {
    static template = "store_transfer.TransferSide";
    static props = { ...standardFieldProps };

    get name() {
        const { data } = this.props.record;
        return data[this.props.name]?.display_name || data.third_party_name || "";
    }
}

registry.category("fields").add("transfer_side", {
    component: TransferSide,
    supportedTypes: ["many2one"],
    fieldDependencies: [{ name: "third_party_name", type: "char", readonly: true }],
});
