import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { getKeys, pressKeys, trustKeys } from "./scan/key_times";

class Line extends models.Model {
    product = fields.Char();
    quantity = fields.Float();
    _records = [{ id: 1, product: "Tea", quantity: 3 }];
}

class Transfer extends models.Model {
    scanned = fields.Char({ onChange: () => {} });
    line_ids = fields.One2many({ relation: "line" });
    _records = [{ id: 1, line_ids: [1] }];
}

defineMailModels();
defineModels([Line, Transfer]);

const QUANTITY = ".o_data_row:first [name=quantity] input";
const QUICK = () => 12;

/** Open a transfer of three tea, with the focus in that quantity. */
async function mountForm() {
    trustKeys();
    await mountView({
        resModel: "transfer",
        resId: 1,
        type: "form",
        arch: `
            <form>
                <field name="line_ids">
                    <list editable="bottom">
                        <field name="product"/>
                        <field name="quantity"/>
                    </list>
                </field>
                <field name="scanned" widget="transfer_barcode_handler"/>
            </form>`,
    });
    await contains(".o_data_row [name=quantity]").click();
    expect(QUANTITY).toBeFocused();
    expect(QUANTITY).toHaveValue("3.00");
}

test("a piece that is added while the next code comes in is shown", async () => {
    const answers = {
        TEA: [[1, 1, { quantity: 4 }]],
        MUG: [[0, "virtual_2", { product: "Mug", quantity: 1 }]],
    };
    const wait = new Deferred();
    onRpc("transfer", "onchange", async ({ args }) => {
        const code = args[1].scanned;
        expect.step(code);
        await wait;
        return { value: { line_ids: answers[code], scanned: false } };
    });
    await mountForm();
    await pressKeys(getKeys("TEA", "Enter"), QUICK);
    await animationFrame();
    expect.verifySteps(["TEA"]);
    await pressKeys([..."MU"], QUICK);
    wait.resolve();
    await animationFrame();
    await pressKeys(getKeys("G", "Enter"), QUICK);
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["MUG"]);
    expect(".o_data_row").toHaveCount(2);
    expect(QUANTITY).toHaveValue("4.00");
    expect(QUANTITY).toBeFocused();
});
