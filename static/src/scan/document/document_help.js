import { Component } from "@odoo/owl";
import { KeyList } from "../keys/key_list";
import { DocumentJob } from "./document_job";

/** How to do a job, for who does it for the first time; a job says it as a list. */
export class DocumentHelp extends Component {
    static template = "store_transfer.DocumentHelp";
    static components = { KeyList };
    static props = {
        job: DocumentJob,
        slots: Object,
    };

    get texts() {
        return this.props.job.texts.help;
    }

    openForm() {
        this.props.job.state.closePanel();
        this.props.job.host.onOpenForm();
    }
}
