import { Component } from "@odoo/owl";
import { DocumentHelp } from "../../scan/document/document_help";

/** How to pick and ship. */
export class ShipHelp extends Component {
    static template = "store_transfer.ShipHelp";
    static components = { DocumentHelp };
    static props = {
        job: Object,
    };
}
