import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useTillLoad } from "../till_load";
import { findVendors } from "../till_search";

const TYPING_PAUSE = 300;

/** To which store, or from whom? */
export class OtherSideDialog extends Component {
    static template = "store_transfer.OtherSideDialog";
    static components = { Dialog };
    static props = {
        title: String,
        // [{id, name}]; contacts are asked for where it is no store
        stores: { type: [Array, { value: null }] },
        // ({id, name}) => void
        getPayload: Function,
        close: Function,
    };

    setup() {
        this.ui = useService("ui");
        this.till = useService("store_transfer_till");
        this.input = useRef("input");
        this.state = useState({ text: "" });
        this.contacts = useTillLoad(() => findVendors(this.till, this.state.text));
        this.search = useDebounced(() => this.contacts.reload(), TYPING_PAUSE);
        onMounted(() => this.begin());
    }

    begin() {
        if (!this.props.stores) {
            this.contacts.reload();
        }
        // On a phone the keyboard would hide what can be chosen.
        if (!this.ui.isSmall) {
            this.input.el.focus();
        }
    }

    onInput() {
        if (!this.props.stores) {
            this.search();
        }
    }

    get found() {
        const { stores } = this.props;
        if (!stores) {
            return this.contacts.value;
        }
        const text = this.state.text.trim().toLowerCase();
        return stores.filter(({ name }) => name.toLowerCase().includes(text));
    }

    get nothingText() {
        return this.props.stores
            ? _t("No store is called that.")
            : _t("No contact is called that. Name them in the remark instead.");
    }

    choose({ id, name }) {
        this.props.getPayload({ id, name });
        this.props.close();
    }
}
