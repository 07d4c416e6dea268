import { Component } from "@odoo/owl";
import { KeyList } from "../keys/key_list";
import { ScanJob } from "../scan_job";
import { ScanCard } from "./scan_card";
import { ScanQuestion } from "./scan_question";
import { ScanStepper } from "./scan_stepper";

/** Below the thumb: what was said last, what is asked, and the row at work. */
export class ScanDock extends Component {
    static template = "store_transfer.ScanDock";
    static components = { KeyList, ScanCard, ScanQuestion, ScanStepper };
    static props = {
        job: ScanJob,
        isCovered: Boolean,
        // The parent's references to the fields
        quantity: Function,
        answer: Function,
    };
}
