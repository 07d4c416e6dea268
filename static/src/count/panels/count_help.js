import { Component } from "@odoo/owl";
import { DocumentHelp } from "../../scan/document/document_help";

/** How to count. */
export class CountHelp extends Component {
    static template = "store_transfer.CountHelp";
    static components = { DocumentHelp };
    static props = {
        job: Object,
    };
}
