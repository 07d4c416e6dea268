import { beforeEach, expect, test } from "@odoo/hoot";
import { tick } from "@odoo/hoot-mock";
import { allowTranslations, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";
import { CountState } from "@store_transfer/count/state/count_state";
import { makeRow, Server, Store } from "./count_server";

beforeEach(() => {
    allowTranslations();
    patchWithCleanup(localization, {
        decimalPoint: ".",
        thousandsSep: ",",
        grouping: [3, 0],
    });
});

/** What a device knows of a count, with no screen anywhere. */
function makeState(server, options = {}) {
    const sounds = [];
    const state = new CountState({
        screen: server.getScreen(),
        call: (method, args) => server.call(method, args),
        storage: new Store(),
        photoStorage: new Store(),
        storageKey: "count/1/",
        device: "Phone 1",
        sound: (name) => sounds.push(name),
        notify: (message) => expect.step(message),
        onSubmitted: () => expect.step("submitted"),
        now: () => new Date("2026-11-26T08:00:00Z"),
        ...options,
    });
    return { state, sounds };
}

test("a scan is kept, shown, sent and told", async () => {
    const server = new Server([makeRow(1), makeRow(2)]);
    const storage = new Store();
    const { state, sounds } = makeState(server, { storage });
    let changes = 0;
    state.onChange = () => changes++;
    state.onScan("SKU-2");
    expect(storage.length).toBe(1);
    expect(state.active).toMatchObject({ id: 2, came: 1, isPending: true });
    expect(state.message.text).toBe("Product 2: 1 of 3 Units");
    expect(sounds).toEqual(["counted"]);
    expect(changes).toBeGreaterThan(0);
    await tick();
    expect(server.events).toHaveLength(1);
    expect(server.events[0]).toMatchObject({
        kind: "scan",
        barcode: "SKU-2",
        line_id: 2,
        time: "2026-11-26T08:00:00.000Z",
        device: "Phone 1",
    });
    expect(storage.length).toBe(0);
    expect(state.active.isPending).toBe(false);
});

test("without a network all is known here, and sent when it is back", async () => {
    const server = new Server([makeRow(1)]);
    const { state } = makeState(server);
    server.isDown = true;
    state.onScan("SKU-1");
    state.onScan("SKU-1");
    await tick();
    expect(state.sync.status).toBe("offline");
    expect(state.sync.size).toBe(2);
    state.undo();
    expect(state.getRow(1).came).toBe(1);
    await tick();
    server.isDown = false;
    expect(await state.sync.scans.flush()).toBe(true);
    expect(server.rows.get(1).came).toBe(1);
    expect(state.sync.status).toBe("saved");
    state.close();
});

test("what colleagues count is asked for, and added up by unit", async () => {
    const server = new Server([
        makeRow(1),
        makeRow(2, { unit: "kg", came: 1.5, step: 0.01 }),
    ]);
    const { state } = makeState(server);
    server.rows.get(1).came = 2;
    await state.askForChanges();
    const { amounts, linesDone } = state.sheet.getProgress();
    expect([...amounts]).toEqual([
        ["Units", { came: 2, expected: 3 }],
        ["kg", { came: 1.5, expected: 3 }],
    ]);
    expect(linesDone).toBe(0);
});

test("a lot is asked for, and the scan after it answers", async () => {
    const lots = { product_id: 100, sku: "TEA", tracking: "lot" };
    const server = new Server([
        makeRow(1, { ...lots, lot: "L-1" }),
        makeRow(2, { ...lots, lot: "L-2" }),
    ]);
    const { state } = makeState(server);
    state.onScan("TEA");
    expect(state.question.rows).toHaveLength(2);
    state.onScan("L-2");
    expect(state.question).toBe(null);
    expect(state.getRow(2).came).toBe(1);
});

test("a number that is typed counts when it is entered, and asks when it is large", () => {
    const { state } = makeState(new Server([makeRow(1), makeRow(2)]));
    state.activate(1);
    expect(state.enterQuantity("two")).toBe(false);
    expect(state.enterQuantity("2")).toBe(true);
    expect(state.active.came).toBe(2);
    state.enterQuantity("4719");
    expect(state.panel).toBe("doubt");
    expect(state.active.came).toBe(2);
    state.confirmDoubt();
    expect(state.panel).toBe(null);
    expect(state.active.came).toBe(4719);
    state.typeQuantity("7");
    state.activate(2);
    expect(state.problems.map(({ message }) => message)).toEqual([
        "“7” was typed for Product 1 without Enter, and is not counted.",
    ]);
    state.close();
});

test("a count is submitted once it was agreed to", async () => {
    const server = new Server([makeRow(1, { came: 3 })]);
    const { state } = makeState(server);
    const steps = [];
    state.onChange = () => steps.push(state.review.step);
    state.openReview();
    await tick();
    await tick();
    await state.review.submit();
    expect([...new Set(steps)]).toEqual(["loading", "summary"]);
    expect(server.calls.slice(-2)).toEqual(["get_review", "action_submit"]);
    expect.verifySteps(["submitted"]);
});

test("a count that is over takes nothing any more", async () => {
    const server = new Server([makeRow(1)]);
    const { state, sounds } = makeState(server);
    server.state = "done";
    await state.askForChanges();
    expect(state.isClosed).toBe(true);
    state.onScan("SKU-1");
    expect(state.getRow(1).came).toBe(0);
    expect(state.message.text).toBe("This count is over.");
    expect(sounds).toEqual(["wrong"]);
});
