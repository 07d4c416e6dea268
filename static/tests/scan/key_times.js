import { advanceTime } from "@odoo/hoot-mock";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { KeyScanner } from "@store_transfer/scan/keys/key_scanner";

// The times of events, in ms: HOOT's clock is not theirs.
let now = 1000;

/** Take the keys of a test for those of a keyboard, also in fields. */
export function trustKeys() {
    patchWithCleanup(KeyScanner.prototype, { isFromKeyboard: () => true });
}

/** Let time go by in which nobody presses a key. */
export async function rest(time) {
    now += time;
    await advanceTime(time, { animationFrame: false });
}

export function pressKey(key) {
    const target = document.activeElement || document.body;
    const ev = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    Object.defineProperty(ev, "timeStamp", { value: now });
    if (target.dispatchEvent(ev) && key.length === 1) {
        write(document.activeElement, key);
    }
}

/** What a browser does with a key that nobody has prevented. */
function write(field, key) {
    if (field.matches("input, textarea")) {
        field.setRangeText(key, field.selectionStart, field.selectionEnd, "end");
        field.dispatchEvent(
            new InputEvent("input", { bubbles: true, inputType: "insertText" })
        );
    }
}

/**
 * Press keys one after the other.
 *
 * @param {string[]} keys
 * @param {(index: number) => number} getGap how many ms before each but the first
 */
export async function pressKeys(keys, getGap) {
    for (const [index, key] of keys.entries()) {
        await rest(index ? getGap(index) : 0);
        pressKey(key);
    }
}

/** What a scanner types, with an end key or none. */
export function getKeys(code, end) {
    return end ? [...code, end] : [...code];
}

export const ENDS = ["Enter", "Tab", null];
