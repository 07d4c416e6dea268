import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { mountScreen, scan, sounds } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

for (const expected of [
    [2, 3],
    [3, 2],
]) {
    test(`two rows of one product are told as a whole: ${expected}`, async () => {
        const same = { product_id: 100, sku: "TEA", name: "Tea" };
        const rows = expected.map((quantity, index) =>
            makeRow(index + 1, { ...same, expected: quantity })
        );
        const server = new Server(rows);
        await mountScreen(server);
        const told = [];
        for (let piece = 0; piece < 6; piece++) {
            await scan("TEA");
            told.push(queryFirst(".o_count_message").textContent);
        }
        expect(told).toEqual([
            "Tea: 1 of 5 Units",
            "Tea: 2 of 5 Units",
            "Tea: 3 of 5 Units",
            "Tea: 4 of 5 Units",
            "Tea: 5 of 5 Units",
            "Tea: 6 of 5 Units · 1 too many",
        ]);
        expect(sounds.slice(-3)).toEqual(["counted", "complete", "surplus"]);
        expect(server.rows.get(1).came + server.rows.get(2).came).toBe(6);
    });
}

test("what is too much on one row is not missing on the other", async () => {
    const same = { product_id: 100, sku: "TEA", name: "Tea" };
    const server = new Server([
        makeRow(1, { ...same, expected: 2, came: 5, is_counted: true }),
        makeRow(2, { ...same, expected: 3 }),
    ]);
    await mountScreen(server);
    await click("[data-filter=done]");
    await animationFrame();
    expect(".o_count_row").toHaveCount(2);
    expect(".o_count_mark").toHaveCount(0);
});

test("in a blind count all goes to one row", async () => {
    const same = { product_id: 100, sku: "TEA", name: "Tea" };
    const rows = [makeRow(1, same), makeRow(2, same)];
    rows.forEach((row) => delete row.expected);
    const server = new Server(rows, { policies: { blind: true } });
    await mountScreen(server);
    for (let piece = 0; piece < 4; piece++) {
        await scan("TEA");
    }
    expect(server.rows.get(1).came).toBe(4);
    expect(".o_count_message").toHaveText("Tea: 4 Units");
    await click("[data-filter=done]");
    await animationFrame();
    expect(".o_count_row").toHaveCount(2);
});

test("new lots of a third party share what is expected", async () => {
    const lots = { product_id: 100, sku: "TEA", tracking: "lot", new_lot_of: 3 };
    const server = new Server([
        makeRow(1, { ...lots, lot: "L-1", expected: 10, came: 6 }),
        makeRow(2, { ...lots, lot: "L-2", expected: 0, came: 3 }),
    ]);
    await mountScreen(server);
    await click("[data-filter=all]");
    await animationFrame();
    expect(".o_count_mark").toHaveCount(0);
    expect(".o_count_numbers").toHaveText("1 of 2 rows · 9 of 10 Units");
    await scan("L-2");
    expect(sounds).toEqual(["complete"]);
    expect(".o_count_numbers").toHaveText("2 of 2 rows · 10 of 10 Units");
    await scan("L-2");
    expect(sounds.at(-1)).toBe("surplus");
    expect(queryAllTexts(".o_count_row .o_count_mark")).toEqual(["1 too many"]);
});
