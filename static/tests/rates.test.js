import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Report extends models.Model {
    _name = "store.transfer.report";

    rate = fields.Float({ digits: [16, 1], readonly: true });

    _records = [
        { id: 1, rate: 0.945 },
        { id: 2, rate: 0 },
        { id: 3, rate: 0 },
    ];
}

defineModels([Report]);
defineMailModels();

test("A list shows no rate where there is none", async () => {
    onRpc("web_search_read", ({ parent }) => {
        const found = parent();
        // Of the last one nothing was shipped.
        found.records[2].rate = false;
        return found;
    });
    await mountView({
        type: "list",
        resModel: "store.transfer.report",
        arch: `<list><field name="rate" widget="transfer_rate"/></list>`,
    });
    expect(queryAllTexts(".o_data_cell[name=rate]")).toEqual(["94.5%", "0%", ""]);
});
