import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { mountScreen, scan } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

test("submitting shows what it will do, and asks once", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    server.isDown = true;
    await scan("SKU-1");
    await click(".o_count_submit");
    await animationFrame();
    expect("[data-panel=review] .alert-warning").toHaveCount(1);
    server.isDown = false;
    await click("[data-panel=review] .btn-primary");
    await animationFrame();
    await animationFrame();
    expect("[data-panel=review] .o_count_summary").toHaveText("Into stock: 1 Unit.");
    await click(".o_count_confirm");
    await animationFrame();
    expect.verifySteps(["submitted"]);
});
