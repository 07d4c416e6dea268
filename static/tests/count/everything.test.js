import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { mountScreen, scan, type } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

test("everything came: one press, and the question", async () => {
    const server = new Server([makeRow(1), makeRow(2, { came: 1 }), makeRow(3)]);
    await mountScreen(server);
    await click(".o_count_everything");
    await animationFrame();
    await animationFrame();
    expect([1, 2, 3].map((id) => server.rows.get(id).came)).toEqual([3, 3, 3]);
    expect(".o_count_confirm").toBeFocused();
    await click(".o_count_confirm");
    await animationFrame();
    expect.verifySteps(["submitted"]);
});

test("it is undone by one press, and leaves what was counted otherwise", async () => {
    const server = new Server([
        makeRow(1),
        makeRow(2, { came: 1, is_counted: true }),
        makeRow(3, { needs_lot: true, tracking: "lot" }),
        makeRow(4),
    ]);
    await mountScreen(server);
    await click(".o_count_everything");
    await animationFrame();
    await animationFrame();
    expect([1, 2, 3, 4].map((id) => server.rows.get(id).came)).toEqual([3, 1, 0, 3]);
    await click("[data-panel=review] .btn-light");
    await animationFrame();
    await type("u");
    expect(".o_count_message").toHaveText("Undone on 2 rows.");
    await animationFrame();
    expect([1, 2, 3, 4].map((id) => server.rows.get(id).came)).toEqual([0, 1, 0, 0]);
});

test("it is offered where no row is chosen, and in no blind count", async () => {
    const server = new Server([makeRow(1), makeRow(2)]);
    await mountScreen(server);
    await scan("SKU-1");
    expect(".o_count_everything").toHaveCount(0);
    await click("[data-filter=all]");
    await animationFrame();
    expect(".o_count_everything").toHaveCount(1);
});

test("a blind count has to be counted", async () => {
    const rows = [makeRow(1, { expected: undefined })];
    await mountScreen(new Server(rows, { policies: { blind: true } }));
    expect(".o_count_everything").toHaveCount(0);
});
