import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { edit, press, queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, freezeTime } from "@odoo/hoot-mock";
import { ENDS, getKeys, pressKey, pressKeys, rest, trustKeys } from "../scan/key_times";
import { expectCame, getRow, mountScreen, type } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

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

// A phone runs the same: once is enough for so many keys.
for (const end of ENDS) {
    test.tags("desktop");
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

    test.tags("desktop");
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
