import { Component } from "@odoo/owl";
import { ScanMarks } from "../list/scan_marks";
import { ScanJob } from "../scan_job";

/** The row at work: what it is, and what can be said of it. */
export class ScanCard extends Component {
    static template = "store_transfer.ScanCard";
    static components = { ScanMarks };
    static props = {
        job: ScanJob,
        row: Object,
    };
}
