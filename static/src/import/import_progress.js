import { Component, onWillUnmount, useEffect } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const WORKING_STATES = ["checking", "importing", "cancelling"];
const INTERVAL = 2000;

/** How far an import is that goes on in the background; looks again by itself. */
export class ImportProgress extends Component {
    static template = "store_transfer.ImportProgress";
    static props = { ...standardWidgetProps };

    setup() {
        useEffect(
            (isWorking) => {
                if (isWorking) {
                    this.timer = browser.setTimeout(() => this.lookAgain(), INTERVAL);
                }
            },
            () => [this.isWorking]
        );
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    get isWorking() {
        return WORKING_STATES.includes(this.props.record.data.state);
    }

    /** A check has no parts that could be counted. */
    get isMeasured() {
        return this.props.record.data.state === "importing";
    }

    get percent() {
        return this.isMeasured ? Math.round(this.props.record.data.progress) : 100;
    }

    get label() {
        const { state, row_count, done_count, transfer_count } = this.props.record.data;
        return {
            checking: _t("Reading and checking the rows (%s) …", row_count),
            importing: _t("Transfers that were made: %(done)s of %(all)s …", {
                done: done_count,
                all: transfer_count,
            }),
            cancelling: _t("Taking back the transfers (%s) …", done_count),
        }[state];
    }

    async lookAgain() {
        if (!(await this.props.record.isDirty())) {
            // A server that is away for a moment is asked again.
            await this.props.record.load().catch(() => {});
        }
        if (this.isWorking) {
            this.timer = browser.setTimeout(() => this.lookAgain(), INTERVAL);
        }
    }
}

registry.category("view_widgets").add("store_transfer_import_progress", {
    component: ImportProgress,
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "progress", type: "float" },
        { name: "row_count", type: "integer" },
        { name: "done_count", type: "integer" },
        { name: "transfer_count", type: "integer" },
    ],
});
