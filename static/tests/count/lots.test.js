import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { expectCame, getRow, mountScreen, scan, type } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

test("a product with lots asks which", async () => {
    const lots = { product_id: 100, sku: "TEA", tracking: "lot" };
    const server = new Server([
        makeRow(1, { ...lots, lot: "L-1" }),
        makeRow(2, { ...lots, lot: "L-2" }),
    ]);
    await mountScreen(server);
    await scan("TEA");
    expect(queryAllTexts(".o_count_question .btn-outline-primary")).toEqual([
        "L-1",
        "L-2",
    ]);
    expect(server.calls).not.toInclude("record_scans");
    await scan("L-2");
    expect(server.rows.get(2).came).toBe(1);
    await scan("L-1");
    expect(server.rows.get(1).came).toBe(1);
});

test("a lot of two products: the one that is chosen", async () => {
    const lot = { tracking: "lot", lot: "L-1" };
    const server = new Server([makeRow(1, lot), makeRow(2, lot)]);
    await mountScreen(server);
    await scan("L-1");
    expect(".o_count_message").toHaveText(
        "L-1 is of several products: Product 1, Product 2. Which is it?"
    );
    expect(".o_count_lot").toHaveCount(0);
    await click(".o_count_product:contains(Product 2)");
    await animationFrame();
    expect(server.events.at(-1)).toMatchObject({
        barcode: "L-1",
        product_id: 102,
        line_id: 2,
    });
    expect(server.rows.get(2).came).toBe(1);
    await scan("L-1");
    expect(".o_count_product").toHaveCount(2, { message: "Each piece is asked for" });
    await type("u");
    expect(server.rows.get(2).came).toBe(0);
});

test("a product is chosen once, also where its lot is asked for then", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    const products = [
        { id: 108, name: "Product 8" },
        { id: 109, name: "Product 9" },
    ];
    server.apply = ({ product_id: productId, lot_name: lot }) => {
        if (!productId) {
            return { status: "asks_product", message: "Which?", products };
        }
        return lot === "L-9"
            ? { status: "counted", line_id: 1, quantity: 1, damaged: 0 }
            : { status: "asks_lot", message: "Which lot?" };
    };
    await scan("SHARED");
    await animationFrame();
    await click(".o_count_product:contains(Product 9)");
    await animationFrame();
    await animationFrame();
    expect(".o_count_message").toHaveText("Which lot?");
    await scan("L-9");
    await animationFrame();
    expect(server.events.at(-1)).toMatchObject({ product_id: 109 });
    expect(".o_count_product").toHaveCount(0);
});

test("a lot of two products that only the server knows", async () => {
    const server = new Server([makeRow(1, { tracking: "lot", lot: "L-1" })]);
    await mountScreen(server);
    server.apply = ({ product_id: productId }) =>
        productId
            ? { status: "counted", line_id: 1, quantity: 1, damaged: 0 }
            : {
                  status: "asks_product",
                  message: "Which?",
                  products: [
                      { id: 101, name: "Product 1" },
                      { id: 109, name: "Product 9" },
                  ],
              };
    await scan("L-1");
    await animationFrame();
    expect(".o_count_message").toHaveText("Which?");
    expectCame("SKU-1", "0/3");
    await click(".o_count_product:contains(Product 9)");
    await animationFrame();
    expect(server.events.at(-1)).toMatchObject({ barcode: "L-1", product_id: 109 });
    expect(".o_count_question").toHaveCount(0);
    expect(".o_count_problems").toHaveCount(0);
});

test("a lot that was corrected is known by its new name only", async () => {
    const server = new Server([
        makeRow(1, { tracking: "lot", lot: "L-1", new_lot_of: 5 }),
    ]);
    await mountScreen(server);
    server.rows.get(1).lot = "L-2";
    await advanceTime(5000);
    await scan("L-1");
    expect(server.events.at(-1)).toMatchObject({ line_id: false });
    await scan("L-2");
    expect(server.events.at(-1)).toMatchObject({ line_id: 1 });
});

test("a product with lots that nobody sent asks which", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    server.apply = ({ lot_name: lot }) =>
        lot
            ? { status: "counted", line_id: 1, quantity: 1, damaged: 0 }
            : { status: "asks_lot", message: "Which lot?" };
    await scan("NEW");
    await animationFrame();
    expect(".o_count_message").toHaveText("Which lot?");
    expect(".o_count_problems").toHaveCount(0);
    await scan("L-7");
    await animationFrame();
    expect(server.events.at(-1)).toMatchObject({ barcode: "NEW", lot_name: "L-7" });
    expect(".o_count_question").toHaveCount(0);
});

test("what a hand types while the lot is asked for is the lot", async () => {
    const server = new Server([
        makeRow(1, { sku: "TEA", tracking: "lot", needs_lot: true }),
    ]);
    await mountScreen(server);
    await scan("TEA");
    await type("7");
    expect(".o_count_lot").toBeFocused();
    expect(".o_count_lot").toHaveValue("7");
    await edit("7-9");
    await press("Enter");
    await animationFrame();
    expect(".o_count_question").toHaveCount(0);
    expect(server.events.at(-1)).toMatchObject({ barcode: "TEA", lot_name: "7-9" });
});

test("one more asks for the lot, one less does not", async () => {
    const server = new Server([makeRow(1, { tracking: "lot", needs_lot: true })]);
    await mountScreen(server);
    await click(getRow("SKU-1"));
    await type("-");
    expect(".o_count_question").toHaveCount(0);
    await type("+");
    expect(".o_count_question").toHaveCount(1);
    expect(server.calls).not.toInclude("record_scans");
});
