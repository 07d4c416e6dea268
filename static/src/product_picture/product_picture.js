import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { imageUrl } from "@web/core/utils/urls";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The picture of a line's product, where there is one; its name stands beside it. */
export class ProductPicture extends Component {
    static template = "store_transfer.ProductPicture";
    static props = { ...standardFieldProps };

    get url() {
        const { [this.props.name]: hasImage, product_id: product } =
            this.props.record.data;
        return (
            hasImage && product && imageUrl("product.product", product.id, "image_128")
        );
    }
}

registry.category("fields").add("product_picture", {
    component: ProductPicture,
    supportedTypes: ["boolean"],
    fieldDependencies: [{ name: "product_id", type: "many2one" }],
    listViewWidth: 32,
});
