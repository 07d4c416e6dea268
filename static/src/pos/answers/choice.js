import { Component } from "@odoo/owl";

/** One of a few, as buttons: a reason, or what became of goods. */
export class Choice extends Component {
    static template = "store_transfer.Choice";
    static props = {
        label: String,
        // [{id, name}]
        options: Array,
        value: { type: [Number, String, { value: null }] },
        // (id) => void
        onChoose: Function,
    };
}
