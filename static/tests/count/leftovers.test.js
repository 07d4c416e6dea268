import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { mountScreen, scan } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

test("scans that come too late are kept for the next count", async () => {
    const server = new Server([makeRow(1)]);
    const storage = await mountScreen(server, {
        startNext: async () => "count/9/",
        openNext: () => expect.step("next count"),
    });
    server.state = "done";
    await scan("SKU-1");
    await animationFrame();
    expect(storage.length).toBe(1);
    await click(".o_count_leftovers");
    await animationFrame();
    expect.verifySteps(["next count"]);
    expect(storage.key(0)).toMatch(/^count\/9\//);
});

test("they are not forgotten when the device is full", async () => {
    const server = new Server([makeRow(1)]);
    const messages = [];
    const storage = await mountScreen(server, {
        startNext: async () => "count/9/",
        openNext: () => expect.step("next count"),
        notify: (message) => messages.push(message),
    });
    server.isDown = true;
    await scan("SKU-1");
    await scan("SKU-1");
    server.isDown = false;
    server.state = "done";
    await advanceTime(20000);
    await animationFrame();
    const { setItem } = storage;
    storage.setItem = () => {
        throw new Error("QuotaExceededError");
    };
    await click(".o_count_leftovers");
    await animationFrame();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/no room left. Scans that stay here for now: 2/);
    expect([...storage.values.keys()].join()).toMatch(/^count\/1\/.*,count\/1\//);
    storage.setItem = setItem;
    await click(".o_count_leftovers");
    await animationFrame();
    expect.verifySteps(["next count"]);
    expect([...storage.values.keys()].join()).toMatch(/^count\/9\/.*,count\/9\//);
});

test("they are discarded only when asked a second time", async () => {
    const server = new Server([makeRow(1)]);
    const storage = await mountScreen(server);
    server.state = "done";
    await scan("SKU-1");
    await animationFrame();
    await click(".o_count_discard");
    await animationFrame();
    expect(storage.length).toBe(1);
    expect(".o_count_discard").toHaveText("Yes, Discard All (1)");
    await click(".o_count_discard");
    expect.verifySteps(["exit"]);
    expect(storage.length).toBe(0);
});
