import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** One piece more, or one less. */
export class StepButton extends Component {
    static template = "store_transfer.StepButton";
    static props = {
        kind: { validate: (kind) => ["more", "less"].includes(kind) },
        isDisabled: { type: Boolean, optional: true },
        press: Function,
    };

    get label() {
        return this.props.kind === "more" ? _t("One more") : _t("One less");
    }

    get icon() {
        return this.props.kind === "more" ? "fa-plus" : "fa-minus";
    }
}
