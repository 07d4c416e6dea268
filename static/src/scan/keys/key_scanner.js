import { onWillUnmount, useExternalListener } from "@odoo/owl";
import { session } from "@web/session";

// Odoo's own setting: so many ms may a scanner hesitate between two keys.
export const LONGEST_GAP = session.max_time_between_keys_in_ms || 150;
// What a browser needs to hand over a key, and how late it is when it is busy.
const GRACE = 30;
const LATE = 50;
// Most gaps of a scanner are at most this long, and hardly any of a hand.
const QUICK_GAP = 35;
const SHORTEST_CODE = 3;
// In a text only this much is surely no hand; more so without Enter at its end.
const SHORTEST_CODE_IN_TEXT = 4;
const SHORTEST_CODE_WITHOUT_END = 6;
// So many digits at once are the number of a product, not of pieces.
const LONG_NUMBER = 8;
// A scanner may hesitate before its Enter, too.
const LONGEST_WAIT_FOR_END = 500;
const GS1_SEPARATOR = "\x1d";
const MODIFIERS = ["Shift", "CapsLock", "NumLock", "AltGraph", "Unidentified"];
const FIELDS = "textarea, input:not([type=checkbox], [type=radio], [type=file])";

export function isNumber(keys) {
    return /^[\d.,\s']+$/.test(keys);
}

function isOneKey(keys) {
    return [...keys].every((key) => key === keys[0]);
}

function takesNumbers(field) {
    return ["decimal", "numeric"].includes(field.inputMode);
}

function stop(ev) {
    ev.preventDefault();
    ev.stopPropagation();
}

/**
 * Tells the keys of a barcode scanner, which acts as a keyboard, from those of a hand.
 *
 * Keys outside of any field are held back until it is known what they are, so that the
 * head of a code never becomes a quantity or a hotkey. In a field they show at once:
 * what a scanner left there is taken out again. Only a list of proposals, which would
 * open, waits for a moment.
 */
export class KeyScanner {
    /**
     * @param {Object} params
     * @param {(code: string) => void} params.onScan
     * @param {(keys: string) => void} params.onKeys what a hand typed outside of any
     *  field: a number, or one key as often as it was pressed
     * @param {(target: Element) => boolean} params.isField a field for hands
     */
    constructor({ onScan, onKeys, isField }) {
        Object.assign(this, { onScan, onKeys, isField });
        this.keys = "";
        this.lastTime = 0;
        this.endDue = 0;
        this.held = "";
    }

    /** Tell whether the key belonged to a code, and is dealt with. */
    onKeydown(ev) {
        if (ev.key === "]" && ev.ctrlKey && this.keys) {
            return this.onSeparator(ev);
        }
        if (!ev.key || ev.isComposing || ev.metaKey || ev.ctrlKey || ev.altKey) {
            this.giveBack();
            return false;
        }
        if (ev.timeStamp - this.lastTime > LONGEST_GAP) {
            this.finish();
        }
        if (ev.key === "Enter" || ev.key === "Tab") {
            return this.onEnd(ev);
        }
        return ev.key.length === 1 ? this.onPrintable(ev) : this.onOther(ev);
    }

    /** The separator of a GS1 code, as many scanners type it. */
    onSeparator(ev) {
        stop(ev);
        this.add(GS1_SEPARATOR, ev.timeStamp);
        return true;
    }

    onPrintable(ev) {
        const isHeld = this.keys && !this.field;
        // A key that was late may have moved the focus: the code goes on all the same.
        const field = isHeld ? null : this.getField(ev.target);
        if (field !== this.field) {
            this.finish();
        }
        // A space at the start presses a button.
        if ((field && !this.isFromKeyboard(ev)) || (!this.keys && ev.key === " ")) {
            return false;
        }
        if (!this.keys) {
            this.start(field);
        }
        this.add(ev.key, ev.timeStamp);
        return this.hold(ev);
    }

    /** What is typed into a list of proposals opens it: it waits for the next key. */
    hold(ev) {
        const isHeld = !this.field || this.field.matches("[role=combobox]");
        if (isHeld) {
            stop(ev);
        }
        if (isHeld && this.field) {
            this.held += ev.key;
        }
        return isHeld;
    }

    /** Escape, an arrow and the like come from a hand. */
    onOther(ev) {
        if (!MODIFIERS.includes(ev.key)) {
            this.finish();
        }
        return false;
    }

    onEnd(ev) {
        // What was held back was not seen by who pressed Enter.
        const isHeld = Boolean(this.keys) && !this.field;
        const isDone = this.isEndOfCode(ev) || isHeld;
        if (isDone) {
            stop(ev);
        }
        return isDone;
    }

    isEndOfCode(ev) {
        const isDue = ev.timeStamp < this.endDue;
        this.endDue = 0;
        if (!this.keys) {
            return isDue;
        }
        this.gaps.push(ev.timeStamp - this.lastTime);
        return this.finish(true);
    }

    /** A script that fills a field in is as fast as a scanner, but is none. */
    isFromKeyboard(ev) {
        return ev.isTrusted;
    }

    getField(target) {
        return target?.matches?.(FIELDS) && this.isField(target) ? target : null;
    }

    start(field) {
        this.field = field;
        this.gaps = [];
        this.before = field && {
            value: field.value,
            selection: [field.selectionStart, field.selectionEnd],
        };
    }

    add(key, time) {
        const gap = time - this.lastTime;
        if (this.keys) {
            this.gaps.push(gap);
        }
        if (gap > QUICK_GAP) {
            this.giveBack();
        }
        this.keys += key;
        this.lastTime = time;
        this.wait();
    }

    /** Tell whether most gaps, of three at least, are too short for a hand. */
    get isQuick() {
        const gaps = this.gaps.toSorted((first, second) => first - second);
        return gaps[Math.floor(gaps.length / 2)] <= QUICK_GAP;
    }

    isCode(hasEnd) {
        if (this.field && !takesNumbers(this.field)) {
            return this.isCodeInText(hasEnd);
        }
        const { keys } = this;
        const isLong = keys.length >= SHORTEST_CODE;
        if (isNumber(keys)) {
            return keys.length >= LONG_NUMBER || (isLong && this.isQuick);
        }
        if (this.field) {
            // Odoo's own fields take "=12*3", too.
            return isLong && (this.isQuick || /[a-z]/i.test(keys));
        }
        return hasEnd || !isOneKey(keys);
    }

    isCodeInText(hasEnd) {
        const shortest = hasEnd ? SHORTEST_CODE_IN_TEXT : SHORTEST_CODE_WITHOUT_END;
        return this.keys.length >= shortest && this.isQuick;
    }

    wait() {
        this.clear();
        const due = Date.now() + LONGEST_GAP + GRACE;
        this.timer = setTimeout(() => {
            // A timer that is late tells that keys may be late as well.
            if (Date.now() - due > LATE) {
                this.wait();
            } else {
                this.finish();
            }
        }, LONGEST_GAP + GRACE);
        this.fieldTimer = setTimeout(() => this.giveBack(), QUICK_GAP);
    }

    clear() {
        clearTimeout(this.timer);
        clearTimeout(this.fieldTimer);
    }

    /** Nothing more belongs to these keys; tell whether they were a code. */
    finish(hasEnd = false) {
        const { keys } = this;
        if (!keys) {
            return false;
        }
        this.clear();
        const isCode = this.isCode(hasEnd);
        this.keys = "";
        if (isCode) {
            this.endDue = hasEnd ? 0 : this.lastTime + LONGEST_WAIT_FOR_END;
            this.restoreField();
            this.onScan(keys.trim());
        } else if (this.field) {
            this.giveBack();
        } else {
            this.onKeys(keys);
        }
        return isCode;
    }

    /** Give a field what was held back from it. */
    giveBack() {
        const { held, field } = this;
        this.held = "";
        if (held && document.activeElement === field) {
            // As if it were typed now: nothing else does that.
            document.execCommand("insertText", false, held);
        } else if (held) {
            field.value += held;
            this.tellField();
        }
    }

    restoreField() {
        const { field, before } = this;
        this.held = "";
        if (!field || field.value === before.value) {
            return;
        }
        field.value = before.value;
        if (before.selection[0] !== null) {
            field.setSelectionRange(...before.selection);
        }
        this.tellField();
    }

    tellField() {
        this.field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }

    close() {
        this.clear();
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
    const capture = { capture: true };
    useExternalListener(window, "keydown", onKeydown, capture);
    useExternalListener(window, "pointerdown", () => scanner.giveBack(), capture);
    onWillUnmount(() => scanner.close());
    return scanner;
}
