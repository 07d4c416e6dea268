import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ScanJob } from "../scan_job";

/** Which document this is, how far it is, and whether the server has it all. */
export class ScanHeader extends Component {
    static template = "store_transfer.ScanHeader";
    static props = {
        job: ScanJob,
        submit: Function,
    };

    /** Whether the server has all that was scanned; nothing where none is asked. */
    get sync() {
        const { sync } = this.props.job.state;
        return sync && { ...this.describeSync(sync), title: sync.scans.error };
    }

    describeSync({ status, size, isKept }) {
        if (status === "offline") {
            const text = size
                ? _t("Offline, %s kept on this device", size)
                : _t("Offline");
            return { kind: "offline", icon: "fa-chain-broken", text };
        }
        if (status === "refused") {
            const text = _t("%s not saved yet", size);
            return { kind: "offline", icon: "fa-exclamation-triangle", text };
        }
        if (status === "sending") {
            const text = isKept ? _t("Saving %s", size) : _t("Keep this page open");
            return { kind: "sending", icon: "fa-refresh", text };
        }
        return { kind: "saved", icon: "fa-check", text: _t("Saved") };
    }
}
