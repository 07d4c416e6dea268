import { Component } from "@odoo/owl";
import { KeyList } from "../../scan/keys/key_list";

/** How to count, for who does it for the first time. */
export class CountHelp extends Component {
    static template = "store_transfer.CountHelp";
    static components = { KeyList };
    static props = {
        job: Object,
    };

    openForm() {
        this.props.job.state.closePanel();
        this.props.job.host.onOpenForm();
    }
}
