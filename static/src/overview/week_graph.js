import { cookie } from "@web/core/browser/cookie";
import { getColor } from "@web/core/colors/colors";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { JournalDashboardGraphField } from "@web/views/fields/journal_dashboard_graph/journal_dashboard_graph_field";
import { formatQuantity } from "../quantities/quantities";

/** How many pieces came in and went out, day by day. */
export class WeekGraph extends JournalDashboardGraphField {
    static template = "store_transfer.WeekGraph";

    get series() {
        const scheme = cookie.get("color_scheme");
        return [
            { name: _t("In"), values: this.data.received, color: getColor(1, scheme) },
            { name: _t("Out"), values: this.data.shipped, color: getColor(16, scheme) },
        ];
    }

    getTotal({ values }) {
        return formatQuantity(values.reduce((total, value) => total + value, 0));
    }

    getBarChartConfig() {
        const hidden = { display: false };
        return {
            type: "bar",
            data: {
                labels: this.data.labels,
                datasets: this.series.map(({ name, values, color }) => ({
                    label: name,
                    data: values,
                    backgroundColor: color,
                })),
            },
            options: {
                plugins: {
                    legend: hidden,
                    tooltip: { intersect: false, mode: "index", position: "nearest" },
                },
                scales: { x: { grid: hidden, border: hidden }, y: hidden },
                maintainAspectRatio: false,
            },
        };
    }
}

registry.category("fields").add("transfer_week_graph", {
    component: WeekGraph,
    supportedTypes: ["text"],
    extractProps: () => ({ graphType: "bar" }),
});
