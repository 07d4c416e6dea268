import { Component, onMounted, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { getProblem } from "@store_transfer/pos_start/problem/get_problem";
import { useTillPage } from "../till_page";
import { getKeptJob } from "./kept_job";
import { getJob } from "./till_jobs";

/**
 * The way back to what was being counted or picked at this till when it was locked, and
 * to scans that the server did not take.
 */
export class KeptJobs extends Component {
    static template = "store_transfer.KeptJobs";
    static props = {};

    setup() {
        this.page = useTillPage();
        this.notification = useService("notification");
        this.scans = useService("store_transfer_kept_scans");
        this.state = useState(this.scans.state);
        this.job = getKeptJob();
        onMounted(() => this.scans.send());
    }

    get jobText() {
        return getJob(this.job.job).getText(this.job.name);
    }

    getKeptText({ size }) {
        return size === 1
            ? _t("1 scan on this device is not saved yet.")
            : _t("%s scans on this device are not saved yet.", size);
    }

    goOn() {
        const { transferId, job } = this.job;
        this.page.navigate("TransferScanScreen", { transferId, job });
    }

    /** Their document says what can be done with them. */
    async look(kept) {
        try {
            const transferId = await this.scans.findTransfer(kept);
            const { job, id: documentId } = kept;
            this.page.navigate("TransferScanScreen", {
                transferId,
                job,
                documentId,
            });
        } catch (error) {
            this.notification.add(getProblem(error).text, { type: "danger" });
        }
    }
}
