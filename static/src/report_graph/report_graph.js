import { registry } from "@web/core/registry";
import { GraphModel } from "@web/views/graph/graph_model";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";

/** Leaves out a rate or a mean where nothing was measured: a 0 would be a wrong one. */
export class ReportGraphModel extends GraphModel {
    _getData(dataPoints) {
        const data = super._getData(...arguments);
        const { fields, measure } = this.metaData;
        // A sum of nothing is 0, indeed.
        if (fields[measure]?.aggregator === "avg") {
            const measured = this._findMeasured(dataPoints);
            for (const dataset of data.datasets) {
                dataset.data = dataset.data.map((value, index) =>
                    measured.has(JSON.stringify([dataset.label, index])) ? value : null
                );
            }
        }
        return data;
    }

    /**
     * @returns {Set<string>} of what was measured, as JSON: its dataset's label, and
     *  its place on the axis
     */
    _findMeasured(dataPoints) {
        return new Set(
            dataPoints
                .filter(({ value }) => value !== false)
                .map((point) =>
                    JSON.stringify([this._getDatasetLabel(point), point.labelIndex])
                )
        );
    }
}

/** Says nothing under the mouse of what was left out. */
export class ReportGraphRenderer extends GraphRenderer {
    getTooltipOptions() {
        return { ...super.getTooltipOptions(), filter: ({ raw }) => raw !== null };
    }
}

registry.category("views").add("store_transfer_report_graph", {
    ...graphView,
    Model: ReportGraphModel,
    Renderer: ReportGraphRenderer,
});
