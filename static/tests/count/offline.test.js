import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-mock";
import { expectCame, mountScreen, scan } from "./count_helpers";
import { makeRow, Server, Store } from "./count_server";

defineMailModels();

test("without a network scans are kept, shown and sent later, each once", async () => {
    const server = new Server([makeRow(1), makeRow(2)]);
    const storage = await mountScreen(server);
    server.isDown = true;
    await scan("SKU-1");
    await scan("SKU-1");
    await scan("SKU-2");
    expectCame("SKU-1", "2/3");
    expect(".o_count_sync").toHaveText("Offline, 3 kept on this device");
    expect(".o_count_pending").toHaveCount(2);
    expect(storage.length).toBe(3);
    server.isDown = false;
    server.losesAnswers = true;
    await advanceTime(20000);
    expect(server.rows.get(1).came).toBe(2, { message: "counted, but nobody knows" });
    expectCame("SKU-1", "2/3");
    server.losesAnswers = false;
    await advanceTime(40000);
    await animationFrame();
    expect(".o_count_sync").toHaveText("Saved");
    expect(storage.length).toBe(0);
    expect(server.rows.get(1).came).toBe(2);
    expect(server.rows.get(2).came).toBe(1);
    expectCame("SKU-1", "2/3");
});

test("a scan that the server can't read does not stop the others", async () => {
    const server = new Server([makeRow(1)]);
    const storage = await mountScreen(server);
    server.isDown = true;
    for (const code of ["SKU-1", "BAD", "SKU-1"]) {
        await scan(code);
    }
    server.isDown = false;
    for (let time = 0; time < 5; time++) {
        await advanceTime(15000);
        await animationFrame();
    }
    expect(server.rows.get(1).came).toBe(2);
    expectCame("SKU-1", "2/3");
    expect(".o_count_sync").toHaveText("Saved");
    expect(storage.length).toBe(0);
    await click(".o_count_problems");
    await animationFrame();
    expect(".o_count_problem_list").toHaveText("BAD\nBroken");
});

test("who is logged out loses no scan", async () => {
    const server = new Server([makeRow(1)]);
    const storage = await mountScreen(server);
    server.isLoggedOut = true;
    await scan("SKU-1");
    await scan("SKU-1");
    for (let time = 0; time < 5; time++) {
        await advanceTime(15000);
        await animationFrame();
    }
    expect(".o_count_sync").toHaveText("2 not saved yet");
    expect(storage.length).toBe(2);
    server.isLoggedOut = false;
    await advanceTime(20000);
    await animationFrame();
    expect(".o_count_sync").toHaveText("Saved");
    expect(server.rows.get(1).came).toBe(2);
});

test("closing the page loses nothing", async () => {
    const server = new Server([makeRow(1)]);
    const storage = new Store();
    storage.setItem(
        "count/1/000-1-aaaaaaaa",
        JSON.stringify({
            uuid: "aaaaaaaa",
            kind: "scan",
            barcode: "SKU-1",
            line_id: 1,
            quantity: 1,
        })
    );
    storage.setItem("count/2/000-1-bbbbbbbb", "another count's");
    await mountScreen(server, { storage });
    await animationFrame();
    expect(server.rows.get(1).came).toBe(1);
    expectCame("SKU-1", "1/3");
    expect([...storage.values.keys()]).toEqual(["count/2/000-1-bbbbbbbb"]);
});

test("scans during a slow answer go with the next one", async () => {
    const server = new Server([makeRow(1, { expected: 50 })]);
    await mountScreen(server);
    server.wait = new Deferred();
    for (let number = 0; number < 20; number++) {
        await scan("SKU-1");
    }
    expectCame("SKU-1", "20/50");
    server.wait.resolve();
    await animationFrame();
    await animationFrame();
    expect(server.rows.get(1).came).toBe(20);
    expect(server.calls.filter((name) => name === "record_scans")).toHaveLength(2);
});
