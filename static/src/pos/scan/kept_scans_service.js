import { reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { getJob, JOB_NAMES } from "./till_jobs";

/**
 * Sends what was scanned at this till and could not be sent by the screen that it was
 * scanned on: when our screens are loaded, and as soon as the till is back, whatever it
 * shows then.
 */
export class KeptScans {
    constructor({ pos, store_transfer_till: till }) {
        const call = (...args) => till.callModel(...args);
        const page = { call, callSilently: call };
        this.hosts = JOB_NAMES.map((job) => ({
            job,
            host: new (getJob(job).Host)(page),
        }));
        // How much of which document could not be sent: {job, id, size}
        this.state = reactive({ kept: [] });
        this.pos = pos;
        window.addEventListener("pos-network-online", () => this.sendIfIdle());
        this.sendIfIdle();
    }

    /** The screen that scans sends its own. */
    async sendIfIdle() {
        if (this.pos.router.state.current !== "TransferScanScreen") {
            await this.send();
        }
    }

    /** Send all of them. What goes wrong is only kept in mind: somebody may be selling. */
    async send() {
        this.sending ||= this.sendAll().finally(() => (this.sending = null));
        await this.sending;
    }

    async sendAll() {
        const kept = [];
        for (const { job, host } of this.hosts) {
            await host.openPhotos();
            for (const leftover of await host.sendLeftovers()) {
                kept.push({ job, ...leftover });
            }
        }
        this.state.kept = kept;
    }

    /** The id of the transfer whose document on the server they belong to. */
    async findTransfer({ job, id }) {
        const { host } = this.hosts.find((each) => each.job === job);
        return host.getDocument(await host.load(id)).transfer_id;
    }
}

export const keptScansService = {
    dependencies: ["pos", "store_transfer_till"],
    start(_env, services) {
        return new KeptScans(services);
    },
};

registry.category("services").add("store_transfer_kept_scans", keptScansService);
