import { beforeEach, expect, test } from "@odoo/hoot";
import { tick } from "@odoo/hoot-mock";
import { allowTranslations, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";
import { PickState } from "@store_transfer/ship/state/pick_state";
import { Store } from "../count/count_server";
import { makePickRow, PickServer } from "./pick_server";

beforeEach(() => {
    allowTranslations();
    patchWithCleanup(localization, {
        decimalPoint: ".",
        thousandsSep: ",",
        grouping: [3, 0],
    });
});

/** What a device knows of a pick list, with no screen anywhere. */
function makeState(server) {
    return new PickState({
        screen: server.getScreen(),
        call: (method, args) => server.call(method, args),
        storage: new Store(),
        photoStorage: new Store(),
        storageKey: "pick/1/",
        device: "Phone 1",
        notify: (message) => expect.step(message),
        onSubmitted: () => expect.step("submitted"),
        print: async () => expect.step("printed"),
    });
}

function getSkus(state) {
    return state.rows.map(({ sku }) => sku);
}

const TEA = { product_id: 100, sku: "TEA", name: "Tea" };
const MATCHA = { ...TEA, name: "Matcha", sku: "MAT", tracking: "lot", line: 7 };

test("rows stand in the order of shelves, and it is said where to go next", () => {
    const server = new PickServer([
        makePickRow(1, { location: "B-2", location_order: 2, expected: 1 }),
        makePickRow(2, { location: "A-1", location_order: 1, expected: 1 }),
    ]);
    const state = makeState(server);
    expect(getSkus(state)).toEqual(["SKU-2", "SKU-1"]);
    state.onScan("SKU-2");
    expect(state.message).toMatchObject({
        kind: "complete",
        text: "Product 2: 1 of 1 Unit. Next: B-2 · Product 1",
    });
    state.onScan("SKU-1");
    expect(state.message.text).toBe("Product 1: 1 of 1 Unit");
    expect(state.sheet.getProgress()).toMatchObject({ linesDone: 2, remaining: 0 });
});

test("what is picked on another shelf is not missing on its own", async () => {
    const line = { ...TEA, line: 7, to_ship: 5 };
    const server = new PickServer([
        makePickRow(1, { ...line, expected: 3 }),
        makePickRow(2, { ...line, expected: 2 }),
    ]);
    const state = makeState(server);
    state.onScan("TEA");
    state.activate(2);
    state.enterQuantity("4");
    expect(state.getRow(1).kind).toBe("done");
    expect(state.getRow(2).kind).toBe("done");
    expect(state.sheet.getNext(state.getRow(2))).toBe(undefined);
    expect([...state.sheet.getAmounts()]).toEqual([
        ["Units", { came: 5, expected: 5 }],
    ]);
});

test("more than is approved is refused here, and not sent", async () => {
    const server = new PickServer([makePickRow(1, { expected: 2 })]);
    const state = makeState(server);
    state.onScan("SKU-1");
    state.onScan("SKU-1");
    await tick();
    state.onScan("SKU-1");
    expect(state.message.text).toBe(
        "Product 1: 2 Units are to ship, and no more. Put the rest back."
    );
    state.activate(1);
    state.enterQuantity("3");
    expect(state.message.kind).toBe("wrong");
    await tick();
    expect(server.events).toHaveLength(2);
    expect(state.getRow(1).came).toBe(2);
});

test("another lot is asked of the server, and its row takes the place of the other", async () => {
    const rows = [makePickRow(1, { ...MATCHA, lot: "M-1" })];
    const server = new PickServer(rows, {
        look(event) {
            expect(event).toMatchObject({ barcode: "M-9", line_id: false });
            Object.assign(server.rows.get(1), { expected: 2 });
            const row = makePickRow(2, { ...MATCHA, lot: "M-9", expected: 1 });
            server.rows.set(2, { ...row, came: 1, to_ship: 3 });
            return { status: "counted", message: "", line_id: 2, quantity: 1 };
        },
    });
    const state = makeState(server);
    state.onScan("M-9");
    expect(state.message.text).toBe("Looking for M-9 …");
    await tick();
    await tick();
    expect(state.active.lot).toBe("M-9");
    expect(state.sheet.getToPick(state.getRow(1))).toBe(2);
    state.onScan("M-9");
    expect(state.getRow(2).came).toBe(2);
    expect(state.sheet.getLeft(state.getRow(1))).toBe(1);
});

test("what the server refuses is told", async () => {
    const server = new PickServer([makePickRow(1)], {
        look: () => ({ status: "refused", message: "X is reserved for ST/9." }),
    });
    const state = makeState(server);
    state.onScan("X");
    await tick();
    await tick();
    expect(state.problems.map(({ message }) => message)).toEqual([
        "X is reserved for ST/9.",
    ]);
});

test("a serial number is picked once", () => {
    const serial = { tracking: "serial", lot: "K-1", expected: 1 };
    const state = makeState(new PickServer([makePickRow(1, serial)]));
    state.onScan("K-1");
    state.onScan("K-1");
    expect(state.message.text).toBe(
        "K-1 was picked already. Each serial number is one piece."
    );
    expect(state.getRow(1).came).toBe(1);
});

test("what is not in stock is only picked where the server finds some", async () => {
    const server = new PickServer([makePickRow(1, { is_missing: true })], {
        look: () => ({ status: "refused", message: "There is none." }),
    });
    const state = makeState(server);
    expect(state.getRow(1).kind).toBe("differing");
    state.step(state.getRow(1), 1);
    expect(state.message.text).toBe(
        "Product 1 is not in stock for this row. If you have found some, scan it."
    );
    state.finishRow(state.getRow(1));
    state.onScan("SKU-1");
    await tick();
    await tick();
    expect(server.events).toHaveLength(1);
    expect(server.events[0]).toMatchObject({ barcode: "SKU-1", line_id: false });
    expect(state.problems).toHaveLength(1);
});

/** Tea on three rows, the last of them of another line; a box is eight of it. */
function makeStateOfBox(values) {
    const tea = { ...TEA, ...values };
    const rows = [
        makePickRow(1, { ...tea, line: 7, to_ship: 6, expected: 4 }),
        makePickRow(2, { ...tea, line: 7, to_ship: 6, expected: 2 }),
        makePickRow(3, { ...tea, line: 8, to_ship: 3, expected: 3 }),
    ];
    const barcodes = [
        ["BOX", TEA.product_id, 8],
        ["PACK", TEA.product_id, 6],
    ];
    const server = new PickServer(rows, { barcodes });
    return { server, state: makeState(server) };
}

test("a box is picked on several rows, and taken back by one press", async () => {
    const { server, state } = makeStateOfBox({ free: 0 });
    const getCame = () => [1, 2, 3].map((id) => state.getRow(id).came);
    state.onScan("BOX");
    expect(getCame()).toEqual([4, 2, 2]);
    expect(state.message.text).toBe("Tea: 2 of 3 Units");
    await tick();
    expect(
        server.events.map(({ line_id, quantity, barcode }) => [
            line_id,
            quantity,
            barcode,
        ])
    ).toEqual([
        [1, 4, undefined],
        [2, 2, undefined],
        [3, 2, undefined],
    ]);
    state.undo();
    expect(getCame()).toEqual([0, 0, 0]);
    state.activate(1);
    state.onScan("TEA");
    state.onScan("TEA");
    expect(getCame()).toEqual([2, 0, 0]);
    state.onScan("BOX");
    expect(state.message.text).toMatch(/^Tea: 6 Units are to ship, and no more/);
    expect(getCame()).toEqual([2, 0, 0]);
});

test("a box on one shelf is for all lines that have some there", () => {
    const { state } = makeStateOfBox({ location: "A-1" });
    state.onScan("BOX");
    expect([1, 2, 3].map((id) => state.getRow(id).came)).toEqual([4, 2, 2]);
});

test("where a box may be free on one shelf, the server decides", async () => {
    const { server, state } = makeStateOfBox({ free: 9 });
    state.onScan("PACK");
    expect(state.getRow(1).came).toBe(6);
    await tick();
    expect(server.events).toHaveLength(1);
    expect(server.events[0]).toMatchObject({ barcode: "PACK", line_id: 1 });
});

test("a lot past its date leaves only when somebody types how many", async () => {
    const past = { ...MATCHA, lot: "M-0", is_expired: true, expiry: "11/20/2026" };
    const server = new PickServer([
        makePickRow(1, { ...MATCHA, lot: "M-1", expected: 2 }),
        makePickRow(2, { ...past, expected: 0, to_ship: 2 }),
    ]);
    const state = makeState(server);
    state.onScan("M-0");
    expect(state.message.text).toMatch(/^M-0 of Matcha is past its date/);
    expect(state.active.lot).toBe("M-0");
    expect(state.active.came).toBe(0);
    state.enterQuantity("1");
    expect(state.active.came).toBe(1);
    expect(state.getRow(1).kind).toBe("remaining");
    await tick();
    expect(server.events).toHaveLength(1);
});

test("without a network all is known here, can be undone, and is sent once", async () => {
    const server = new PickServer([makePickRow(1), makePickRow(2)]);
    const state = makeState(server);
    server.isDown = true;
    state.onScan("SKU-1");
    state.onScan("SKU-2");
    state.undo();
    await tick();
    expect(state.sync.status).toBe("offline");
    expect(state.sync.size).toBe(3);
    expect(state.getRow(2).came).toBe(0);
    server.isDown = false;
    expect(await state.sync.scans.flush()).toBe(true);
    expect([1, 2].map((id) => server.rows.get(id).came)).toEqual([1, 0]);
    state.close();
});

test("what is left is shipped later, or closed with a reason", async () => {
    const server = new PickServer([makePickRow(1, { came: 1 })], {
        reasons: [
            { id: 4, name: "Sold here" },
            { id: 5, name: "Broken" },
        ],
    });
    const state = makeState(server);
    const { review } = state;
    state.openReview();
    await tick();
    await tick();
    expect(review.answers).toEqual(["keep", false, false]);
    expect(review.isIncomplete).toBe(false);
    review.closeRest();
    expect(review.isIncomplete).toBe(true);
    review.chooseReason(5);
    review.writeNote(" On the floor ");
    expect(review.isIncomplete).toBe(false);
    await review.submit();
    expect(server.submitted).toEqual([["close", 5, "On the floor"]]);
    expect.verifySteps(["submitted"]);
});

test("a list that is over takes nothing any more", async () => {
    const server = new PickServer([makePickRow(1)]);
    const state = makeState(server);
    server.state = "done";
    await state.askForChanges();
    state.onScan("SKU-1");
    expect(state.message.text).toBe("This pick list is over.");
    expect(state.getRow(1).came).toBe(0);
});

test("what a colleague picks is seen, and is not picked twice", async () => {
    const server = new PickServer([makePickRow(1), makePickRow(2)]);
    const state = makeState(server);
    server.rows.get(1).came = 3;
    await state.askForChanges();
    expect(getSkus(state)).toEqual(["SKU-2"]);
    state.onScan("SKU-1");
    expect(state.message.kind).toBe("wrong");
    await tick();
    expect(server.events).toHaveLength(0);
});
