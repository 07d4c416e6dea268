import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { browser } from "@web/core/browser/browser";
import { makeMockEnv } from "@web/../tests/web_test_helpers";
import { CountHost } from "@store_transfer/count/count_host";
import { ShipHost } from "@store_transfer/ship/ship_host";
import { makeRow, Server } from "../count/count_server";

defineMailModels();

let server;

beforeEach(async () => {
    await makeMockEnv();
    server = new Server([makeRow(1)]);
});

/** What a page gives, of which the server is all that answers. */
function makePage(values = {}) {
    return {
        call: async (model, method, args) => {
            expect.step(`${model} ${method} ${JSON.stringify(args)}`);
            return method === "get_screen"
                ? server.getScreen()
                : { params: { count_id: 1, pick_id: 2 } };
        },
        callSilently: async (_model, method, [[id], ...args]) => {
            expect.step(`${method} of ${id}`);
            return server.call(method, args);
        },
        open: (id) => expect.step(`open ${id}`),
        ...values,
    };
}

test("a document is started by its transfer, and opened", async () => {
    const host = new CountHost(makePage());
    expect(await host.start(5)).toBe(1);
    const screen = await host.load(1);
    expect(host.getDocument(screen).name).toBe("ST/1");
    expect(await new ShipHost(makePage()).start(5)).toBe(2);
    expect.verifySteps([
        "store.transfer action_scan [[5]]",
        "store.transfer.count get_screen [[1]]",
        "store.transfer action_pick [[5]]",
    ]);
});

test("what is kept of a document has keys of its own", () => {
    const count = new CountHost(makePage()).getProps(server.getScreen());
    expect(count.storageKey).toMatch(/^store_transfer_count\/[^/]*\/\d+\/1\/$/);
    const screen = { pick: { id: 1, transfer_id: 5, name: "ST/1" } };
    const pick = new ShipHost(makePage()).getProps(screen);
    expect(pick.storageKey).toMatch(/^store_transfer_pick\/[^/]*\/\d+\/1\/$/);
});

test("a page without forms offers none", () => {
    const screen = server.getScreen();
    expect(new CountHost(makePage()).getProps(screen).onOpenForm).toBe(undefined);
    const openForm = ({ id }) => expect.step(`form of ${id}`);
    new CountHost(makePage({ openForm })).getProps(screen).onOpenForm();
    expect.verifySteps(["form of 1"]);
});

test("what came too late goes into the next document of the transfer", async () => {
    const props = new CountHost(makePage()).getProps(server.getScreen());
    expect(await props.startNext()).toBe(props.storageKey);
    props.openNext();
    expect.verifySteps(["store.transfer action_scan [[5]]", "open 1"]);
});

test("what was left without a network is sent by its document", async () => {
    const host = new CountHost(makePage());
    await host.openPhotos();
    const event = { uuid: "a", kind: "scan", line_id: 1, quantity: 1 };
    browser.localStorage.setItem(
        `${host.leftovers.getKey(1)}0-a`,
        JSON.stringify(event)
    );
    expect(await host.sendLeftovers()).toEqual([]);
    expect.verifySteps(["record_scans of 1"]);
    expect(server.rows.get(1).came).toBe(1);
});
