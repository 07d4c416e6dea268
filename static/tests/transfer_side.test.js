import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

class Warehouse extends models.Model {
    _name = "stock.warehouse";

    name = fields.Char();

    _records = [{ id: 1, name: "Shop North" }];
}

class StoreTransfer extends models.Model {
    _name = "store.transfer";

    source_store_id = fields.Many2one({ relation: "stock.warehouse" });
    third_party_name = fields.Char();

    _records = [
        { id: 1, source_store_id: 1 },
        { id: 2, third_party_name: "Tea farm" },
    ];
}

defineModels([StoreTransfer, Warehouse]);
defineMailModels();

test("The store of a side; where there is none, the third party", async () => {
    await mountView({
        type: "list",
        resModel: "store.transfer",
        arch: `<list><field name="source_store_id" widget="transfer_side"/></list>`,
    });
    expect(queryAllTexts(".o_data_cell")).toEqual(["Shop North", "Tea farm"]);
});
