import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { advanceTime } from "@odoo/hoot-mock";
import { scan } from "../count/count_helpers";
import { Store } from "../count/count_server";
import { makePickRow, PickServer } from "./pick_server";
import { mountShip, settle } from "./ship_helpers";

defineMailModels();

function makeServer(policies = { prints_labels: true }) {
    return new PickServer([makePickRow(1)], { policies });
}

async function beginCarton() {
    await click(".o_ship_new_carton");
    await settle();
}

test("the label of a new carton is printed once", async () => {
    const server = makeServer();
    await mountShip(server);
    await beginCarton();
    expect.verifySteps(["printed CT00000001"]);
    await scan("SKU-1");
    await settle();
    await scan("CT00000001");
    await settle();
    await beginCarton();
    expect.verifySteps(["printed CT00000002"]);
});

test("a store that does not want it has none printed", async () => {
    await mountShip(makeServer({}));
    await beginCarton();
    expect(".o_count_message").toHaveText(/Carton 1 is open/);
    expect.verifySteps([]);
});

test("the label of the open carton is printed by a button, again and again", async () => {
    await mountShip(makeServer({}));
    expect(".o_ship_print_label").toHaveCount(0);
    await beginCarton();
    await click(".o_ship_print_label");
    await settle();
    await click(".o_ship_print_label");
    await settle();
    expect.verifySteps(["printed CT00000001", "printed CT00000001"]);
});

test("begun without a network, labels are printed when the cartons have numbers", async () => {
    const server = makeServer();
    await mountShip(server);
    server.isDown = true;
    await beginCarton();
    await beginCarton();
    expect(".o_ship_print_label").toHaveCount(0);
    expect.verifySteps([]);
    server.isDown = false;
    await advanceTime(3000);
    await settle();
    expect.verifySteps(["printed CT00000001", "printed CT00000002"]);
});

test("a carton that was taken back before it had a number gets no label", async () => {
    const server = makeServer();
    await mountShip(server);
    server.isDown = true;
    await beginCarton();
    await click(".o_count_undo");
    server.isDown = false;
    await advanceTime(3000);
    await settle();
    expect(server.cartons).toHaveLength(0);
    expect.verifySteps([]);
});

test("the answer was lost: after loading the page again it is printed", async () => {
    const server = makeServer();
    const storage = new Store();
    await mountShip(server, { storage });
    server.losesAnswers = true;
    await beginCarton();
    expect.verifySteps([]);
    server.losesAnswers = false;
    await mountShip(server, { storage: copy(storage) });
    await settle();
    expect.verifySteps(["printed CT00000001"]);
});

test("loading the page again prints nothing again", async () => {
    const server = makeServer();
    const storage = new Store();
    await mountShip(server, { storage });
    await beginCarton();
    expect.verifySteps(["printed CT00000001"]);
    await mountShip(server, { storage: copy(storage) });
    await settle();
    expect.verifySteps([]);
});

/** The page before is gone: what it does to its storage is not seen. */
function copy(storage) {
    const copied = new Store();
    copied.values = new Map(storage.values);
    return copied;
}

test("what can't be printed is told, and the next label is printed", async () => {
    const server = makeServer();
    await mountShip(server);
    server.printer = "broken";
    await beginCarton();
    expect.verifySteps(["The label of carton CT00000001 was not printed. No paper."]);
    server.printer = "";
    await beginCarton();
    expect.verifySteps(["printed CT00000002"]);
});
