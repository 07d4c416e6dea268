import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click, edit, press } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { expectCame, getRow, mountScreen, scan, type } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

/** A server that takes its time, and alone knows the code BOX, of the second row. */
async function mountSlowServer() {
    const server = new Server([makeRow(1, { came: 2 }), makeRow(2)]);
    const apply = server.apply.bind(server);
    server.apply = (event) =>
        apply(event.barcode === "BOX" ? { ...event, line_id: 2 } : event);
    server.wait = new Deferred();
    await mountScreen(server);
    await scan("BOX");
    await click(getRow("SKU-1"));
    await animationFrame();
    return server;
}

async function answer(server) {
    server.wait.resolve();
    await animationFrame();
    await animationFrame();
    expect(server.rows.get(2).came).toBe(1);
}

test("an answer about another row leaves open what is said of this one", async () => {
    const server = await mountSlowServer();
    await type("d");
    await click("[data-panel=details] textarea");
    await edit("Torn", { confirm: false });
    await answer(server);
    expect("[data-panel=details] h2").toHaveText("Product 1");
    await click("#o_count_damaged");
    await edit("2");
    await click("[data-panel=details] h2");
    await animationFrame();
    const said = server.events.filter(({ kind }) =>
        ["remark", "damaged"].includes(kind)
    );
    expect(said.map(({ kind, line_id: lineId }) => [kind, lineId])).toEqual([
        ["remark", 1],
        ["damaged", 1],
    ]);
});

test("a question about another product does, too", async () => {
    const server = await mountSlowServer();
    server.apply = ({ barcode }) =>
        barcode ? { status: "asks_lot", message: "Which lot?" } : { status: "counted" };
    await type("d");
    await click("[data-panel=details] textarea");
    await edit("Torn", { confirm: false });
    server.wait.resolve();
    await animationFrame();
    await animationFrame();
    expect("[data-panel=details] h2").toHaveText("Product 1");
    await press("Escape");
    await animationFrame();
    expect(server.events.at(-1)).toMatchObject({ kind: "remark", line_id: 1 });
    expect(".o_count_question").toHaveCount(1);
});

test("it leaves a quantity to the row that it is typed for", async () => {
    const server = await mountSlowServer();
    await type("1");
    await answer(server);
    expect(".o_count_typed input").toHaveValue("1");
    await type("2");
    await press("Enter");
    await animationFrame();
    expectCame("SKU-1", "12/3");
    expectCame("SKU-2", "1/3");
    expect(".o_count_problems").toHaveCount(0);
});

test("it leaves it to this row whether so much came of it", async () => {
    const server = await mountSlowServer();
    await type("121");
    await press("Enter");
    await animationFrame();
    await answer(server);
    expect("[data-panel=doubt] h2").toHaveText("Product 1");
    await click(".o_count_doubt_yes");
    await animationFrame();
    expectCame("SKU-1", "121/3");
    expectCame("SKU-2", "1/3");
});
