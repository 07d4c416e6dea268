import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { expectCame, getRow, mountScreen, scan, sounds } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

test("filters and the search", async () => {
    const server = new Server([
        makeRow(1, { came: 3 }),
        makeRow(2, { came: 1.5, is_counted: true, unit: "kg", step: 0.01 }),
        makeRow(3, { name: "Green Tea" }),
        makeRow(4, { expected: 0 }),
    ]);
    await mountScreen(server);
    const filters = queryAllTexts(".o_count_filters button");
    expect(filters.map((text) => text.replace(/\s/, ""))).toEqual([
        "Remaining1",
        "Differing1",
        "Complete1",
        "All3",
    ]);
    expect(queryAllTexts(".o_count_row .o_count_name")).toEqual(["Green Tea"]);
    await click("[data-filter=differing]");
    await animationFrame();
    expect(queryAllTexts(".o_count_row .o_count_name")).toEqual(["Product 2"]);
    await click(".o_count_search");
    await edit("green");
    await advanceTime(200);
    await animationFrame();
    expect(queryAllTexts(".o_count_row .o_count_name")).toEqual(["Green Tea"]);
    await press("Enter");
    await animationFrame();
    expect(".o_count_dock .o_count_name").toHaveText("Green Tea");
    expect(".o_count_numbers").toHaveText("2 of 3 rows · 3 of 6 Units, 1.5 of 3 kg");
});

test("a blind count shows nothing that is expected", async () => {
    const row = makeRow(1);
    delete row.expected;
    const server = new Server([row], { policies: { blind: true } });
    await mountScreen(server);
    await scan("SKU-1");
    expectCame("SKU-1", "1");
    expect("[data-filter=differing]").toHaveCount(0);
    expect(".o_count_all").toHaveCount(0);
    expect(".o_count_message").toHaveText("Product 1: 1 Unit");
    expect(sounds).toEqual(["counted"]);
});

test("a surplus, a lot and a product nobody sent are told apart by words", async () => {
    const server = new Server([
        makeRow(1, { came: 4 }),
        makeRow(2, { came: 1, expected: 0, is_unsent: true }),
        makeRow(3, { came: 1, expected: 0, tracking: "lot", lot: "L-9" }),
        makeRow(4, { came: 1, is_counted: true, damaged: 1 }),
    ]);
    await mountScreen(server);
    await click("[data-filter=differing]");
    await animationFrame();
    expect(queryAllTexts(".o_count_mark")).toEqual([
        "1 too many",
        "Nobody sent this",
        "Nobody sent this lot",
        "2 missing",
        "1 damaged",
    ]);
    expect(".o_count_row .o_count_icon.fa-question-circle").toHaveCount(2);
    expect(".o_count_row [aria-label=Lot]").toHaveCount(1);
});

test("2,000 rows: only those in sight are drawn", async () => {
    const rows = Array.from({ length: 2000 }, (_, index) => makeRow(index + 1));
    await mountScreen(new Server(rows));
    expect(queryAllTexts(".o_count_row").length).toBeLessThan(60);
    await scan("SKU-1500");
    await animationFrame();
    expect(getRow("SKU-1500")).toHaveClass("o_count_active");
    expect(getRow("SKU-1500")).toHaveAttribute("aria-posinset", "1500");
});
