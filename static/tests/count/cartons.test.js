import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { readCartonCode } from "@store_transfer/scan/document/carton_codes";
import { expectCame, mountScreen, scan, sounds } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

const CARTONS = [
    {
        id: 8,
        name: "CT00000001",
        number: 1,
        total: 2,
        parts: [
            [1, 3],
            [2, 2],
        ],
    },
    { id: 9, name: "CT00000002", number: 2, total: 2, parts: [[2, 1]] },
];

function makeServer(policies) {
    return new Server([makeRow(1), makeRow(2)], { cartons: CARTONS, policies });
}

async function settle() {
    await animationFrame();
    await animationFrame();
}

test("what a label may have", () => {
    const sscc = "347123450000000011";
    for (const code of [
        sscc,
        `00${sscc}`,
        `(00)${sscc}`,
        `]C100${sscc}`,
        `\x1d00${sscc}`,
        `https://shop.example.com/store_transfer/carton/${sscc}`,
        `HTTPS://id.gs1.org/00/${sscc}?linkType=all`,
    ]) {
        expect(readCartonCode(code)).toInclude(sscc);
    }
    expect(readCartonCode(" ct00000012 ")).toInclude("CT00000012");
});

test("one scan counts all that is in a carton", async () => {
    const server = makeServer();
    await mountScreen(server);
    expect(".o_count_progress").toHaveText(/0 of 2 cartons/);
    await scan("CT00000001");
    expect(".o_count_message").toHaveText(
        "Carton CT00000001 (1 of 2): 5 Units counted."
    );
    expect(sounds.at(-1)).toBe("complete");
    await settle();
    expect(server.events).toHaveLength(1);
    expect(server.rows.get(1).came).toBe(3);
    await click(".o_count_filters button:contains(All)");
    await animationFrame();
    expectCame("SKU-1", "3/3");
    expectCame("SKU-2", "2/3");
    expect(".o_count_progress").toHaveText(/1 of 2 cartons/);
});

test("a carton that is scanned again is said, and not sent", async () => {
    const server = makeServer();
    await mountScreen(server);
    for (const code of ["CT00000001", "00347123450000000011", "ct00000001"]) {
        await scan(code);
        await settle();
    }
    expect(".o_count_message").toHaveText(/scanned already. It is counted once/);
    expect(sounds.at(-1)).toBe("wrong");
    expect(server.rows.get(1).came).toBe(3);
});

test("a carton is taken back, once it was sent and before", async () => {
    const server = makeServer();
    await mountScreen(server);
    await scan("CT00000001");
    await settle();
    await click(".o_count_undo");
    await settle();
    expect(".o_count_message").toHaveText("Undone. Carton CT00000001 (1 of 2)");
    expectCame("SKU-1", "0/3");
    expect(server.rows.get(2).came).toBe(0);
    server.isDown = true;
    await scan("CT00000001");
    expect(".o_count_progress").toHaveText(/1 of 2 cartons/);
    await click(".o_count_undo");
    await animationFrame();
    expect(".o_count_progress").toHaveText(/0 of 2 cartons/);
    expectCame("SKU-1", "0/3");
    server.isDown = false;
    await advanceTime(30000);
    expect(server.rows.get(1).came).toBe(0);
});

test("what comes beyond what is expected is said with the carton", async () => {
    const server = makeServer();
    await mountScreen(server);
    await scan("SKU-1");
    await scan("CT00000001");
    expect(".o_count_message").toHaveText(/5 Units counted. · Product 1: 4 of 3 Units/);
    expect(sounds.at(-1)).toBe("surplus");
});

test("a carton that is to be opened shows what is in it", async () => {
    const server = makeServer({ trusts_cartons: false });
    await mountScreen(server);
    await scan("CT00000001");
    expect(".o_count_panel h2").toHaveText("CT00000001 (1 of 2)");
    expect(".o_count_panel li").toHaveCount(2);
    expect(".o_count_panel li:first").toHaveText(/3 Units/);
    await scan("SKU-1");
    expect(".o_count_panel").toHaveCount(0);
    await settle();
    expectCame("SKU-1", "1/3");
});

test("in a blind count a carton says nothing", async () => {
    const cartons = CARTONS.map((carton) => ({ ...carton, parts: [] }));
    const policies = { blind: true, trusts_cartons: false };
    const server = new Server([makeRow(1, { expected: undefined })], {
        cartons,
        policies,
    });
    await mountScreen(server);
    await scan("CT00000001");
    expect(".o_count_panel").toHaveCount(0);
    expect(".o_count_message").toHaveText(/is here. Open it, and count what is in it/);
});

test("a carton of another transfer is counted there, in two presses", async () => {
    const server = makeServer();
    server.apply = () => ({
        status: "refused",
        message: "Of ST/2",
        offer: { kind: "count", transfer_id: 6, name: "ST/2" },
    });
    const openTransfer = (id) => expect.step(`open ${id}`);
    await mountScreen(server, { openTransfer });
    await scan("CT00000099");
    await settle();
    expect(".o_count_offer").toHaveText("Count ST/2");
    await click(".o_count_offer");
    expect.verifySteps(["open 6"]);
});

test("who waits for a carton that went astray is told, in two presses", async () => {
    const server = makeServer();
    server.apply = (event) =>
        event.kind === "astray"
            ? { status: "counted", message: "Told", line_id: false, carton: { id: 7 } }
            : { status: "refused", message: "Elsewhere", offer: { kind: "tell" } };
    await mountScreen(server);
    await scan("CT00000099");
    await settle();
    await click(".o_count_offer");
    await settle();
    expect(".o_count_message").toHaveText("Told");
    expect(server.events.map(({ kind }) => kind)).toEqual(["scan", "astray"]);
});

test("cartons that were not scanned are said before submitting", async () => {
    const server = makeServer();
    server.missingCartons = "CT00000002 (2 of 2)";
    await mountScreen(server);
    await scan("CT00000001");
    await settle();
    await click(".o_count_submit");
    await settle();
    expect(".o_count_missing_cartons").toHaveText(/CT00000002 \(2 of 2\)/);
});
