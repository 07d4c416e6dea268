import { Component, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useKeyScanner } from "../../scan/keys/key_scanner";
import { ScanPanel } from "../../scan/panel/scan_panel";
import { readTransferNumber } from "../../scan/transfer_link";

/** Which transfer is to be worked on: scan its number or a product, or choose it. */
export class ScanChooser extends Component {
    static template = "store_transfer.ScanChooser";
    static components = { ScanPanel };
    static props = {
        transfers: Array,
        // What was scanned on this device and could not be sent: [{ id, size }]
        leftovers: Array,
        // (document id) => void: open what they were scanned for
        openLeftovers: Function,
        // (code) => the transfer that has this number, or those with this product
        find: Function,
        // (transfer) => void: begin with it, or go on
        open: Function,
        // (transfer) => { place, date, badge: { text, cssClass }, note? }
        describe: Function,
        // (transfer) => { title, text, yes, no }: what is asked before it is opened, or
        // nothing
        getQuestion: { type: Function, optional: true },
        // { title, hint, sought, date, empty }: what is asked, how it is answered, what
        // is typed, what the date is, and that there is none
        texts: Object,
        // (number) => why no transfer was found
        getUnknownText: Function,
        sound: Function,
    };

    setup() {
        // `found`: which transfers were found, where a product is in several
        this.state = useState({ text: "", error: "", asked: null, found: null });
        this.input = useRef("input");
        this.scanner = useKeyScanner({
            onScan: (code) => this.look(code),
            onKeys: (keys) => this.type(keys),
            onKeydown: (ev) => this.onKeydown(ev),
        });
    }

    getLeftoversText({ size }) {
        return _t("Scans on this device that are not saved yet: %s.", size);
    }

    get transfers() {
        return this.state.found?.transfers || this.props.transfers;
    }

    get foundText() {
        return _t("These have %s:", this.state.found.code);
    }

    getRowsText(transfer) {
        const { line_count: rows } = transfer;
        return rows === 1 ? _t("1 row") : _t("%s rows", rows);
    }

    hasCarrier({ carrier, tracking_number }) {
        return Boolean(carrier || tracking_number);
    }

    getCarrierText({ carrier, tracking_number }) {
        return [carrier, tracking_number].filter(Boolean).join(" ");
    }

    onKeydown(ev) {
        const isHandled = this.scanner.onKeydown(ev);
        if (!isHandled && ev.key === "Enter" && ev.target === this.input.el) {
            this.look(this.state.text);
        }
    }

    /** What a hand types, wherever the focus is, is the number that it looks for. */
    type(keys) {
        if (!this.state.asked) {
            this.state.text += keys;
            this.input.el.focus();
        }
    }

    async look(text) {
        const number = readTransferNumber(text.trim());
        if (!number) {
            return;
        }
        const transfers = await this.props.find(number);
        Object.assign(this.state, { text: "", error: "", found: null });
        if (transfers.length > 1) {
            this.state.found = { code: number, transfers };
        } else if (transfers.length) {
            this.choose(transfers[0]);
        } else {
            this.props.sound("wrong");
            this.state.error = this.props.getUnknownText(number);
        }
    }

    showAll() {
        this.state.found = null;
    }

    choose(transfer) {
        this.state.error = "";
        const question = this.props.getQuestion?.(transfer);
        if (question) {
            this.state.asked = { transfer, ...question };
        } else {
            this.props.open(transfer);
        }
    }
}
