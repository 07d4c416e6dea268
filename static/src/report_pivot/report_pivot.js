import { registry } from "@web/core/registry";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";

/** Leaves a cell of a sheet empty where there was nothing to divide by. */
export class ReportPivotModel extends PivotModel {
    exportData() {
        const data = super.exportData();
        for (const cell of data.rows.flatMap((row) => row.values)) {
            cell.value = cell.value === false ? "" : cell.value;
        }
        return data;
    }
}

/** Opens what is behind a figure as cards on a phone: a list would go out of sight. */
export class ReportPivotRenderer extends PivotRenderer {
    openView(domain, views, context, newWindow) {
        const shown = this.env.isSmall ? [[false, "kanban"], ...views] : views;
        super.openView(domain, shown, context, newWindow);
    }
}

registry.category("views").add("store_transfer_report", {
    ...pivotView,
    Model: ReportPivotModel,
    Renderer: ReportPivotRenderer,
});
