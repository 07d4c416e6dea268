import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { Choice } from "./choice";

/** Why a transfer is rejected; its initiator is told. */
export class RejectDialog extends Component {
    static template = "store_transfer.RejectDialog";
    static components = { Choice, Dialog };
    static props = {
        transfer: Object,
        // [{id, name}]
        reasons: Array,
        // ({reasonId, note}) => void
        getPayload: Function,
        close: Function,
    };

    setup() {
        this.state = useState({ reasonId: null, note: "" });
    }

    confirm() {
        this.props.getPayload({ ...this.state });
        this.props.close();
    }
}
