import { onWillUnmount, useExternalListener } from "@odoo/owl";

// A scanner types faster than a hand: at most this long between two keys.
const LONGEST_GAP = 60;
const SHORTEST_CODE = 3;
// Without Enter at its end, and outside of a field, only this much is surely no hand.
const SHORTEST_CODE_WITHOUT_END = 6;
const GS1_SEPARATOR = "\x1d";

function isEditable(target) {
    return Boolean(target?.matches?.("input, textarea, [contenteditable=true]"));
}

/**
 * Tells the keys of a barcode scanner, which acts as a keyboard, from those of a hand.
 *
 * A scanner may come at any moment, also while somebody types into a field: what it
 * left there is taken out again.
 */
export class KeyScanner {
    /**
     * @param {Object} params
     * @param {(code: string) => void} params.onScan
     * @param {(keys: string) => void} params.onKeys printable keys of a hand, typed
     *  outside of any field
     * @param {(target: Element) => boolean} params.isField a field for hands
     */
    constructor({ onScan, onKeys, isField }) {
        Object.assign(this, { onScan, onKeys, isField });
        this.keys = "";
        this.lastTime = 0;
    }

    /** Tell whether the key belonged to a code, and is dealt with. */
    onKeydown(ev) {
        if (ev.key === "]" && ev.ctrlKey && this.keys) {
            return this.onSeparator(ev);
        }
        if (!ev.key || ev.isComposing || ev.metaKey || ev.ctrlKey || ev.altKey) {
            return false;
        }
        const isSlow = ev.timeStamp - this.lastTime > LONGEST_GAP;
        if (ev.key === "Enter" || ev.key === "Tab") {
            return this.onEnd(ev, isSlow);
        }
        // A space at the start presses a button.
        const isPrintable = ev.key.length === 1 && (ev.key !== " " || this.keys);
        return Boolean(isPrintable) && this.onPrintable(ev, isSlow);
    }

    /** The separator of a GS1 code, as many scanners type it. */
    onSeparator(ev) {
        ev.preventDefault();
        this.keys += GS1_SEPARATOR;
        this.lastTime = ev.timeStamp;
        return true;
    }

    onPrintable(ev, isSlow) {
        const field = this.getField(ev.target);
        if (isSlow || !this.keys || field !== this.field) {
            this.start(field);
        }
        this.keys += ev.key;
        this.lastTime = ev.timeStamp;
        this.wait();
        if (!field) {
            ev.preventDefault();
        }
        return !field;
    }

    getField(target) {
        return isEditable(target) && this.isField(target) ? target : null;
    }

    start(field) {
        this.tellHand();
        this.field = field;
        this.valueBefore = field?.value;
    }

    onEnd(ev, isSlow) {
        const code = this.keys;
        if (isSlow || code.length < SHORTEST_CODE) {
            this.tellHand();
            return false;
        }
        ev.preventDefault();
        ev.stopPropagation();
        this.take(code);
        return true;
    }

    take(code) {
        clearTimeout(this.timer);
        this.keys = "";
        this.lastTime = 0;
        if (this.field) {
            this.field.value = this.valueBefore;
            this.field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
        this.onScan(code.trim());
    }

    wait() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => {
            if (!this.field && this.keys.length >= SHORTEST_CODE_WITHOUT_END) {
                this.take(this.keys);
            } else {
                this.tellHand();
            }
        }, LONGEST_GAP + 40);
    }

    /** Nothing more came: it was a hand. */
    tellHand() {
        clearTimeout(this.timer);
        const keys = this.keys;
        this.keys = "";
        if (keys && !this.field) {
            this.onKeys(keys);
        }
    }

    close() {
        clearTimeout(this.timer);
    }
}

/**
 * Listen to all keys of the page, before any field gets them, until the component goes.
 *
 * @param {Object} params
 * @param {(code: string) => void} params.onScan
 * @param {(keys: string) => void} [params.onKeys]
 * @param {(ev: KeyboardEvent) => void} params.onKeydown hands what it wants read as a
 *  scanner's to the scanner's own onKeydown
 * @returns {KeyScanner}
 */
export function useKeyScanner({ onScan, onKeys = () => {}, onKeydown }) {
    const scanner = new KeyScanner({
        onScan,
        onKeys,
        // Odoo's own barcode input catches scans; no hand types there.
        isField: (target) => !target.matches(".o-barcode-input"),
    });
    useExternalListener(window, "keydown", onKeydown, { capture: true });
    onWillUnmount(() => scanner.close());
    return scanner;
}
