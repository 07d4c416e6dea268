import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
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

    get explanation() {
        const { name } = this.props.transfer;
        return _t("Nothing of %s is sent. Who started it is told why.", name);
    }

    get canConfirm() {
        return this.state.reasonId;
    }

    confirm() {
        this.props.getPayload({ ...this.state });
        this.props.close();
    }
}
