import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Product extends models.Model {
    name = fields.Char();

    _records = [
        { id: 1, name: "Oolong Tea" },
        { id: 2, name: "Clay Mug" },
    ];
}

class Unit extends models.Model {
    name = fields.Char();

    _records = [{ id: 1, name: "Units" }];
}

class Line extends models.Model {
    product_id = fields.Many2one({ relation: "product" });
    stock_uom_id = fields.Many2one({ relation: "unit" });
    expected = fields.Float();
    counted = fields.Float();
    damaged = fields.Float();

    _records = [
        { id: 1, product_id: 1, stock_uom_id: 1, expected: 10, counted: 0 },
        { id: 2, product_id: 2, stock_uom_id: 1, expected: 5, counted: 5 },
    ];
}

class Count extends models.Model {
    line_ids = fields.One2many({ relation: "line" });
    is_done = fields.Boolean();

    _records = [
        { id: 1, line_ids: [1, 2] },
        { id: 2, line_ids: [2], is_done: true },
    ];
}

defineModels([Product, Unit, Line, Count]);
defineMailModels();

const names = ["product_id", "stock_uom_id", "expected", "counted", "damaged"];
const columns = names.map((name) => `<field name="${name}"/>`).join("");

function mountCount(resId = 1) {
    return mountView({
        type: "form",
        resModel: "count",
        resId,
        arch: `
            <form>
                <field name="is_done"/>
                <field
                    name="line_ids"
                    widget="transfer_quantity_cards"
                    readonly="is_done"
                    options="{'cards': {
                        'quantity': 'counted', 'beside': 'damaged', 'all': 'expected',
                        'info': ['expected'],
                    }}"
                >
                    <list editable="bottom">${columns}</list>
                    <kanban>
                        ${columns}
                        <templates>
                            <t t-name="card"><field name="product_id"/></t>
                        </templates>
                    </kanban>
                </field>
            </form>`,
    });
}

test.tags("desktop");
test("A list on the desktop", async () => {
    await mountCount();
    expect(".o_data_row").toHaveCount(2);
    expect(".o_quantity_cards").toHaveCount(0);
});

test.tags("mobile");
test("A card for each line on a phone", async () => {
    await mountCount();
    expect(".o_data_row").toHaveCount(0);
    expect(".o_quantity_cards > div").toHaveCount(2);
    const [tea, mug] = document.querySelectorAll(".o_quantity_cards > div");
    expect(tea).toHaveText(/Oolong Tea\s+Expected: 10\s/);
    expect(tea.querySelector(".o_quantity_input")).toHaveValue("0");
    expect(tea.querySelector(".btn-success")).toBe(null);
    expect(mug.querySelector(".btn-success")).toHaveText("All 5");
});

test.tags("mobile");
test("One more, one less, all, and a number written by hand", async () => {
    onRpc("count", "web_save", ({ args }) => {
        expect.step(args[1].line_ids);
    });
    await mountCount();
    const input = ".o_quantity_cards > div:first .o_quantity_input";
    const press = (label) =>
        contains(`.o_quantity_cards > div:first button${label}`).click();

    await press("[title='One more']");
    expect(input).toHaveValue("1");
    await press("[title='One less']");
    await press("[title='One less']");
    expect(input).toHaveValue("0", { message: "nothing is counted below zero" });
    await press(":contains(All)");
    expect(input).toHaveValue("10");
    await contains(input).edit("7.5");
    expect(input).toHaveValue("7.5");
    await clickSave();
    expect.verifySteps([[[1, 1, { counted: 7.5 }]]]);
});

test.tags("mobile");
test("Damaged pieces are among all that came", async () => {
    await mountCount();
    const card = ".o_quantity_cards > div:first";
    await contains(`${card} .o_quantity_beside`).edit("2");
    await contains(`${card} button:contains(All 8)`).click();
    expect(`${card} .o_quantity_input`).toHaveValue("8");
    expect(`${card} .btn-success`).toHaveText("All 8");
});

test.tags("mobile");
test("What is no number is refused, and the quantity stays", async () => {
    await mountCount();
    const input = ".o_quantity_cards > div:last .o_quantity_input";
    await contains(input).edit("five");
    expect(".o_notification").toHaveText(
        "“five” is not a quantity. Write it like 1,234.5."
    );
    expect(input).toHaveValue("5");
});

test.tags("mobile");
test("A comma is what the language says", async () => {
    await mountCount();
    const input = ".o_quantity_cards > div:last .o_quantity_input";
    await contains(input).edit("1,500");
    expect(input).toHaveValue("1,500");
    await contains(input).edit("1,5");
    expect(".o_notification").toHaveText(/“1,5” is not a quantity/);
    expect(input).toHaveValue("1,500");
});

test.tags("mobile");
test("Nothing to press when the quantities can't be changed", async () => {
    await mountCount(2);
    expect(".o_quantity_cards > div").toHaveText(/Clay Mug\s+Expected: 5\s+5\s+Units/);
    expect(".o_quantity_cards button, .o_quantity_cards input").toHaveCount(0);
});
