import { registry } from "@web/core/registry";
import {
    extractM2OFieldProps,
    Many2OneField,
} from "@web/views/fields/many2one/many2one_field";
import { RadioField, radioField } from "@web/views/fields/radio/radio_field";

// More of them are found sooner by typing.
const MOST_BUTTONS = 9;

/**
 * Reasons as buttons, one press each; a field to type in where there are many.
 *
 * They are Odoo's radio buttons in other clothes: arrow keys move between them, and a
 * screen reader says which of how many is chosen.
 */
export class ReasonButtons extends RadioField {
    static template = "store_transfer.ReasonButtons";
    static components = { Many2OneField };
    static props = { ...RadioField.props, many2one: Object };

    get isShort() {
        return this.items.length <= MOST_BUTTONS;
    }

    get many2OneProps() {
        const { id, name, readonly, record, many2one } = this.props;
        return { id, name, readonly, record, ...many2one };
    }
}

registry.category("fields").add("reason_buttons", {
    ...radioField,
    component: ReasonButtons,
    supportedTypes: ["many2one"],
    extractProps: (staticInfo, dynamicInfo) => ({
        ...radioField.extractProps(staticInfo, dynamicInfo),
        many2one: {
            ...extractM2OFieldProps(staticInfo, dynamicInfo),
            canCreate: false,
            canCreateEdit: false,
            canOpen: false,
            canQuickCreate: false,
        },
    }),
});
