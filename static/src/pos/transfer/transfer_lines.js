import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatQuantity, formatWithUnit } from "@store_transfer/quantities/quantities";

const UNDECIDED = ["draft", "waiting", "rejected", "cancelled"];

/** The products of a transfer, and what became of each. */
export class TransferLines extends Component {
    static template = "store_transfer.TransferLines";
    static props = { transfer: Object };

    get lines() {
        return this.props.transfer.rows;
    }

    imageUrl({ product_id: productId }) {
        return `/web/image/product.product/${productId}/image_128`;
    }

    writePart({ label, quantity }) {
        return _t("%(label)s: %(quantity)s", {
            label,
            quantity: formatQuantity(quantity),
        });
    }

    writeAsked(line) {
        return formatWithUnit(line.asked, line.unit);
    }

    /** For whom it is; who left only a phone number is called by that. */
    writeCustomer({ customer, phone }) {
        const name = _t("For %s", customer);
        return phone && phone !== customer ? `${name} · ${phone}` : name;
    }

    /** What there is of a product, or what became of it; nothing where it only waits. */
    getParts(line) {
        return "here" in line ? this.getStock(line) : this.getFate(line);
    }

    /** While it is not decided: what the stores have. */
    getStock({ source_free: free, here }) {
        return [
            { name: "source_free", label: _t("Free at source"), quantity: free },
            { name: "here", label: _t("At destination"), quantity: here },
        ];
    }

    get isDecided() {
        return !UNDECIDED.includes(this.props.transfer.state);
    }

    getFate(line) {
        const notApproved = this.isDecided ? line.asked - line.approved : 0;
        const parts = [
            { name: "refused", label: _t("Not approved"), quantity: notApproved },
            { name: "to_ship", label: _t("To Ship"), cssClass: "text-info" },
            { name: "in_transit", label: _t("On the way"), cssClass: "text-info" },
            { name: "received", label: _t("Received"), cssClass: "text-success" },
            { name: "short", label: _t("Short"), cssClass: "text-warning-emphasis" },
            { name: "damaged", label: _t("Damaged"), cssClass: "text-danger" },
            { name: "lost", label: _t("Lost"), cssClass: "text-danger" },
            { name: "returned", label: _t("Returned") },
            { name: "closed", label: _t("Not sent") },
        ];
        return parts
            .map((part) => ({ quantity: line[part.name], ...part }))
            .filter(({ quantity }) => quantity > 0);
    }
}
