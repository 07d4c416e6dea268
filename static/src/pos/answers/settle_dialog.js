import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { writeDifference } from "../till_formats";
import { Choice } from "./choice";
import { TillQuantity } from "./till_quantity";

/** What became of goods that are short, and why: one answer for all that is settled. */
export class SettleDialog extends Component {
    static template = "store_transfer.SettleDialog";
    static components = { Choice, Dialog, TillQuantity };
    static props = {
        transfer: Object,
        // [{id, name, outcome}]
        reasons: Array,
        // ([{difference_id, quantity, outcome, reason_id}]) => void
        getPayload: Function,
        close: Function,
    };

    setup() {
        this.state = useState({
            quantities: Object.fromEntries(
                this.differences.map(({ id, quantity }) => [id, quantity])
            ),
            outcome: this.isReceipt ? "not_sent" : null,
            reasonId: null,
        });
    }

    get explanation() {
        return _t(
            "The goods are booked to where they are, and nobody waits for them any more. " +
                "This can't be undone."
        );
    }

    get differences() {
        return this.props.transfer.differences.filter((one) => one.can_settle);
    }

    /** A third party can only not have sent it. */
    get isReceipt() {
        return this.props.transfer.kind === "receipt";
    }

    describe(difference) {
        return [difference.sku, writeDifference(difference)]
            .filter(Boolean)
            .join(" · ");
    }

    get outcomes() {
        return [
            { id: "not_sent", name: _t("Not sent: back into the source's stock") },
            { id: "returned", name: _t("Returned: the source receives it") },
            { id: "lost", name: _t("Lost") },
            { id: "damaged", name: _t("Damaged: scrapped") },
        ];
    }

    get canConfirm() {
        const { quantities, outcome, reasonId } = this.state;
        return outcome && reasonId && Object.values(quantities).some(Boolean);
    }

    /** A reason says what it usually means. */
    chooseReason(id) {
        const { outcome } = this.props.reasons.find((reason) => reason.id === id);
        this.state.reasonId = id;
        if (outcome && !this.isReceipt) {
            this.state.outcome = outcome;
        }
    }

    confirm() {
        const { quantities, outcome, reasonId } = this.state;
        const settled = this.differences.filter(({ id }) => quantities[id]);
        this.props.getPayload(
            settled.map(({ id }) => ({
                difference_id: id,
                quantity: quantities[id],
                outcome,
                reason_id: reasonId,
            }))
        );
        this.props.close();
    }
}
