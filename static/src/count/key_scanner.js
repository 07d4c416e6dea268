// A scanner types faster than a hand: at most this long between two keys.
const LONGEST_GAP = 60;
const SHORTEST_CODE = 3;
// Without Enter at its end, only this much is surely no hand.
const SHORTEST_CODE_WITHOUT_END = 6;

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
        if (!ev.key || ev.isComposing || ev.metaKey) {
            return false;
        }
        const isSlow = ev.timeStamp - this.lastTime > LONGEST_GAP;
        if ((ev.key === "Enter" || ev.key === "Tab") && !ev.ctrlKey && !ev.altKey) {
            return this.onEnd(ev, isSlow);
        }
        if (ev.key.length !== 1 || ev.ctrlKey || ev.altKey) {
            return false;
        }
        if (ev.key === " " && !this.keys) {
            return false; // presses a button
        }
        if (isSlow || !this.keys) {
            this.start(ev);
        }
        this.keys += ev.key;
        this.lastTime = ev.timeStamp;
        this.wait();
        if (!this.isInField) {
            ev.preventDefault();
        }
        return !this.isInField;
    }

    start(ev) {
        this.tellHand();
        this.isInField = isEditable(ev.target) && this.isField(ev.target);
        this.target = ev.target;
        this.valueBefore = ev.target.value;
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
        if (this.isInField) {
            this.target.value = this.valueBefore;
            this.target.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
        this.onScan(code.trim());
    }

    wait() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => {
            if (this.keys.length >= SHORTEST_CODE_WITHOUT_END) {
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
        if (keys && !this.isInField) {
            this.onKeys(keys);
        }
    }

    close() {
        clearTimeout(this.timer);
    }
}
