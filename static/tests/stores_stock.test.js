import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Product extends models.Model {
    name = fields.Char();

    _records = [{ id: 7, name: "Oolong Tea" }];
}

class Line extends models.Model {
    product_id = fields.Many2one({ relation: "product" });
    company_id = fields.Many2one({ relation: "res.company" });
    remark = fields.Char();

    _records = [
        { id: 1, product_id: 7, company_id: 1 },
        { id: 2, company_id: 1 },
    ];
}

defineModels([Product, Line]);
defineMailModels();

function mountLine(resId) {
    return mountView({
        type: "form",
        resModel: "line",
        resId,
        arch: `
            <form>
                <field name="remark"/>
                <widget name="stores_stock"/>
            </form>`,
    });
}

test("One press shows the stock, and saves nothing", async () => {
    onRpc("line", "web_save", () => expect.step("web_save"));
    await mountLine(1);
    mockService("action", {
        async loadAction(name, context) {
            expect.step([name, context]);
            return {};
        },
        async doAction(action) {
            expect.step(action.name);
        },
    });
    await contains("[name=remark] input").edit("not saved yet");
    await contains(".o_stores_stock").click();
    const context = {
        transfer_product_id: 7,
        transfer_company_id: 1,
        dialog_size: "medium",
    };
    expect.verifySteps([
        ["store_transfer.action_store_transfer_stores_stock", context],
        "Stock of Oolong Tea",
    ]);
});

test("Nothing to press before a product is chosen", async () => {
    await mountLine(2);
    expect(".o_stores_stock").toHaveCount(0);
});
