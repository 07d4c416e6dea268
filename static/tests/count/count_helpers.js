import { expect } from "@odoo/hoot";
import { press, queryFirst } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { CountScreen } from "@store_transfer/count/count_screen";
import { Store } from "./count_server";

/** What the screen that was mounted last has played. */
export const sounds = [];

export async function mountScreen(server, props = {}) {
    sounds.length = 0;
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
export async function scan(code) {
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
export async function type(keys) {
    for (const key of keys) {
        await press(key);
        await advanceTime(200);
    }
    await animationFrame();
}

export function getRow(sku) {
    return queryFirst(`.o_count_row[data-sku=${sku}]`);
}

export function expectCame(sku, text) {
    expect(`.o_count_row[data-sku=${sku}] .o_count_quantity div:first`).toHaveText(
        text
    );
}
