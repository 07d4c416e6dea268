import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { afterEach, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-mock";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { CountChooser } from "@store_transfer/count/count_chooser";
import { CountScreen } from "@store_transfer/count/count_screen";

defineMailModels();

class Store {
    values = new Map();
    get length() {
        return this.values.size;
    }
    key(index) {
        return [...this.values.keys()][index];
    }
    getItem(key) {
        return this.values.get(key) ?? null;
    }
    setItem(key, value) {
        this.values.set(key, value);
    }
    removeItem(key) {
        this.values.delete(key);
    }
}

function makeRow(id, values = {}) {
    return {
        id,
        product_id: 100 + id,
        name: `Product ${id}`,
        sku: `SKU-${id}`,
        unit: "Units",
        tracking: "none",
        lot: "",
        needs_lot: false,
        is_unsent: false,
        expected: 3,
        came: 0,
        damaged: 0,
        is_counted: false,
        remark: "",
        has_photo: false,
        ...values,
    };
}

/** What the server does, as far as the screen can tell. */
class Server {
    constructor(rows, { barcodes = [], policies = {} } = {}) {
        this.rows = new Map(rows.map((row) => [row.id, row]));
        this.barcodes = [
            ...rows.map((row) => [row.sku, row.product_id, 1]),
            ...barcodes,
        ];
        this.policies = { blind: false, every_line: false, ...policies };
        this.known = new Map();
        this.state = "open";
        this.calls = [];
        this.isDown = false;
        this.losesAnswers = false;
    }

    getScreen() {
        return {
            count: { id: 1, transfer_id: 5, name: "ST/1", from: "EC", to: "Shop" },
            policies: this.policies,
            user: { id: 7, name: "Mei" },
            barcodes: this.barcodes,
            undoable: [],
            ...this.getChanges(),
        };
    }

    getChanges() {
        return {
            rows: [...this.rows.values()].map((row) => ({ ...row })),
            people: [],
            now: String(this.calls.length),
            state: this.state,
        };
    }

    async call(method, args) {
        this.calls.push(method);
        if (this.isDown) {
            throw new Error("Connection lost");
        }
        if (this.wait) {
            await this.wait;
        }
        if (method === "record_scans") {
            const results = {};
            const isBroken = args[0].some(({ barcode }) => barcode === "BAD");
            if (this.isLoggedOut || isBroken) {
                throw Object.assign(new Error(), { data: { message: "Broken" } });
            }
            for (const event of args[0]) {
                results[event.uuid] = this.record(event);
            }
            if (this.losesAnswers) {
                throw new Error("Connection lost");
            }
            return { results, ...this.getChanges() };
        }
        if (method === "get_review") {
            return { matching: 0, rows: [], outcomes: [] };
        }
        return this.getChanges();
    }

    record(event) {
        if (this.state !== "open") {
            return { status: "closed", message: "Over" };
        }
        if (!this.known.has(event.uuid)) {
            this.known.set(event.uuid, this.apply(event));
        }
        return this.known.get(event.uuid);
    }

    apply(event) {
        const row = this.rows.get(event.line_id);
        if (!row) {
            return { status: "unknown", message: `What is ${event.barcode}?` };
        }
        const before = row.came;
        if (event.kind === "scan") {
            row.came += event.quantity;
        } else if (event.kind === "set") {
            row.came = event.quantity;
            row.is_counted = true;
        } else if (event.kind === "all_came") {
            row.came = row.expected;
            row.is_counted = true;
        } else if (event.kind === "undo") {
            row.came -= this.known.get(event.undoes).quantity;
        } else if (event.kind === "damaged") {
            row.damaged = event.quantity;
        }
        const quantity = row.came - before;
        return {
            status: "counted",
            message: "",
            line_id: row.id,
            quantity,
            damaged: 0,
        };
    }
}

let sounds;

async function mountScreen(server, props = {}) {
    sounds = [];
    const storage = props.storage || new Store();
    await mountWithCleanup(CountScreen, {
        props: {
            screen: server.getScreen(),
            call: (method, args) => server.call(method, args),
            storage,
            storageKey: "count/1/",
            device: "Phone 1",
            sound: (name) => sounds.push(name),
            notify: (message) => expect.step(message),
            imageUrl: () => "data:,",
            photoUrl: () => "data:,",
            onExit: () => expect.step("exit"),
            onSubmitted: () => expect.step("submitted"),
            ...props,
        },
    });
    return storage;
}

/** A scanner types all keys at once, and Enter. */
async function scan(code) {
    for (const key of [...code, "Enter"]) {
        document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })
        );
    }
    await animationFrame();
}

/** A hand takes its time. */
async function type(keys) {
    for (const key of keys) {
        await press(key);
        await advanceTime(150);
    }
    await animationFrame();
}

function getRow(sku) {
    return queryFirst(`.o_count_row[data-sku=${sku}]`);
}

function expectCame(sku, text) {
    expect(`.o_count_row[data-sku=${sku}] .o_count_quantity div:first`).toHaveText(
        text
    );
}

test("a scan counts one, jumps to the row and sounds", async () => {
    const server = new Server([makeRow(1), makeRow(2)]);
    await mountScreen(server);
    await scan("SKU-2");
    expectCame("SKU-2", "1/3");
    expect(getRow("SKU-2")).toHaveClass("o_count_active");
    expect(".o_count_message").toHaveText("Product 2: 1 of 3 Units");
    expect("[aria-live]").toHaveText("Product 2: 1 of 3 Units");
    expect(sounds).toEqual(["counted"]);
    await scan("SKU-2");
    await scan("SKU-2");
    expect(sounds.at(-1)).toBe("complete");
    expect(getRow("SKU-2")).toHaveAttribute("data-kind", "done");
    await scan("SKU-2");
    expect(sounds.at(-1)).toBe("surplus");
    expect(server.rows.get(2).came).toBe(4);
    expect(".o_count_sync").toHaveText("Saved");
});

test("a box counts what is in it", async () => {
    const server = new Server([makeRow(1, { expected: 24 })], {
        barcodes: [["BOX-12", 101, 12]],
    });
    await mountScreen(server);
    await scan("BOX-12");
    expectCame("SKU-1", "12/24");
    expect(server.rows.get(1).came).toBe(12);
});

test("the separator of a GS1 code is a key with Ctrl", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    const keys = [..."0104\x1d10L", "Enter"];
    for (const key of keys) {
        const init = key === "\x1d" ? { key: "]", ctrlKey: true } : { key };
        document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { ...init, bubbles: true, cancelable: true })
        );
    }
    await animationFrame();
    await animationFrame();
    expect(".o_count_message").toHaveText("What is 0104\x1d10L?");
});

test("an unknown barcode is told and kept in sight", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    await scan("NOBODY");
    await animationFrame();
    expect(".o_count_message").toHaveText("What is NOBODY?");
    expect(sounds).toEqual(["wrong"]);
    expect(".o_count_problems").toHaveText("1");
    await click(".o_count_problems");
    await animationFrame();
    expect(".o_count_problem_list").toHaveText("NOBODY\nWhat is NOBODY?");
});

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

test("undo", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    await scan("SKU-1");
    await scan("SKU-1");
    await type("u");
    expectCame("SKU-1", "1/3");
    expect(sounds.at(-1)).toBe("undone");
    server.isDown = true;
    await scan("SKU-1");
    await click(".o_count_undo");
    await animationFrame();
    expectCame("SKU-1", "1/3");
    await click(".o_count_undo");
    await animationFrame();
    expectCame("SKU-1", "0/3");
    server.isDown = false;
    await advanceTime(30000);
    expect(server.rows.get(1).came).toBe(0);
});

test("the keyboard suffices", async () => {
    const server = new Server([makeRow(1), makeRow(2, { expected: 12 }), makeRow(3)]);
    await mountScreen(server);
    await press("ArrowDown");
    await press("ArrowDown");
    await animationFrame();
    expect(getRow("SKU-2")).toHaveClass("o_count_active");
    await type("1");
    await edit("10");
    await press("Enter");
    await animationFrame();
    expectCame("SKU-2", "10/12");
    expect(getRow("SKU-2")).toHaveAttribute("data-kind", "differing");
    await type("+");
    expectCame("SKU-2", "11/12");
    await type("-");
    await type("a");
    expectCame("SKU-2", "12/12");
    await press("ArrowRight");
    await press("ArrowRight");
    await animationFrame();
    expect("[data-filter=done]").toHaveAttribute("aria-pressed", "true");
    expect(queryAllTexts(".o_count_row .o_count_name")).toEqual(["Product 2"]);
    await type("?");
    expect("[data-panel=help]").toHaveCount(1);
    await press("Escape");
    await animationFrame();
    expect("[data-panel=help]").toHaveCount(0);
    await type("s");
    await animationFrame();
    expect("[data-panel=review]").toHaveCount(1);
});

test("a scan while a quantity is typed counts both", async () => {
    const server = new Server([makeRow(1, { expected: 12 }), makeRow(2)]);
    await mountScreen(server);
    await scan("SKU-1");
    await click(".o_count_input input");
    await edit("7");
    await advanceTime(500);
    await scan("SKU-2");
    await animationFrame();
    expect(server.rows.get(1).came).toBe(7);
    expect(server.rows.get(2).came).toBe(1);
});

test("filters and the search", async () => {
    const server = new Server([
        makeRow(1, { came: 3 }),
        makeRow(2, { came: 1, is_counted: true }),
        makeRow(3, { name: "Green Tea" }),
        makeRow(4, { expected: 0 }),
    ]);
    await mountScreen(server);
    expect(queryAllTexts(".o_count_filters button")).toEqual([
        "Remaining1",
        "Differing1",
        "Complete1",
        "All3",
    ]);
    expect(queryAllTexts(".o_count_row .o_count_name")).toEqual(["Green Tea"]);
    await click("[data-filter=differing]");
    await animationFrame();
    expect(queryAllTexts(".o_count_row .o_count_name")).toEqual(["Product 2"]);
    await click(".o_count_search");
    await edit("green");
    await advanceTime(150);
    await animationFrame();
    expect(queryAllTexts(".o_count_row .o_count_name")).toEqual(["Green Tea"]);
    await press("Enter");
    await animationFrame();
    expect(".o_count_dock .o_count_name").toHaveText("Green Tea");
    expect(".o_count_numbers").toHaveText("2 of 3 rows · 4 of 9 pieces");
});

test("a blind count shows nothing that is expected", async () => {
    const row = makeRow(1);
    delete row.expected;
    const server = new Server([row], { policies: { blind: true } });
    await mountScreen(server);
    await scan("SKU-1");
    expectCame("SKU-1", "1");
    expect("[data-filter=differing]").toHaveCount(0);
    expect(".o_count_all").toHaveCount(0);
    expect(".o_count_message").toHaveText("Product 1: 1 Units");
    expect(sounds).toEqual(["counted"]);
});

test("a product with lots asks which", async () => {
    const lots = { product_id: 100, sku: "TEA", tracking: "lot" };
    const server = new Server([
        makeRow(1, { ...lots, lot: "L-1" }),
        makeRow(2, { ...lots, lot: "L-2" }),
    ]);
    await mountScreen(server);
    await scan("TEA");
    expect(queryAllTexts(".o_count_question .btn-outline-primary")).toEqual([
        "L-1",
        "L-2",
    ]);
    expect(server.calls).not.toInclude("record_scans");
    await scan("L-2");
    expect(server.rows.get(2).came).toBe(1);
    await scan("L-1");
    expect(server.rows.get(1).came).toBe(1);
});

test("one more asks for the lot, one less does not", async () => {
    const server = new Server([makeRow(1, { tracking: "lot", needs_lot: true })]);
    await mountScreen(server);
    await click(getRow("SKU-1"));
    await type("-");
    expect(".o_count_question").toHaveCount(0);
    await type("+");
    expect(".o_count_question").toHaveCount(1);
    expect(server.calls).not.toInclude("record_scans");
});

test("a serial number twice is refused at once", async () => {
    const server = new Server([
        makeRow(1, { tracking: "serial", lot: "K-1", expected: 1 }),
    ]);
    await mountScreen(server);
    await scan("K-1");
    await scan("K-1");
    expect(sounds).toEqual(["complete", "wrong"]);
    expect(server.rows.get(1).came).toBe(1);
});

test("what a colleague counts shows", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    server.rows.get(1).came = 2;
    await advanceTime(5000);
    await animationFrame();
    expectCame("SKU-1", "2/3");
});

test("2,000 rows: only those in sight are drawn", async () => {
    const rows = Array.from({ length: 2000 }, (_, index) => makeRow(index + 1));
    await mountScreen(new Server(rows));
    expect(queryAllTexts(".o_count_row").length).toBeLessThan(60);
    await scan("SKU-1500");
    await animationFrame();
    expect(getRow("SKU-1500")).toHaveClass("o_count_active");
    expect(getRow("SKU-1500")).toHaveAttribute("aria-posinset", "1500");
});

test("submitting shows the differences, and asks again", async () => {
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
    await click(".o_count_next");
    await animationFrame();
    expect("[data-panel=review]").toHaveText(/1 pieces go into stock/);
    await click(".o_count_confirm");
    await animationFrame();
    expect.verifySteps(["submitted"]);
});

test("scans that come too late are kept for the next count", async () => {
    const server = new Server([makeRow(1)]);
    const storage = await mountScreen(server, {
        startNextCount: async () => "count/9/",
        openNextCount: () => expect.step("next count"),
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

test("they are discarded only when asked a second time", async () => {
    const server = new Server([makeRow(1)]);
    const storage = await mountScreen(server);
    server.state = "done";
    await scan("SKU-1");
    await animationFrame();
    await click(".o_count_discard");
    await animationFrame();
    expect(storage.length).toBe(1);
    expect(".o_count_discard").toHaveText("Yes, Discard 1 Scans");
    await click(".o_count_discard");
    expect.verifySteps(["exit"]);
    expect(storage.length).toBe(0);
});

test("a delivery is chosen by scanning its number", async () => {
    const transfer = {
        id: 5,
        name: "ST/5",
        from: "EC",
        expected_date: "2026-11-25",
        is_late: false,
        line_count: 3,
        count_id: false,
        counter: "",
        state: "In Transit",
        has_arrived: false,
    };
    await mountWithCleanup(CountChooser, {
        props: {
            transfers: [transfer],
            leftovers: [{ countId: 9, size: 4 }],
            find: async (text) => (text === "ST/5" ? [transfer] : []),
            open: ({ name }) => expect.step(`open ${name}`),
            openCount: (countId) => expect.step(`look at ${countId}`),
            sound: (name) => expect.step(name),
            formatDate: (date) => date,
        },
    });
    await click(".alert-warning button");
    await scan("ST/6");
    await animationFrame();
    expect(".alert-danger").toHaveText(/ST\/6 is no transfer that you can count now/);
    await scan("ST/5");
    await animationFrame();
    expect(".o_count_panel h2").toHaveText("ST/5 from EC");
    expect(".o_count_start").toBeFocused();
    await click(".o_count_start");
    expect.verifySteps(["look at 9", "wrong", "open ST/5"]);
});

afterEach(() => expect.verifySteps([]));
