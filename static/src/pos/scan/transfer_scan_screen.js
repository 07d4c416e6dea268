import { Component, onMounted } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { getJob } from "./till_jobs";
import { TillScan } from "./till_scan";

/** Counting or picking a transfer, at an address of its own. */
export class TransferScanScreen extends Component {
    static template = "store_transfer.TransferScanScreen";
    static components = { TillScan };
    static props = {
        transferId: Number,
        job: String,
        // Another document of the transfer than the open one: scans came too late for it
        documentId: { type: Number, optional: true },
    };

    setup() {
        const pos = usePos();
        onMounted(() => {
            if (!this.hasJob) {
                pos.navigate("TransferScreen", { transferId: this.props.transferId });
            }
        });
    }

    /** An address may be typed by hand. */
    get hasJob() {
        return Boolean(getJob(this.props.job));
    }

    /** The till shows the next transfer in the same component. */
    get key() {
        const { transferId, job, documentId } = this.props;
        return `${transferId}/${job}/${documentId || ""}`;
    }
}

registry.category("lazy_components").add("TransferScanScreen", TransferScanScreen);
