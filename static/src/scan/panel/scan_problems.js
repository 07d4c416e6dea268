import { Component } from "@odoo/owl";
import { ScanJob } from "../scan_job";

/** What was scanned or typed, and does not count. */
export class ScanProblems extends Component {
    static template = "store_transfer.ScanProblems";
    static props = {
        job: ScanJob,
    };
}
