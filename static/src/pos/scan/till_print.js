import { rpc } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { downloadReport } from "@web/webclient/actions/reports/utils";

/** The reports in what a step answered: one, several, or none. */
function getReports(action) {
    if (action?.tag === "do_multi_print") {
        return action.params.reports;
    }
    return action?.type === "ir.actions.report" ? [action] : [];
}

/**
 * Return what prints the papers that a step answered with. It is done when they are not
 * printed, too: that can be done again from the transfer.
 */
export function useTillPrint() {
    const notification = useService("notification");
    return async (action) => {
        try {
            for (const report of getReports(action)) {
                const context = { ...user.context, ...report.context };
                await downloadReport(rpc, report, "pdf", context);
            }
        } catch (error) {
            const message = error.data?.message || _t("The server can't be reached.");
            notification.add(message, { type: "danger" });
        }
    };
}
