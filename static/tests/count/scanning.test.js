import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click, edit, press } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { expectCame, getRow, mountScreen, scan, sounds } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

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

test("what a colleague counts shows", async () => {
    const server = new Server([makeRow(1)]);
    await mountScreen(server);
    server.rows.get(1).came = 2;
    await advanceTime(5000);
    await animationFrame();
    expectCame("SKU-1", "2/3");
});
