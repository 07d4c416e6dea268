import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { Outside } from "@store_transfer/scan/screen/outside";
import { expectCame, mountScreen, scan } from "../count/count_helpers";
import { makeRow, Server } from "../count/count_server";

defineMailModels();

/** Mount a count whose page hears of scans and of the network itself. */
async function mountWithOutside(server) {
    const outside = new Outside();
    const storage = await mountScreen(server, { outside });
    return { outside, storage };
}

test("what another reader than a keyboard reads counts the same", async () => {
    const server = new Server([makeRow(1)]);
    const { outside } = await mountWithOutside(server);
    outside.trigger("scan", "SKU-1");
    await animationFrame();
    expectCame("SKU-1", "1/3");
    await scan("SKU-1");
    expectCame("SKU-1", "2/3");
    expect(server.events).toHaveLength(2);
});

test("as soon as the page knows the server again, all is sent", async () => {
    const server = new Server([makeRow(1)]);
    const { outside, storage } = await mountWithOutside(server);
    server.isDown = true;
    await scan("SKU-1");
    await animationFrame();
    expect(".o_count_sync").toHaveText("Offline, 1 kept on this device");
    server.isDown = false;
    outside.trigger("online");
    await animationFrame();
    await animationFrame();
    expect(".o_count_sync").toHaveText("Saved");
    expect(storage.length).toBe(0);
});
