import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatQuantity } from "../../quantities/quantities";
import { ScanJob } from "../scan_job";
import { ScanMarks } from "./scan_marks";

/** One row of the list: what it is, how much of it is done, and what is out of order. */
export class ScanRow extends Component {
    static template = "store_transfer.ScanRow";
    static components = { ScanMarks };
    static props = {
        job: ScanJob,
        row: Object,
        // Where it stands: in pixels, and as the how manieth of how many
        top: Number,
        position: Number,
        size: Number,
        isActive: Boolean,
    };

    setup() {
        this.formatQuantity = formatQuantity;
    }

    get lotIcon() {
        return this.props.row.tracking === "serial" ? "fa-hashtag" : "fa-tag";
    }

    get lotLabel() {
        return this.props.row.tracking === "serial" ? _t("Serial number") : _t("Lot");
    }
}
