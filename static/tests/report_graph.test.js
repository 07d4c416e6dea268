import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { getChart, selectMode } from "@web/../tests/views/graph/graph_test_helpers";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Report extends models.Model {
    _name = "store.transfer.report";

    month = fields.Char();
    sender = fields.Char();
    fill_rate = fields.Float({ aggregator: "avg" });
    received = fields.Float({ aggregator: "sum" });

    _records = [
        { id: 1, month: "May", sender: "EC", fill_rate: 0.5, received: 5 },
        { id: 2, month: "May", sender: "North", fill_rate: 0, received: 0 },
        { id: 3, month: "June", sender: "EC", fill_rate: 0, received: 0 },
    ];
}

defineModels([Report]);
defineMailModels();

async function mountGraph(measure) {
    onRpc("formatted_read_group", ({ parent }) => {
        const groups = parent();
        // Of what EC was asked for in June nothing is over yet.
        for (const group of groups.filter(({ month }) => month === "June")) {
            if ("fill_rate:avg" in group) {
                group["fill_rate:avg"] = false;
            }
        }
        return groups;
    });
    return mountView({
        type: "graph",
        resModel: "store.transfer.report",
        arch: `<graph js_class="store_transfer_report_graph" type="bar" stacked="0">
            <field name="month"/>
            <field name="sender"/>
            <field name="${measure}" type="measure"/>
        </graph>`,
    });
}

function getValues(view) {
    const { labels, datasets } = getChart(view).data;
    return datasets.map(({ label, data }) => [
        label,
        ...labels.map((month, index) => `${month}: ${data[index]}`),
    ]);
}

for (const mode of ["bar", "line"]) {
    test(`No 0 where there is no rate (${mode})`, async () => {
        const view = await mountGraph("fill_rate");
        await selectMode(mode);
        expect(getValues(view)).toEqual([
            ["EC", "June: null", "May: 0.5"],
            ["North", "June: null", "May: 0"],
        ]);
        const { filter } = getChart(view).options.plugins.tooltip;
        expect([null, 0, 0.5].filter((raw) => filter({ raw }))).toEqual([0, 0.5]);
    });
}

test("A sum of nothing is 0", async () => {
    const view = await mountGraph("received");
    expect(getValues(view)).toEqual([
        ["EC", "June: 0", "May: 5"],
        ["North", "June: 0", "May: 0"],
    ]);
});
