import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { advanceTime } from "@odoo/hoot-mock";
import { scan, type } from "../count/count_helpers";
import { makePickRow, PickServer } from "./pick_server";
import { mountShip, settle } from "./ship_helpers";

defineMailModels();

function getContents(server) {
    return server.cartons.map(({ name, quantity }) => [name, quantity]);
}

test("what is scanned goes into the carton that is open", async () => {
    const server = new PickServer([makePickRow(1), makePickRow(2)]);
    await mountShip(server);
    await scan("SKU-1");
    await settle();
    await click(".o_ship_new_carton");
    await settle();
    expect(".o_count_message").toHaveText(/Carton 1 is open \(CT00000001\)/);
    await scan("SKU-1");
    await scan("SKU-2");
    await settle();
    expect(".o_count_progress").toHaveText(/Carton 1: 2/);
    await click(".o_ship_new_carton");
    await settle();
    await scan("SKU-2");
    await settle();
    await click(".o_ship_close_carton");
    await settle();
    expect(".o_ship_close_carton").toHaveCount(0);
    await scan("SKU-2");
    await settle();
    expect(getContents(server)).toEqual([
        ["CT00000001", 2],
        ["CT00000002", 1],
    ]);
});

test("the label of a carton opens it again", async () => {
    const server = new PickServer([makePickRow(1)]);
    await mountShip(server);
    await type("c");
    await settle();
    await type("c");
    await settle();
    await scan("ct00000001");
    expect(".o_count_message").toHaveText(/Carton 1 is open/);
    await scan("SKU-1");
    await settle();
    expect(getContents(server)).toEqual([
        ["CT00000001", 1],
        ["CT00000002", 0],
    ]);
});

test("one that was taken back is open again, and undone as a whole", async () => {
    const server = new PickServer([makePickRow(1), makePickRow(2)], {
        look({ barcode, uuid }) {
            if (barcode !== "CT00000009") {
                return null;
            }
            server.beginCarton({ uuid });
            server.rows.get(1).came = 2;
            return {
                status: "counted",
                message: "Carton CT00000009 is open again, with what was in it.",
                line_id: false,
                quantity: 2,
                carton: "CT00000009",
            };
        },
    });
    await mountShip(server);
    await scan("CT00000009");
    await settle();
    expect(".o_count_message").toHaveText(/CT00000009 is open again/);
    expect(".o_ship_close_carton").toHaveCount(1);
    await scan("SKU-2");
    await settle();
    expect(getContents(server)).toEqual([["CT00000001", 1]]);
    await click(".o_count_undo");
    await settle();
    await click(".o_count_undo");
    await settle();
    expect(".o_count_message").toHaveText("Undone. The carton is not there any more.");
    expect(".o_ship_close_carton").toHaveCount(0);
});

test("cartons are packed without a network, too", async () => {
    const server = new PickServer([makePickRow(1)]);
    await mountShip(server);
    server.isDown = true;
    await click(".o_ship_new_carton");
    await settle();
    await scan("SKU-1");
    expect(".o_count_progress").toHaveText(/New carton: 1/);
    server.isDown = false;
    await advanceTime(3000);
    await settle();
    expect(".o_count_progress").toHaveText(/Carton 1: 1/);
    expect(getContents(server)).toEqual([["CT00000001", 1]]);
});

test("a carton that was begun by mistake is taken back", async () => {
    const server = new PickServer([makePickRow(1)]);
    await mountShip(server);
    await click(".o_ship_new_carton");
    await settle();
    await click(".o_count_undo");
    await settle();
    expect(".o_count_message").toHaveText("Undone. The carton is not there any more.");
    expect(".o_ship_close_carton").toHaveCount(0);
    expect(server.cartons).toHaveLength(0);
});

test("who opens the screen again goes on with the same carton", async () => {
    const server = new PickServer([makePickRow(1, { came: 1 })]);
    server.beginCarton({ uuid: "first" });
    const screen = server.getScreen();
    screen.undoable = [
        {
            uuid: "scan",
            kind: "scan",
            line_id: 1,
            quantity: 1,
            damaged: 0,
            carton: "CT00000001",
        },
    ];
    await mountShip(server, { screen });
    expect(".o_count_progress").toHaveText(/Carton 1: 0/);
    await scan("SKU-1");
    await settle();
    expect(getContents(server)).toEqual([["CT00000001", 1]]);
});
