import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { formatQuantity } from "@store_transfer/quantities/quantities";
import { isLess, proposeQuantities } from "../steps/proposal";
import { Choice } from "./choice";
import { TillQuantity } from "./till_quantity";

/** How much of each line is approved, and why it is less than was asked for. */
export class ApproveDialog extends Component {
    static template = "store_transfer.ApproveDialog";
    static components = { Choice, Dialog, TillQuantity };
    static props = {
        transfer: Object,
        // [{id, name}]
        reasons: Array,
        // ({quantities: {line id: quantity}, reasonId, note}) => void
        getPayload: Function,
        close: Function,
    };

    setup() {
        this.state = useState({
            quantities: proposeQuantities(this.props.transfer),
            reasonId: null,
            note: "",
        });
    }

    get explanation() {
        return _t(
            "Say how much of each product you approve. The rest will not be sent, and " +
                "this can't be changed later."
        );
    }

    describe({ sku, asked, source_free: free }) {
        const parts = [
            sku,
            _t("Asked: %s", formatQuantity(asked)),
            _t("Free at source: %s", formatQuantity(free)),
        ];
        return parts.filter(Boolean).join(" · ");
    }

    get isLess() {
        return isLess(this.props.transfer, this.state.quantities);
    }

    get isNothing() {
        return !Object.values(this.state.quantities).some(Boolean);
    }

    get canConfirm() {
        return !this.isNothing && (!this.isLess || this.state.reasonId);
    }

    confirm() {
        const { quantities, reasonId, note } = this.state;
        this.props.getPayload({ quantities: { ...quantities }, reasonId, note });
        this.props.close();
    }
}
