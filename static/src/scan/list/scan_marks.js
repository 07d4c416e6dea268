import { Component } from "@odoo/owl";

/** What is out of order on a row, told by signs and words. */
export class ScanMarks extends Component {
    static template = "store_transfer.ScanMarks";
    static props = {
        // [{ name, icon, text }]
        marks: Array,
    };
}
