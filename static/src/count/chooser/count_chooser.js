import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useKeyScanner } from "../../scan/keys/key_scanner";
import { ScanPanel } from "../../scan/panel/scan_panel";

/** Which delivery is to be counted: scan its number, or choose it. */
export class CountChooser extends Component {
    static template = "store_transfer.CountChooser";
    static components = { ScanPanel };
    static props = {
        transfers: Array,
        // What was scanned on this device and could not be sent: [{ countId, size }]
        leftovers: Array,
        // (count id) => void
        openCount: Function,
        // (number) => the transfers to count that have this number
        find: Function,
        // (transfer) => void: open its count
        open: Function,
        sound: Function,
        formatDate: Function,
    };

    setup() {
        this.state = useState({ text: "", error: "", chosen: null });
        this.input = useRef("input");
        this.scanner = useKeyScanner({
            onScan: (code) => this.look(code),
            onKeys: (keys) => this.type(keys),
            onKeydown: (ev) => this.onKeydown(ev),
        });
    }

    getLeftoversText({ size }) {
        return _t("%s scans on this device are not saved yet.", size);
    }

    getRowsText(transfer) {
        return _t("%s rows", transfer.line_count);
    }

    getCounterText(transfer) {
        return _t("Being counted by %s", transfer.counter);
    }

    get chosenText() {
        const { name, from } = this.state.chosen;
        return from
            ? _t("%(transfer)s from %(sender)s", { transfer: name, sender: from })
            : name;
    }

    onKeydown(ev) {
        const isHandled = this.scanner.onKeydown(ev);
        if (!isHandled && ev.key === "Enter" && ev.target === this.input.el) {
            this.look(this.state.text);
        }
    }

    /** What a hand types, wherever the focus is, is the number that it looks for. */
    type(keys) {
        if (!this.state.chosen) {
            this.state.text += keys;
            this.input.el.focus();
        }
    }

    async look(text) {
        const number = text.trim();
        if (!number) {
            return;
        }
        const [transfer] = await this.props.find(number);
        this.state.text = "";
        if (transfer) {
            this.choose(transfer);
        } else {
            this.props.sound("wrong");
            this.state.error = _t(
                "%s is no transfer that you can count now. It may be counted already, " +
                    "not shipped yet, or go to another store.",
                number
            );
        }
    }

    /** Counting goods that are on the way says that they stand here: ask first. */
    choose(transfer) {
        this.state.error = "";
        if (transfer.has_arrived) {
            this.props.open(transfer);
        } else {
            this.state.chosen = transfer;
        }
    }
}
