import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, getFixture, test } from "@odoo/hoot";
import { freezeTime } from "@odoo/hoot-mock";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { Component, xml } from "@odoo/owl";
import { useKeyScanner } from "@store_transfer/scan/keys/key_scanner";
import { ENDS, getKeys, pressKey, pressKeys, rest, trustKeys } from "./key_times";

defineMailModels();

// Each begins with what is a hotkey, or the head of a quantity.
const CODES = ["4719980006129", ..."adus+-/?7.".split("").map((head) => `${head}-LS7`)];
const QUICK = 12;
const ALL_GAPS = Array.from({ length: 150 }, (_, gap) => gap);
const SOME_GAPS = [0, 1, 35, 36, 60, 75, 99, 120, 148, 149];

let scans = [];
let hands = [];
let heard = [];
let scanner;

class Reader extends Component {
    static template = xml`
        <input class="text"/>
        <input class="number" inputmode="decimal"/>
        <input role="combobox"/>
        <textarea/>
        <button>Press</button>`;
    static props = ["*"];
    setup() {
        scanner = useKeyScanner({
            onScan: (code) => scans.push(code),
            onKeys: (keys) => hands.push(keys),
            onKeydown: (ev) => scanner.onKeydown(ev),
        });
    }
}

beforeEach(async () => {
    scans = [];
    hands = [];
    heard = [];
    freezeTime();
    trustKeys();
    await mountWithCleanup(Reader);
});

function focus(selector) {
    const field = getFixture().querySelector(selector);
    field.addEventListener("input", () => heard.push(field.value));
    field.focus();
    return field;
}

/** Scan a code again and again, hesitating once: for each time at all places. */
async function scanWithEachGap(code, end, gaps, check) {
    const keys = getKeys(code, end);
    for (let place = 1; place < keys.length; place++) {
        for (const gap of gaps) {
            scans = [];
            await pressKeys(keys, (index) => (index === place ? gap : QUICK));
            await rest(1000);
            if (scans.length !== 1 || scans[0] !== code || hands.length) {
                throw new Error(`${gap} ms at ${place}: ${scans} ${hands}`);
            }
            check?.(place, gap);
        }
    }
}

// A phone runs the same: once is enough for so many keys.
for (const end of ENDS) {
    test.tags("desktop");
    test(`a scanner that hesitates outside of fields; end key ${end}`, async () => {
        await scanWithEachGap("4719980006129", end, ALL_GAPS);
        for (const code of CODES) {
            await scanWithEachGap(code, end, SOME_GAPS);
        }
        expect(hands).toEqual([]);
    });

    for (const selector of [".text", ".number", "textarea"]) {
        test.tags("desktop");
        test(`a scanner that hesitates in ${selector}; end key ${end}`, async () => {
            const field = focus(selector);
            field.value = "12";
            field.setSelectionRange(1, 1);
            await scanWithEachGap("4719980006129", end, SOME_GAPS, (place, gap) => {
                if (field.value !== "12" || field.selectionStart !== 1) {
                    throw new Error(`${gap} ms at ${place}: ${field.value}`);
                }
            });
            expect(field).toHaveValue("12");
        });
    }

    test.tags("desktop");
    test(`a slow scanner outside of fields; end key ${end}`, async () => {
        for (const code of CODES) {
            for (const gap of SOME_GAPS) {
                await pressKeys(getKeys(code, end), () => gap);
                await rest(1000);
            }
        }
        expect(scans).toHaveLength(SOME_GAPS.length * CODES.length);
        expect(hands).toEqual([]);
    });
}

test("two scans back to back", async () => {
    for (const end of ["Enter", "Tab"]) {
        for (const gap of [0, 1, 50, 149]) {
            const keys = [...getKeys("a-1", end), ...getKeys("4719980006129", end)];
            await pressKeys(keys, (index) => (index === 4 ? gap : QUICK));
            await rest(1000);
        }
    }
    expect(scans.filter((code) => code === "a-1")).toHaveLength(8);
    expect(scans.filter((code) => code === "4719980006129")).toHaveLength(8);
    expect(hands).toEqual([]);
});

test("a key of a hand is told when nothing has followed", async () => {
    pressKey("a");
    await rest(149);
    expect(hands).toEqual([]);
    await rest(100);
    pressKey("1");
    await rest(120);
    pressKey("2");
    await rest(1000);
    for (const key of "++") {
        pressKey(key);
        await rest(140);
    }
    await rest(1000);
    expect(hands).toEqual(["a", "12", "++"]);
    expect(scans).toEqual([]);
});

test("Enter does not press what has the focus while a code ends, early or late", async () => {
    const button = focus("button");
    button.addEventListener("keydown", ({ key }) => heard.push(key));
    await pressKeys(getKeys("4719980006129", "Enter"), () => QUICK);
    await pressKeys(getKeys("4719980006129"), () => QUICK);
    await rest(300);
    pressKey("Enter");
    await rest(1000);
    expect(scans).toHaveLength(2);
    expect(heard).toEqual([]);
    pressKey("Enter");
    expect(heard).toEqual(["Enter"], { message: "This one is a hand's" });
});

test("Enter does not confirm what was not shown yet", async () => {
    await pressKeys([..."120", "Enter"], () => 100);
    await rest(1000);
    expect(scans).toEqual([]);
    expect(hands).toEqual(["120"]);
});

test("a list of proposals hears nothing of a scan, and all that a hand types", async () => {
    const field = focus("[role=combobox]");
    await pressKeys([..."Tai"], () => 90);
    await rest(1000);
    expect(heard).toEqual(["T", "Ta", "Tai"]);
    await pressKeys(getKeys("4719980006129", "Enter"), () => QUICK);
    await rest(1000);
    expect(field).toHaveValue("Tai");
    expect(heard).toEqual(["T", "Ta", "Tai"]);
    field.addEventListener("keydown", ({ key }) => heard.push(key));
    await pressKeys([..."chu", "Enter"], (index) => [0, 20, 90, 30][index]);
    expect(heard.slice(3)).toEqual(["Taich", "Taichu", "Enter"]);
    await rest(1000);
    expect(scans).toHaveLength(1);
    expect(field).toHaveValue("Taichu");
});

test("a key that moves the focus does not tear the next code apart", async () => {
    const field = focus(".number");
    field.blur();
    for (const gap of [151, 170, 200]) {
        scanner.onKeys = () => field.focus();
        pressKey("4");
        await rest(gap);
        await pressKeys(getKeys("a-100", "Enter"), () => QUICK);
        await rest(1000);
        field.blur();
    }
    expect(scans).toEqual(["a-100", "a-100", "a-100"]);
    expect(field).toHaveValue("");
});

test("a hand that types fast into a text is no scanner", async () => {
    const field = focus("textarea");
    await pressKeys([..."the bag is torn", "Enter"], (index) => (index % 3 ? 110 : 45));
    await rest(1000);
    expect(scans).toEqual([]);
    expect(field).toHaveValue("the bag is torn");
});
