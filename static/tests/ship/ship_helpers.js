import { expect } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { ShipScreen } from "@store_transfer/ship/ship_screen";
import { Store } from "../count/count_server";

/** Show the pick list of a server. */
export async function mountShip(server, props = {}) {
    await mountWithCleanup(ShipScreen, {
        props: {
            screen: server.getScreen(),
            call: (method, args) => server.call(method, args),
            storage: new Store(),
            photoStorage: new Store(),
            storageKey: "pick/1/",
            device: "Phone 1",
            sound: () => {},
            notify: (message) => expect.step(message),
            imageUrl: () => "data:,",
            onExit: () => expect.step("exit"),
            onSubmitted: () => expect.step("submitted"),
            print: async ({ name }) => expect.step(`printed ${name}`),
            ...props,
        },
    });
}

/** What was scanned is answered, and shown. */
export async function settle() {
    await animationFrame();
    await animationFrame();
}
