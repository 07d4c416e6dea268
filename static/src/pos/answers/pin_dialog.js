import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useService } from "@web/core/utils/hooks";
import { getButtons, Numpad } from "@point_of_sale/app/components/numpad/numpad";
import { Choice } from "./choice";

/** Which approver is it, and what is their PIN? The server looks whether it is right. */
export class PinDialog extends Component {
    static template = "store_transfer.PinDialog";
    static components = { Choice, Dialog, Numpad };
    static props = {
        // [{id, name}]
        approvers: Array,
        // ({user_id, pin}) => void
        getPayload: Function,
        close: Function,
    };

    setup() {
        const { approvers } = this.props;
        const userId = approvers.length === 1 ? approvers[0].id : null;
        this.state = useState({ userId, pin: "" });
        this.ui = useService("ui");
        this.input = useRef("input");
        useEffect(
            () => this.startTyping(),
            () => [this.state.userId]
        );
    }

    /** On a phone the keyboard would hide the pad. */
    startTyping() {
        if (this.state.userId && !this.ui.isSmall) {
            this.input.el.focus();
        }
    }

    get buttons() {
        return getButtons([
            { value: "" },
            { value: "0" },
            { value: "Backspace", text: "⌫" },
        ]);
    }

    press(key) {
        const { pin } = this.state;
        this.state.pin = key === "Backspace" ? pin.slice(0, -1) : pin + key;
    }

    get canConfirm() {
        return this.state.userId && this.state.pin;
    }

    onKey(ev) {
        if (ev.key === "Enter" && this.canConfirm) {
            this.confirm();
        }
    }

    confirm() {
        this.props.getPayload({ user_id: this.state.userId, pin: this.state.pin });
        this.props.close();
    }
}
