import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { x2ManyField, X2ManyField } from "@web/views/fields/x2many/x2many_field";
import { ViewButton } from "@web/views/view_button/view_button";
import {
    formatQuantity,
    getQuantityError,
    parseQuantity,
} from "../quantities/quantities";

/** One card for each line, with a quantity that a thumb can change. */
export class QuantityCards extends Component {
    static template = "store_transfer.QuantityCards";
    static components = { ViewButton };
    // Stands in for the kanban renderer, which is given more than is needed here.
    static props = ["*"];

    setup() {
        this.notification = useService("notification");
    }

    get options() {
        return this.props.cards;
    }

    getInfo(record) {
        return this.options.info
            .filter((name) => name in record.data)
            .map((name) => ({
                label: record.fields[name].string,
                value: this.formatInfo(record.data[name]),
            }));
    }

    formatInfo(value) {
        return typeof value === "number" ? this.format(value) : value;
    }

    getQuantity(record) {
        return record.data[this.options.quantity];
    }

    /** What is counted beside the quantity, e.g. as damaged, where there is such a field. */
    getBeside(record) {
        return record.data[this.options.beside] || 0;
    }

    getAll(record) {
        return record.data[this.options.all] - this.getBeside(record);
    }

    isComplete(record) {
        return this.getQuantity(record) === this.getAll(record);
    }

    format(quantity) {
        return formatQuantity(quantity);
    }

    setQuantity(record, quantity, name = this.options.quantity) {
        return record.update({ [name]: Math.max(0, quantity) });
    }

    onChangeQuantity(record, input, name) {
        const quantity = parseQuantity(input.value);
        if (Number.isNaN(quantity)) {
            this.notification.add(getQuantityError(input.value), { type: "danger" });
        } else {
            this.setQuantity(record, quantity, name);
        }
        input.value = this.format(record.data[name]);
    }
}

/** A list of lines on the desktop, cards on a phone. */
export class QuantityCardsField extends X2ManyField {
    static components = { ...X2ManyField.components, KanbanRenderer: QuantityCards };
    static props = { ...X2ManyField.props, cards: Object };

    get rendererProps() {
        const props = super.rendererProps;
        return this.props.viewMode === "kanban"
            ? { ...props, cards: this.props.cards }
            : props;
    }
}

registry.category("fields").add("transfer_quantity_cards", {
    ...x2ManyField,
    component: QuantityCardsField,
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...x2ManyField.extractProps(fieldInfo, dynamicInfo),
        cards: fieldInfo.options.cards,
    }),
});
