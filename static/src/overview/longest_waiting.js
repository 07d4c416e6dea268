import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The transfers that have been standing still for longest: each opens its form. */
export class LongestWaiting extends Component {
    static template = "store_transfer.LongestWaiting";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get transfers() {
        return this.props.record.data[this.props.name] || [];
    }

    formatDays({ days }) {
        if (!days) {
            return _t("< 1 day");
        }
        return days === 1 ? _t("1 day") : _t("%s days", days);
    }

    open({ id }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "store.transfer",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("longest_waiting_transfers", {
    component: LongestWaiting,
    supportedTypes: ["json"],
});
