import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { Choice } from "./choice";

/** Why a transfer is rejected, or the rest of it closed; the other store is told. */
export class ReasonDialog extends Component {
    static template = "store_transfer.ReasonDialog";
    static components = { Choice, Dialog };
    static props = {
        // {title, explanation, goods, confirmLabel}; goods are texts, one for each line
        question: Object,
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

    get canConfirm() {
        return this.state.reasonId;
    }

    confirm() {
        this.props.getPayload({ ...this.state });
        this.props.close();
    }
}
