import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { ReportPivotRenderer } from "@store_transfer/report_pivot/report_pivot";
import { download } from "@web/core/network/download";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";

class Report extends models.Model {
    _name = "store.transfer.report";

    lane = fields.Char();
    fill_rate = fields.Float({ aggregator: "avg" });

    _records = [
        { id: 1, lane: "EC → North", fill_rate: 0.5 },
        { id: 2, lane: "EC → South", fill_rate: 0 },
    ];
}

defineModels([Report]);
defineMailModels();

test("A sheet is empty where there is no rate", async () => {
    onRpc("formatted_read_grouping_sets", ({ parent }) => {
        const sets = parent();
        // Of what goes south nothing was shipped.
        const groups = sets.flat();
        groups.find((group) => group.lane === "EC → South")["fill_rate:avg"] = false;
        return sets;
    });
    const sheets = [];
    patchWithCleanup(download, {
        _download: async (options) => {
            sheets.push(JSON.parse(await options.data.data.text()));
        },
    });
    await mountView({
        type: "pivot",
        resModel: "store.transfer.report",
        arch: `<pivot js_class="store_transfer_report">
            <field name="lane" type="row"/><field name="fill_rate" type="measure"/>
        </pivot>`,
    });
    await contains(".o_pivot_download").click();
    const [, ...lanes] = sheets[0].rows;
    expect(lanes.map((row) => [row.title, row.values[0].value])).toEqual([
        ["EC → North", 0.5],
        ["EC → South", ""],
    ]);
});

for (const [isSmall, views] of [
    [true, ["kanban", "list"]],
    [false, ["list"]],
]) {
    const screen = isSmall ? "a phone" : "a desktop";
    test(`What is behind a figure opens as ${views[0]} on ${screen}`, () => {
        const renderer = Object.assign(Object.create(ReportPivotRenderer.prototype), {
            actionService: {
                doAction: (action) => expect.step(action.views.map(([, type]) => type)),
            },
            env: { isSmall, config: {} },
            model: { metaData: {} },
        });
        renderer.openView([], [[false, "list"]], {}, false);
        expect.verifySteps([views]);
    });
}
