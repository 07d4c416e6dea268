import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { expectCame, mountScreen, scan, sounds, type } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

test("undo", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    await scan("SKU-1");
    await scan("SKU-1");
    await type("u");
    expectCame("SKU-1", "1/3");
    expect(sounds.at(-1)).toBe("undone");
    server.isDown = true;
    await scan("SKU-1");
    await click(".o_count_undo");
    await animationFrame();
    expectCame("SKU-1", "1/3");
    await click(".o_count_undo");
    await animationFrame();
    expectCame("SKU-1", "0/3");
    server.isDown = false;
    await advanceTime(30000);
    expect(server.rows.get(1).came).toBe(0);
});

test("undo, and undo again, takes back the last two things; also those of before", async () => {
    const server = new Server([makeRow(1, { came: 5, is_counted: true })]);
    server.known.set("first", { quantity: 2 });
    server.known.set("second", { quantity: 3 });
    const screen = server.getScreen();
    screen.undoable = ["first", "second"].map((uuid) => ({
        uuid,
        kind: "scan",
        line_id: 1,
        quantity: server.known.get(uuid).quantity,
        damaged: 0,
    }));
    await mountScreen(server, { screen });
    for (const text of ["2/3", "0/3"]) {
        await click(".o_count_undo");
        await animationFrame();
        await animationFrame();
        expectCame("SKU-1", text);
    }
    await click(".o_count_undo");
    await animationFrame();
    expect(".o_count_message").toHaveText("There is nothing to undo.");
    expect(server.rows.get(1).came).toBe(0);
});

test("what the server does not take back is not tried for ever", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    await scan("SKU-1");
    await scan("SKU-1");
    const { apply } = server;
    server.apply = () => ({ status: "refused", message: "Counted anew" });
    await click(".o_count_undo");
    await animationFrame();
    await animationFrame();
    expect(".o_count_message").toHaveText("Counted anew");
    expectCame("SKU-1", "2/3");
    server.apply = apply;
    await click(".o_count_undo");
    await animationFrame();
    await animationFrame();
    expectCame("SKU-1", "1/3");
});
