import { useEffect, useExternalListener, useRef } from "@odoo/owl";
import { hasTouch } from "@web/core/browser/feature_detection";
import { registry } from "@web/core/registry";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";

// In the order in which they are asked for.
const FIRST_FIELDS = ["source_store_id", "destination_store_id", "partner_id"];

/**
 * A new transfer has its cursor where the next word is typed: in the first store that is
 * still empty, then in the first product. Tab goes there, too, past what has been filled
 * in already.
 */
export class TransferFormRenderer extends FormRenderer {
    setup() {
        super.setup();
        this.root = useRef("compiled_view_root");
        this.isTabPressed = false;
        useEffect(
            (isNew) => this.isGuiding(isNew) && this.focusNext(),
            () => [this.props.record.isNew]
        );
        useEffect(
            () => {
                if (this.isTabPressed && this.isGuiding(this.props.record.isNew)) {
                    this.focusNext();
                }
            },
            () => FIRST_FIELDS.map((name) => this.props.record.data[name]?.id)
        );
        useExternalListener(window, "keydown", (ev) => this.onKey(ev), {
            capture: true,
        });
        useExternalListener(window, "pointerdown", () => (this.isTabPressed = false), {
            capture: true,
        });
    }

    /** On a phone, a keyboard would cover what there is to press. */
    isGuiding(isNew) {
        return isNew && !hasTouch() && !this.props.record.data.line_ids.count;
    }

    /** What Tab chooses in a list of proposals, is known a moment later. */
    onKey({ key, shiftKey, target }) {
        this.isTabPressed =
            key === "Tab" &&
            !shiftKey &&
            FIRST_FIELDS.some((name) => this.getInput(name) === target);
    }

    getInput(name) {
        return this.root.el?.querySelector(`.o_field_widget[name=${name}] input`);
    }

    focusNext() {
        const { data } = this.props.record;
        const inputs = FIRST_FIELDS.filter((name) => !data[name])
            .map((name) => this.getInput(name))
            .filter(Boolean);
        if (inputs.length) {
            inputs[0].focus();
        } else if (this.root.el.querySelector(".o_field_x2many_list_row_add")) {
            this.openFirstLine();
        }
    }

    /** A line that was not typed into is nothing to save: who leaves now made no draft. */
    async openFirstLine() {
        const { record } = this.props;
        const wasDirty = record.dirty;
        const list = record.data.line_ids;
        await list.addNewRecord({ mode: "edit", position: "bottom" });
        if (!wasDirty && list.editedRecord?.canBeAbandoned) {
            record.dirty = false;
        }
    }
}

/**
 * Odoo saves a new record when its page is left or hidden, as soon as nothing is missing
 * that it needs. Here all of that is filled in: who only looked at it makes no draft.
 */
export class TransferFormController extends formView.Controller {
    get isUntouched() {
        const { isNew, dirty } = this.model.root;
        return isNew && !dirty;
    }

    beforeVisibilityChange() {
        return this.isUntouched ? undefined : super.beforeVisibilityChange();
    }

    async beforeUnload(ev) {
        if (!this.isUntouched) {
            await super.beforeUnload(ev);
        }
    }
}

registry.category("views").add("store_transfer_form", {
    ...formView,
    Controller: TransferFormController,
    Renderer: TransferFormRenderer,
});
