import { Component, useEffect, useRef } from "@odoo/owl";

/** What lies over a screen until it is answered; its first button has the focus. */
export class ScanPanel extends Component {
    static template = "store_transfer.ScanPanel";
    static props = {
        name: { type: String, optional: true },
        // When it changes, there is something new to answer.
        step: { type: [String, { value: null }], optional: true },
        // What happens when somebody points beside it
        close: { type: Function, optional: true },
        slots: Object,
    };

    setup() {
        const root = useRef("root");
        useEffect(
            () => root.el.querySelector(".btn-primary")?.focus(),
            () => [this.props.name, this.props.step]
        );
    }
}
