import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { afterEach, expect, test } from "@odoo/hoot";
import {
    click,
    edit,
    press,
    queryAllTexts,
    queryFirst,
    setInputFiles,
    waitFor,
    waitUntil,
} from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred, freezeTime } from "@odoo/hoot-mock";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";
import { Component, onWillUnmount, xml } from "@odoo/owl";
import { CameraGate } from "@store_transfer/count/camera_gate";
import { CountChooser } from "@store_transfer/count/count_chooser";
import { CountScreen } from "@store_transfer/count/count_screen";
import { SCAN_RULES } from "@store_transfer/../tests/scan_rules";
import { ENDS, getKeys, pressKey, pressKeys, rest, trustKeys } from "./key_times";

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
        this.photos = [];
        this.events = [];
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
            const summary = "Into stock: 1 Units.";
            return { summary, matching: 0, rows: [], outcomes: [] };
        }
        return this.getChanges();
    }

    record(event) {
        this.events.push(event);
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
        if (event.image === "BAD") {
            return { status: "refused", message: "No picture" };
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
        } else if (event.kind === "photo") {
            row.has_photo = true;
            this.photos.push(event.image);
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
    const photoStorage = props.photoStorage || new Store();
    await mountWithCleanup(CountScreen, {
        props: {
            screen: server.getScreen(),
            call: (method, args) => server.call(method, args),
            storage,
            photoStorage,
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

/** A scanner types all keys at once, and Enter, however busy the browser is. */
async function scan(code) {
    const time = performance.now();
    for (const key of [...code, "Enter"]) {
        const init = { key, bubbles: true, cancelable: true };
        const ev = new KeyboardEvent("keydown", init);
        Object.defineProperty(ev, "timeStamp", { value: time });
        document.activeElement.dispatchEvent(ev);
    }
    await animationFrame();
}

/** A hand takes its time. */
async function type(keys) {
    for (const key of keys) {
        await press(key);
        await advanceTime(200);
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
    expect(".o_count_message").toHaveText("Product 2: 4 of 3 Units · 1 too many");
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

test("undo, and undo again, takes back the last two things; also those of before", async () => {
    const server = new Server([makeRow(1, { came: 5, is_counted: true })]);
    server.known.set("first", { quantity: 2 });
    server.known.set("second", { quantity: 3 });
    const screen = server.getScreen();
    screen.undoable = ["first", "second"].map((uuid) => ({
        uuid,
        kind: "scan",
        line_id: 1,
        quantity: server.known.get(uuid).quantity,
        damaged: 0,
    }));
    await mountScreen(server, { screen });
    for (const text of ["2/3", "0/3"]) {
        await click(".o_count_undo");
        await animationFrame();
        await animationFrame();
        expectCame("SKU-1", text);
    }
    await click(".o_count_undo");
    await animationFrame();
    expect(".o_count_message").toHaveText("There is nothing to undo.");
    expect(server.rows.get(1).came).toBe(0);
});

test("what the server does not take back is not tried for ever", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    await scan("SKU-1");
    await scan("SKU-1");
    const { apply } = server;
    server.apply = () => ({ status: "refused", message: "Counted anew" });
    await click(".o_count_undo");
    await animationFrame();
    await animationFrame();
    expect(".o_count_message").toHaveText("Counted anew");
    expectCame("SKU-1", "2/3");
    server.apply = apply;
    await click(".o_count_undo");
    await animationFrame();
    await animationFrame();
    expectCame("SKU-1", "1/3");
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

test("a quantity that is typed counts with Enter, not with a scan", async () => {
    const server = new Server([makeRow(1, { expected: 12 }), makeRow(2)]);
    await mountScreen(server);
    await scan("SKU-1");
    await click(".o_count_input input");
    await edit("7");
    await advanceTime(500);
    expect(".o_count_typed input").toHaveValue("7");
    expect(".o_count_typed").toHaveText("not counted yet");
    trustKeys();
    await scan("SKU-2");
    await animationFrame();
    expect(server.rows.get(1).came).toBe(1);
    expect(server.rows.get(2).came).toBe(1);
    expect(".o_count_typed").toHaveCount(0);
    await click(".o_count_problems");
    await animationFrame();
    expect(".o_count_problem_list").toHaveText(
        "“7” was typed for Product 1 without Enter, and is not counted."
    );
});

test("a thumb counts or leaves what was typed", async () => {
    const server = new Server([makeRow(1, { expected: 12 }), makeRow(2)]);
    await mountScreen(server);
    await scan("SKU-1");
    await type("7");
    await click("[title='Leave it as it was']");
    await animationFrame();
    expect(".o_count_input input").toHaveValue("1");
    await type("8");
    await click(".o_count_submit");
    await animationFrame();
    expect("[data-panel]").toHaveCount(0);
    expect(".o_count_message").toHaveText(/“8” is typed, but not counted yet/);
    await click("[title='Count this']");
    await animationFrame();
    expectCame("SKU-1", "8/12");
    expect(".o_count_problems").toHaveCount(0);
});

test("far more than is expected is asked first", async () => {
    const server = new Server([makeRow(1, { expected: 12 })]);
    await mountScreen(server);
    await click(getRow("SKU-1"));
    await animationFrame();
    for (const [typed, came] of [
        ["99", "99/12"],
        ["120", "120/12"],
    ]) {
        await type(`${typed}`);
        await press("Enter");
        await animationFrame();
        expectCame("SKU-1", came);
    }
    await type("121");
    await press("Enter");
    await animationFrame();
    expectCame("SKU-1", "120/12");
    expect("[data-panel=doubt]").toHaveText(/121 Units came\? 12 are expected\./);
    expect(".o_count_doubt_no").toBeFocused();
    await click(".o_count_doubt_no");
    await animationFrame();
    expectCame("SKU-1", "120/12");
    expect(".o_count_typed input").toHaveValue("121");
    await click("[title='Count this']");
    await animationFrame();
    await click(".o_count_doubt_yes");
    await animationFrame();
    expectCame("SKU-1", "121/12");
    expect(server.rows.get(1).came).toBe(121);
});

test("so is far more than is expected as damaged, and in a blind count", async () => {
    const row = makeRow(1, { came: 5 });
    delete row.expected;
    await mountScreen(new Server([row], { policies: { blind: true } }));
    await click("[data-filter=all]");
    await animationFrame();
    await click(getRow("SKU-1"));
    await type("d");
    await click("#o_count_damaged");
    await edit("4719", { confirm: "enter" });
    await animationFrame();
    expect("[data-panel=doubt]").toHaveText(/4,719 Units are damaged\?/);
    await click(".o_count_doubt_no");
    await animationFrame();
    expect(".o_count_mark").toHaveCount(0);
    await type("1001");
    await press("Enter");
    await animationFrame();
    expect("[data-panel=doubt]").toHaveText(/1,001 Units came\?/);
});

test("what is being typed stays while colleagues count", async () => {
    const server = new Server([makeRow(1, { came: 2 })]);
    await mountScreen(server);
    await click(getRow("SKU-1"));
    await animationFrame();
    await type("d");
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

test("quantities are read and written by the user's language", async () => {
    const server = new Server([makeRow(1, { expected: 1500 })]);
    await mountScreen(server);
    await click(getRow("SKU-1"));
    await animationFrame();
    const enter = async (text) => {
        await click(".o_count_input input");
        await edit("");
        await type(text);
        await press("Enter");
        await animationFrame();
    };
    await enter("1,000");
    expectCame("SKU-1", "1,000/1,500");
    await enter("1,00");
    expect(".o_count_message").toHaveText(
        "“1,00” is not a quantity. Write it like 1,234.5."
    );
    expect(server.rows.get(1).came).toBe(1000);
    Object.assign(localization, { decimalPoint: ",", thousandsSep: "." });
    await enter("1.234,5");
    expect(server.rows.get(1).came).toBe(1234.5);
    expectCame("SKU-1", "1.234,5/1.500");
});

/** Scan with one gap in ms, once at each place in the code. */
async function scanWithGap(code, end, gap) {
    const keys = getKeys(code, end);
    for (let place = 1; place < keys.length; place++) {
        await pressKeys(keys, (index) => (index === place ? gap : 12));
        await rest(1000);
    }
    return keys.length - 1;
}

const GAPS = [0, 51, 75, 149];
const HEADS = ["A", "D", "U", "S", "+", "-", "/", "?", "7"];

for (const end of ENDS) {
    test(`a scanner that hesitates changes no other row; end key ${end}`, async () => {
        freezeTime();
        const codes = HEADS.map((head) => `${head}-SPRING`);
        const server = new Server([
            makeRow(1, { came: 2, expected: 5 }),
            ...codes.map((sku, index) => makeRow(index + 2, { sku })),
            makeRow(50),
        ]);
        server.barcodes.push(["4719980006129", 150, 1]);
        await mountScreen(server);
        await rest(100);
        getRow("SKU-1").click();
        await animationFrame();
        for (const code of ["4719980006129", ...codes]) {
            let number = 0;
            for (const gap of GAPS) {
                number += await scanWithGap(code, end, gap);
            }
            await animationFrame();
            const row = [...server.rows.values()].find(
                ({ id, sku }) => sku === code || (id === 50 && /^\d+$/.test(code))
            );
            expect(row.came).toBe(number);
            row.came = 0;
        }
        const counted = [...server.rows.values()].filter(({ came }) => came);
        expect(counted.map(({ id, came }) => [id, came])).toEqual([[1, 2]]);
        const kinds = new Set(server.events.map(({ kind }) => kind));
        expect([...kinds]).toEqual(["scan"]);
    });

    test(`a scan while a quantity is typed; end key ${end}`, async () => {
        freezeTime();
        trustKeys();
        const server = new Server([makeRow(1, { came: 2, expected: 5 }), makeRow(2)]);
        server.barcodes.push(["4719980006129", 102, 1]);
        await mountScreen(server);
        getRow("SKU-1").click();
        await advanceTime(20);
        const keys = getKeys("4719980006129", end);
        let number = 0;
        for (let place = 1; place < keys.length; place++) {
            for (const gap of GAPS) {
                getRow("SKU-1").click();
                pressKey("4");
                await rest(300);
                pressKey("0");
                await rest(300);
                await advanceTime(20);
                expect(".o_count_input input").toHaveValue("40");
                await pressKeys(keys, (index) => (index === place ? gap : 12));
                await rest(1000);
                await advanceTime(20);
                number += 1;
            }
        }
        expect(server.rows.get(1).came).toBe(2);
        expect(server.rows.get(2).came).toBe(number);
    });
}

test("filters and the search", async () => {
    const server = new Server([
        makeRow(1, { came: 3 }),
        makeRow(2, { came: 1.5, is_counted: true, unit: "kg", step: 0.01 }),
        makeRow(3, { name: "Green Tea" }),
        makeRow(4, { expected: 0 }),
    ]);
    await mountScreen(server);
    const filters = queryAllTexts(".o_count_filters button");
    expect(filters.map((text) => text.replace(/\s/, ""))).toEqual([
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
    await advanceTime(200);
    await animationFrame();
    expect(queryAllTexts(".o_count_row .o_count_name")).toEqual(["Green Tea"]);
    await press("Enter");
    await animationFrame();
    expect(".o_count_dock .o_count_name").toHaveText("Green Tea");
    expect(".o_count_numbers").toHaveText("2 of 3 rows · 3 of 6 Units, 1.5 of 3 kg");
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

/** Make the rows of a rule; a product has an id of its own, whatever lots it has. */
function makeRuleRows(rows) {
    const skus = [...new Set(rows.map(({ product }) => product))];
    return rows.map(({ product, tracking = "none", lot = "", expected }, index) =>
        makeRow(index + 1, {
            product_id: 100 + skus.indexOf(product),
            name: product,
            sku: product,
            tracking,
            lot,
            expected,
        })
    );
}

/** What became of the last scan: as the server answers it. */
function getOutcome(server, before) {
    const products = queryAllTexts(".o_count_product");
    if (products.length) {
        return { status: "asks_product", products };
    }
    if (queryFirst(".o_count_question")) {
        return { status: "asks_lot" };
    }
    const [event] = server.events.slice(before);
    if (!event) {
        return { status: "refused" };
    }
    const row = server.rows.get(event.line_id);
    return row ? { status: "counted", row: [row.sku, row.lot] } : { status: "unknown" };
}

for (const { name, rows, scans } of SCAN_RULES) {
    test(`as the server has it: ${name}`, async () => {
        const server = new Server(makeRuleRows(rows));
        await mountScreen(server);
        for (const { code, ...outcome } of scans) {
            const before = server.events.length;
            await scan(code);
            await animationFrame();
            expect(getOutcome(server, before)).toEqual(outcome);
        }
    });
}

test("a lot of two products: the one that is chosen", async () => {
    const lot = { tracking: "lot", lot: "L-1" };
    const server = new Server([makeRow(1, lot), makeRow(2, lot)]);
    await mountScreen(server);
    await scan("L-1");
    expect(".o_count_message").toHaveText(
        "L-1 is of several products: Product 1, Product 2. Which is it?"
    );
    expect(".o_count_lot").toHaveCount(0);
    await click(".o_count_product:contains(Product 2)");
    await animationFrame();
    expect(server.events.at(-1)).toMatchObject({
        barcode: "L-1",
        product_id: 102,
        line_id: 2,
    });
    expect(server.rows.get(2).came).toBe(1);
    await scan("L-1");
    expect(".o_count_product").toHaveCount(2, { message: "Each piece is asked for" });
    await type("u");
    expect(server.rows.get(2).came).toBe(0);
});

test("a product is chosen once, also where its lot is asked for then", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    const products = [
        { id: 108, name: "Product 8" },
        { id: 109, name: "Product 9" },
    ];
    server.apply = ({ product_id: productId, lot_name: lot }) => {
        if (!productId) {
            return { status: "asks_product", message: "Which?", products };
        }
        return lot === "L-9"
            ? { status: "counted", line_id: 1, quantity: 1, damaged: 0 }
            : { status: "asks_lot", message: "Which lot?" };
    };
    await scan("SHARED");
    await animationFrame();
    await click(".o_count_product:contains(Product 9)");
    await animationFrame();
    await animationFrame();
    expect(".o_count_message").toHaveText("Which lot?");
    await scan("L-9");
    await animationFrame();
    expect(server.events.at(-1)).toMatchObject({ product_id: 109 });
    expect(".o_count_product").toHaveCount(0);
});

test("a lot of two products that only the server knows", async () => {
    const server = new Server([makeRow(1, { tracking: "lot", lot: "L-1" })]);
    await mountScreen(server);
    server.apply = ({ product_id: productId }) =>
        productId
            ? { status: "counted", line_id: 1, quantity: 1, damaged: 0 }
            : {
                  status: "asks_product",
                  message: "Which?",
                  products: [
                      { id: 101, name: "Product 1" },
                      { id: 109, name: "Product 9" },
                  ],
              };
    await scan("L-1");
    await animationFrame();
    expect(".o_count_message").toHaveText("Which?");
    expectCame("SKU-1", "0/3");
    await click(".o_count_product:contains(Product 9)");
    await animationFrame();
    expect(server.events.at(-1)).toMatchObject({ barcode: "L-1", product_id: 109 });
    expect(".o_count_question").toHaveCount(0);
    expect(".o_count_problems").toHaveCount(0);
});

test("a lot that was corrected is known by its new name only", async () => {
    const server = new Server([
        makeRow(1, { tracking: "lot", lot: "L-1", new_lot_of: 5 }),
    ]);
    await mountScreen(server);
    server.rows.get(1).lot = "L-2";
    await advanceTime(5000);
    await scan("L-1");
    expect(server.events.at(-1)).toMatchObject({ line_id: false });
    await scan("L-2");
    expect(server.events.at(-1)).toMatchObject({ line_id: 1 });
});

for (const expected of [
    [2, 3],
    [3, 2],
]) {
    test(`two rows of one product are told as a whole: ${expected}`, async () => {
        const same = { product_id: 100, sku: "TEA", name: "Tea" };
        const rows = expected.map((quantity, index) =>
            makeRow(index + 1, { ...same, expected: quantity })
        );
        const server = new Server(rows);
        await mountScreen(server);
        const told = [];
        for (let piece = 0; piece < 6; piece++) {
            await scan("TEA");
            told.push(queryFirst(".o_count_message").textContent);
        }
        expect(told).toEqual([
            "Tea: 1 of 5 Units",
            "Tea: 2 of 5 Units",
            "Tea: 3 of 5 Units",
            "Tea: 4 of 5 Units",
            "Tea: 5 of 5 Units",
            "Tea: 6 of 5 Units · 1 too many",
        ]);
        expect(sounds.slice(-3)).toEqual(["counted", "complete", "surplus"]);
        expect(server.rows.get(1).came + server.rows.get(2).came).toBe(6);
    });
}

test("what is too much on one row is not missing on the other", async () => {
    const same = { product_id: 100, sku: "TEA", name: "Tea" };
    const server = new Server([
        makeRow(1, { ...same, expected: 2, came: 5, is_counted: true }),
        makeRow(2, { ...same, expected: 3 }),
    ]);
    await mountScreen(server);
    await click("[data-filter=done]");
    await animationFrame();
    expect(".o_count_row").toHaveCount(2);
    expect(".o_count_mark").toHaveCount(0);
});

test("in a blind count all goes to one row", async () => {
    const same = { product_id: 100, sku: "TEA", name: "Tea" };
    const rows = [makeRow(1, same), makeRow(2, same)];
    rows.forEach((row) => delete row.expected);
    const server = new Server(rows, { policies: { blind: true } });
    await mountScreen(server);
    for (let piece = 0; piece < 4; piece++) {
        await scan("TEA");
    }
    expect(server.rows.get(1).came).toBe(4);
    expect(".o_count_message").toHaveText("Tea: 4 Units");
    await click("[data-filter=done]");
    await animationFrame();
    expect(".o_count_row").toHaveCount(2);
});

test("half of what comes in whole pieces is refused at once", async () => {
    const server = new Server([makeRow(1, { step: 1 }), makeRow(2, { step: 0.01 })]);
    await mountScreen(server);
    await scan("SKU-1");
    await click(".o_count_input input");
    await edit("1.5");
    await advanceTime(500);
    await press("Enter");
    await animationFrame();
    expect(".o_count_message").toHaveText(
        "Product 1: 1.5 Units is not possible in this unit."
    );
    await scan("SKU-2");
    await click(".o_count_input input");
    await edit("1.5");
    await advanceTime(500);
    await press("Enter");
    await animationFrame();
    expect(server.rows.get(1).came).toBe(1);
    expect(server.rows.get(2).came).toBe(1.5);
});

test("a product with lots that nobody sent asks which", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    server.apply = ({ lot_name: lot }) =>
        lot
            ? { status: "counted", line_id: 1, quantity: 1, damaged: 0 }
            : { status: "asks_lot", message: "Which lot?" };
    await scan("NEW");
    await animationFrame();
    expect(".o_count_message").toHaveText("Which lot?");
    expect(".o_count_problems").toHaveCount(0);
    await scan("L-7");
    await animationFrame();
    expect(server.events.at(-1)).toMatchObject({ barcode: "NEW", lot_name: "L-7" });
    expect(".o_count_question").toHaveCount(0);
});

test("what a hand types while the lot is asked for is the lot", async () => {
    const server = new Server([
        makeRow(1, { sku: "TEA", tracking: "lot", needs_lot: true }),
    ]);
    await mountScreen(server);
    await scan("TEA");
    await type("7");
    expect(".o_count_lot").toBeFocused();
    expect(".o_count_lot").toHaveValue("7");
    await edit("7-9");
    await press("Enter");
    await animationFrame();
    expect(".o_count_question").toHaveCount(0);
    expect(server.events.at(-1)).toMatchObject({ barcode: "TEA", lot_name: "7-9" });
});

test("new lots of a third party share what is expected", async () => {
    const lots = { product_id: 100, sku: "TEA", tracking: "lot", new_lot_of: 3 };
    const server = new Server([
        makeRow(1, { ...lots, lot: "L-1", expected: 10, came: 6 }),
        makeRow(2, { ...lots, lot: "L-2", expected: 0, came: 3 }),
    ]);
    await mountScreen(server);
    await click("[data-filter=all]");
    await animationFrame();
    expect(".o_count_mark").toHaveCount(0);
    expect(".o_count_numbers").toHaveText("1 of 2 rows · 9 of 10 Units");
    await scan("L-2");
    expect(sounds).toEqual(["complete"]);
    expect(".o_count_numbers").toHaveText("2 of 2 rows · 10 of 10 Units");
    await scan("L-2");
    expect(sounds.at(-1)).toBe("surplus");
    expect(queryAllTexts(".o_count_row .o_count_mark")).toEqual(["1 too many"]);
});

test("a surplus, a lot and a product nobody sent are told apart by words", async () => {
    const server = new Server([
        makeRow(1, { came: 4 }),
        makeRow(2, { came: 1, expected: 0, is_unsent: true }),
        makeRow(3, { came: 1, expected: 0, tracking: "lot", lot: "L-9" }),
        makeRow(4, { came: 1, is_counted: true, damaged: 1 }),
    ]);
    await mountScreen(server);
    await click("[data-filter=differing]");
    await animationFrame();
    expect(queryAllTexts(".o_count_mark")).toEqual([
        "1 too many",
        "Nobody sent this",
        "Nobody sent this lot",
        "2 missing",
        "1 damaged",
    ]);
    expect(".o_count_row .o_count_icon.fa-question-circle").toHaveCount(2);
    expect(".o_count_row [aria-label=Lot]").toHaveCount(1);
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
    expect("[data-panel=review] .alert-warning").toHaveText(
        "Into stock: 1 Units. This cannot be undone."
    );
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

test("they are not forgotten when the device is full", async () => {
    const server = new Server([makeRow(1)]);
    const messages = [];
    const storage = await mountScreen(server, {
        startNextCount: async () => "count/9/",
        openNextCount: () => expect.step("next count"),
        notify: (message) => messages.push(message),
    });
    server.isDown = true;
    await scan("SKU-1");
    await scan("SKU-1");
    server.isDown = false;
    server.state = "done";
    await advanceTime(20000);
    await animationFrame();
    const { setItem } = storage;
    storage.setItem = () => {
        throw new Error("QuotaExceededError");
    };
    await click(".o_count_leftovers");
    await animationFrame();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/no room left: 2 scans stay here/);
    expect([...storage.values.keys()].join()).toMatch(/^count\/1\/.*,count\/1\//);
    storage.setItem = setItem;
    await click(".o_count_leftovers");
    await animationFrame();
    expect.verifySteps(["next count"]);
    expect([...storage.values.keys()].join()).toMatch(/^count\/9\/.*,count\/9\//);
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

/** Take a photo of the row that is counted. */
async function takePhoto(content) {
    const isOpen = queryFirst("[data-panel=details]");
    if (!isOpen) {
        await type("d");
    }
    const file = new File([content], "photo.jpg", { type: "image/jpeg" });
    await click(".o_count_photo input");
    await setInputFiles([file]);
    await animationFrame();
}

/** The smallest picture. */
function makePicture() {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2;
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function keepPhotos(...images) {
    const storage = new Store();
    images.forEach((image, index) => {
        const event = { uuid: `photo-${index}`, kind: "photo", line_id: 1, image };
        storage.setItem(`count/1/00${index}`, JSON.stringify(event));
    });
    return storage;
}

test("a photo without a network is kept, shown and sent later, once", async () => {
    const server = new Server([makeRow(1)]);
    const photoStorage = new Store();
    await mountScreen(server, { photoStorage });
    await scan("SKU-1");
    server.isDown = true;
    await takePhoto(await makePicture());
    await waitFor(".o_count_photo_preview[data-src^='data:image/jpeg']", {
        timeout: 5000,
    });
    expect(".o_count_sync").toHaveText("Offline, 1 kept on this device");
    expect(getRow("SKU-1")).toHaveText(/1\/3/);
    expect(".o_count_row .o_count_pending").toHaveCount(1);
    expect(photoStorage.length).toBe(1);
    server.isDown = false;
    server.losesAnswers = true;
    await advanceTime(20000);
    expect(photoStorage.length).toBe(1);
    server.losesAnswers = false;
    await advanceTime(20000);
    await animationFrame();
    expect(server.photos).toHaveLength(1);
    expect(photoStorage.length).toBe(0);
    expect(".o_count_sync").toHaveText("Saved");
    expect(".o_count_row .fa-picture-o").toHaveCount(1);
});

test("a file that is no photo is told at once", async () => {
    const messages = [];
    await mountScreen(new Server([makeRow(1)]), {
        notify: (message) => messages.push(message),
    });
    await scan("SKU-1");
    await takePhoto("a text");
    await waitUntil(() => messages.length, { timeout: 5000 });
    expect(messages).toEqual(["This file is no photo that can be read. Try another."]);
    expect(".o_count_sync").toHaveText("Saved");
});

test("a photo that is not sent yet survives closing the page", async () => {
    const server = new Server([makeRow(1)]);
    const photoStorage = keepPhotos("AAAA");
    await mountScreen(server, { photoStorage });
    await animationFrame();
    expect(server.photos).toEqual(["AAAA"]);
    expect(photoStorage.length).toBe(0);
});

test("a bad photo stops neither the scans nor the photos behind it", async () => {
    const server = new Server([makeRow(1)]);
    const photoStorage = keepPhotos("BAD", "AAAA");
    await mountScreen(server, { photoStorage });
    await scan("SKU-1");
    await animationFrame();
    await animationFrame();
    expect(server.photos).toEqual(["AAAA"]);
    expect(server.rows.get(1).came).toBe(1);
    expect(".o_count_sync").toHaveText("Saved");
    await click(".o_count_problems");
    await animationFrame();
    expect(".o_count_problem_list").toHaveText("No picture");
});

test("a slow photo holds up no scan, and no submit", async () => {
    const server = new Server([makeRow(1)]);
    const photo = new Deferred();
    const photoStorage = keepPhotos("AAAA");
    await mountScreen(server, {
        photoStorage,
        call: async (method, args) => {
            if (args[0]?.[0]?.kind === "photo") {
                await photo;
            }
            return server.call(method, args);
        },
    });
    await scan("SKU-1");
    await animationFrame();
    expect(server.rows.get(1).came).toBe(1);
    expect(".o_count_sync").toHaveText("Saving 1");
    await click(".o_count_submit");
    await animationFrame();
    await animationFrame();
    expect(".o_count_next").toHaveCount(1);
    photo.resolve();
    await animationFrame();
    await animationFrame();
    expect(server.photos).toEqual(["AAAA"]);
    expect(".o_count_sync").toHaveText("Saved");
});

test("what the camera holds in view counts once", async () => {
    const scans = [];
    const held = [];
    const gate = new CameraGate({
        identify: (code) => ({ TEA: "tea", "TEA-SKU": "tea", MUG: "mug" })[code],
        onScan: (code) => scans.push(code),
        onHeld: (code) => held.push(code),
    });
    const show = async (code, time) => {
        for (let passed = 0; passed < time; passed += 100) {
            gate.read(code);
            await advanceTime(100);
        }
    };
    await show("TEA", 1200);
    // Two codes on one label, and a hand that shakes.
    await show("TEA-SKU", 300);
    await advanceTime(1000);
    await show("TEA", 2000);
    expect(scans).toEqual(["TEA"]);
    expect(held).toEqual(["TEA"]);
    await show("MUG", 300);
    await advanceTime(1600);
    await show("TEA", 300);
    expect(scans).toEqual(["TEA", "MUG", "TEA"]);
    // One picture may be misread: what is not known is read twice.
    await show("T3A", 100);
    await advanceTime(2000);
    expect(scans).toHaveLength(3);
    await show("NEW", 300);
    expect(scans.at(-1)).toBe("NEW");
});

let cameraProps;

/** Stands for the camera of Odoo: each result is pushed by hand. */
class Camera extends Component {
    static template = xml`<video/>`;
    static props = ["*"];
    setup() {
        cameraProps = this.props;
        onWillUnmount(() => expect.step("camera is free"));
    }
}
test("counting with the camera", async () => {
    const server = new Server([makeRow(1), makeRow(2)]);
    await mountScreen(server, { Camera });
    await click(".o_count_camera");
    await animationFrame();
    expect(".o_count_camera_wait").toHaveCount(1);
    cameraProps.onReady();
    await animationFrame();
    expect(".o_count_camera_wait").toHaveCount(0);
    cameraProps.onResult("SKU-1");
    cameraProps.onResult("SKU-1");
    await animationFrame();
    expectCame("SKU-1", "1/3");
    cameraProps.onError(new Error("One picture is broken"));
    await type("?");
    cameraProps.onResult("SKU-2");
    await animationFrame();
    expect("[data-panel=help]").toHaveCount(1, { message: "Read by accident" });
    await press("Escape");
    await animationFrame();
    expectCame("SKU-2", "0/3");
    await click(".o_count_camera_close");
    await animationFrame();
    expect("video").toHaveCount(0);
    expect.verifySteps(["camera is free"]);
});

test("a camera that does not start is told", async () => {
    await mountScreen(new Server([makeRow(1)]), { Camera });
    await click(".o_count_camera");
    await animationFrame();
    cameraProps.onError(new Error("No device can be found."));
    await animationFrame();
    expect.verifySteps(["No device can be found.", "camera is free"]);
    expect(".o_count_camera").toHaveAttribute("aria-pressed", "false");
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
    await pressKeys(getKeys("ST/5", "Enter"), (index) => (index === 2 ? 149 : 12));
    await animationFrame();
    await type("7");
    expect.verifySteps(["look at 9", "wrong", "open ST/5"]);
    expect(".o_count_panel h2").toHaveText("ST/5 from EC");
    expect("input").toHaveValue("");
    await click(".o_count_panel .btn-light");
    await animationFrame();
    await type("7");
    expect("input").toHaveValue("7");
    expect("input").toBeFocused();
});

afterEach(() => expect.verifySteps([]));
