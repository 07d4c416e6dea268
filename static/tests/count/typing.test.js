import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click, edit, press } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { localization } from "@web/core/l10n/localization";
import { trustKeys } from "../scan/key_times";
import { expectCame, getRow, mountScreen, scan, type } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

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
