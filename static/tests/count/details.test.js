import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click, edit } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { trustKeys } from "../scan/key_times";
import { getRow, mountScreen, scan, type } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

test("what is being typed stays while colleagues count", async () => {
    const server = new Server([makeRow(1, { came: 2 })]);
    await mountScreen(server);
    await click(getRow("SKU-1"));
    await animationFrame();
    await type("d");
    expect("#o_count_damaged").toHaveValue("1");
    await click("[data-panel=details] textarea");
    await edit("To be continued");
    server.rows.get(1).came = 3;
    await advanceTime(5000);
    await animationFrame();
    expect("[data-panel=details] textarea").toHaveValue("To be continued");
    await click("#o_count_damaged");
    await edit("2");
    await advanceTime(5000);
    await animationFrame();
    expect("#o_count_damaged").toHaveValue("2");
    await click("[data-panel=details] h2");
    await animationFrame();
    expect(server.rows.get(1).damaged).toBe(2);
});

test("a scan while the damaged are typed changes only its own row", async () => {
    const server = new Server([makeRow(1, { came: 2 }), makeRow(2)]);
    await mountScreen(server);
    await click(getRow("SKU-1"));
    await type("d");
    await click("[data-panel=details] textarea");
    await edit("Torn");
    await click("#o_count_damaged");
    await edit("2");
    trustKeys();
    await scan("SKU-2");
    await animationFrame();
    expect("[data-panel]").toHaveCount(0);
    expect(server.rows.get(1).damaged).toBe(0);
    expect(server.rows.get(2).came).toBe(1);
    const remarks = server.events.filter(({ kind }) => kind === "remark");
    expect(remarks.map(({ text }) => text)).toEqual(["Torn"]);
    expect(".o_count_problems").toHaveCount(1);
});

test("damaged starts at one, and Done says so", async () => {
    const server = new Server([makeRow(1, { came: 2 })]);
    await mountScreen(server);
    await click(getRow("SKU-1"));
    await animationFrame();
    await click(".o_count_damaged_button");
    await animationFrame();
    expect("#o_count_damaged").toHaveValue("1");
    expect(".o_count_done").toBeFocused();
    await click("[data-panel=details] [title='One more']");
    await animationFrame();
    expect("#o_count_damaged").toHaveValue("2");
    await click(".o_count_done");
    await animationFrame();
    expect("[data-panel]").toHaveCount(0);
    expect(server.rows.get(1).damaged).toBe(2);
});

test("damaged is nothing where it was not Done, nor with a remark only", async () => {
    const server = new Server([makeRow(1, { came: 2 })]);
    await mountScreen(server);
    await click(getRow("SKU-1"));
    await type("d");
    await click("[data-panel=details] .btn-light:contains(Back)");
    await animationFrame();
    await type("r");
    expect("#o_count_damaged").toHaveValue("0");
    await click("[data-panel=details] textarea");
    await edit("Wet");
    await click(".o_count_done");
    await animationFrame();
    expect(server.rows.get(1).damaged).toBe(0);
    expect(server.events.map(({ kind }) => kind)).toEqual(["remark"]);
});
