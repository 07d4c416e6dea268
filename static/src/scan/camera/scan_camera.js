import { Component, useState } from "@odoo/owl";

/** What the device's camera sees, with a frame in the colour of what was said last. */
export class ScanCamera extends Component {
    static template = "store_transfer.ScanCamera";
    static props = {
        Camera: Function,
        kind: { type: [String, { value: null }], optional: true },
        notify: Function,
        onResult: Function,
        close: Function,
    };

    setup() {
        this.state = useState({ isReady: false });
    }

    /** Before it is ready there is no camera; later, one picture could not be read. */
    onError(error) {
        if (!this.state.isReady) {
            this.props.close();
            this.props.notify(error.message);
        }
    }
}
