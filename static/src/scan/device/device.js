import { browser } from "@web/core/browser/browser";
import { isMobileOS } from "@web/core/browser/feature_detection";

const DEVICE_KEY = "store_transfer_device";

/** Return a name by which people tell their devices apart; it stays the same. */
export function getDeviceName() {
    const known = browser.localStorage.getItem(DEVICE_KEY);
    if (known) {
        return known;
    }
    const number = Math.floor(1000 + 9000 * Math.random());
    const name = `${isMobileOS() ? "Phone" : "Computer"} ${number}`;
    try {
        browser.localStorage.setItem(DEVICE_KEY, name);
    } catch {
        // A private window: another name the next time.
    }
    return name;
}

/** Return an id that no other device makes. */
export function makeId() {
    // Not on pages without TLS.
    if (window.crypto.randomUUID) {
        return window.crypto.randomUUID();
    }
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
