import { Component } from "@odoo/owl";
import { ScanJob } from "../scan_job";

/** What the keys do, for those who have a keyboard. */
export class KeyList extends Component {
    static template = "store_transfer.KeyList";
    static props = {
        job: ScanJob,
    };
}
