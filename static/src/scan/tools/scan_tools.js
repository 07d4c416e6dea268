import { Component } from "@odoo/owl";
import { useForwardRefToParent } from "@web/core/utils/hooks";
import { ScanJob } from "../scan_job";

/** What is looked for: a text, the camera, and which rows are shown. */
export class ScanTools extends Component {
    static template = "store_transfer.ScanTools";
    static props = {
        job: ScanJob,
        // The parent's reference to the field of the search
        search: Function,
        canUseCamera: Boolean,
        hasCamera: Boolean,
        toggleCamera: Function,
    };

    setup() {
        useForwardRefToParent("search");
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.altKey) {
            ev.preventDefault();
            ev.stopPropagation();
            if (this.props.job.state.text.trim()) {
                ev.target.blur();
                this.props.job.state.enterSearch();
            }
        }
    }
}
