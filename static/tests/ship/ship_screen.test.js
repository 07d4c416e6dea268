import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { expectCame, scan, type } from "../count/count_helpers";
import { makePickRow, PickServer } from "./pick_server";
import { mountShip } from "./ship_helpers";

defineMailModels();

test("a row says where its goods stand, and how many are free", async () => {
    const row = makePickRow(1, { location: "Shelf A-1", free: 12, has_image: true });
    await mountShip(new PickServer([row]));
    expect(".o_count_row .o_count_place").toHaveText("Shelf A-1");
    expect(".o_count_row .o_count_quantity").toHaveText(/12 free/);
    expect(".o_count_row img").toHaveCount(1);
    await scan("SKU-1");
    expectCame("SKU-1", "1/3");
    await type("a");
    expectCame("SKU-1", "3/3");
});

test("submitting asks once, and what stays is closed with a reason", async () => {
    const server = new PickServer([makePickRow(1), makePickRow(2)], {
        reasons: [
            { id: 4, name: "Sold here" },
            { id: 5, name: "Broken" },
        ],
    });
    await mountShip(server);
    await scan("SKU-1");
    await type("s");
    await animationFrame();
    expect("[data-panel=review] .o_count_summary").toHaveText("Leaves: 1 Unit.");
    expect(queryAllTexts("[data-panel=review] tbody td.text-danger")).toEqual([
        "2",
        "3",
    ]);
    expect(".o_count_confirm").toBeEnabled();
    await click(".o_ship_close");
    await animationFrame();
    expect(".o_count_confirm").not.toBeEnabled();
    await click(".o_ship_reason:first");
    await animationFrame();
    await click(".o_count_confirm");
    await animationFrame();
    expect.verifySteps(["submitted"]);
    expect(server.submitted).toEqual([["close", 4, false]]);
});

test("who may not close is told that the rest is shipped later", async () => {
    const server = new PickServer([makePickRow(1, { came: 1 })]);
    await mountShip(server);
    await type("s");
    await animationFrame();
    expect(".o_ship_close").toHaveCount(0);
    expect("[data-panel=review]").toHaveText(/What stays is shipped later/);
});

test("nothing leaves where nothing is picked", async () => {
    await mountShip(new PickServer([makePickRow(1)]));
    await type("s");
    await animationFrame();
    expect(".o_count_confirm").not.toBeEnabled();
    expect("[data-panel=review] .alert-warning").toHaveCount(1);
});

test("everything is picked: one press, and the question", async () => {
    const server = new PickServer([
        makePickRow(1),
        makePickRow(2, { came: 1 }),
        makePickRow(3, { is_missing: true }),
        makePickRow(4, { expected: 4, to_ship: 4 }),
    ]);
    await mountShip(server);
    await click(".o_count_everything");
    await animationFrame();
    await animationFrame();
    expect([1, 2, 3, 4].map((id) => server.rows.get(id).came)).toEqual([3, 3, 0, 4]);
    expect(".o_count_confirm").toBeFocused();
    await click(".o_count_confirm");
    await animationFrame();
    expect.verifySteps(["submitted"]);
});

test("a list that a colleague has shipped closes the screen, and keeps what came late", async () => {
    const server = new PickServer([makePickRow(1)]);
    await mountShip(server);
    server.state = "done";
    await scan("SKU-1");
    await animationFrame();
    expect("[data-panel=closed] h2").toHaveText("This pick list is over");
    expect("[data-panel=closed] .alert-warning").toHaveText(
        /^Scans of this device.* kept here: 1/
    );
    await click(".o_count_discard");
    await animationFrame();
    await click(".o_count_discard");
    expect.verifySteps(["exit"]);
});
