/**
 * What a job costs the hands of who does it.
 *
 * A press is a click or a tap; a key that has a name, as Tab or Enter; and a word or a
 * number that is typed in one go. What a scanner reads is no press: it is what the
 * scanner is for; it is told beside the number. A file is chosen by two presses in the
 * system's own dialog, which no page can see. It is counted from the first screen after
 * logging in, and by what arrives in the page, not by what a tour says that it does.
 */

import { fill, press } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";
import { utils } from "@web/core/ui/ui_service";

const MODIFIERS = ["Alt", "Control", "Meta", "Shift"];

class Hands {
    constructor() {
        window.addEventListener("pointerdown", () => this.countClick(), true);
        window.addEventListener("keydown", (ev) => this.countKey(ev), true);
        this.rest();
    }

    rest() {
        this.presses = 0;
        this.scans = 0;
        this.isScanning = false;
        this.isTyping = false;
    }

    countClick() {
        this.presses += 1;
        this.isTyping = false;
    }

    countKey({ key, ctrlKey }) {
        if (this.isScanning || MODIFIERS.includes(key)) {
            return;
        }
        const isTyping = key.length === 1 && !ctrlKey;
        if (!isTyping || !this.isTyping) {
            this.presses += 1;
        }
        this.isTyping = isTyping;
    }

    /**
     * All keys at once, then Enter. In a field, keys of a script are none of a scanner:
     * tests/test_scan_into_form.py scans there, with a real keyboard.
     */
    scan(code) {
        this.isScanning = true;
        const time = performance.now();
        for (const key of [...code, "Enter"]) {
            const ev = new KeyboardEvent("keydown", {
                key,
                bubbles: true,
                cancelable: true,
            });
            Object.defineProperty(ev, "timeStamp", { value: time });
            document.body.dispatchEvent(ev);
        }
        this.isScanning = false;
        this.isTyping = false;
        this.scans += 1;
    }
}

let hands = null;

/**
 * Add a tour that does a job, says what it cost, and fails if that was too much.
 *
 * `./dev presses` shows what they say.
 *
 * @param {string} job
 * @param {object} limits what it cost `before`, and what it may cost `atMost`; on a
 *     phone, where the app and its menus are further away, `atMostOnPhone`
 * @param {() => object[]} getSteps
 */
export function addJob(job, { before, atMost, atMostOnPhone }, getSteps) {
    const name = `store_transfer_presses_${job.replaceAll(/\W+/g, "_")}`;
    registry.category("web_tour.tours").add(name, {
        steps: () => [
            {
                trigger: "body",
                run() {
                    hands ||= new Hands();
                    hands.rest();
                },
            },
            ...getSteps(),
            {
                trigger: "body",
                run() {
                    const { presses, scans } = hands;
                    const isSmall = utils.isSmall();
                    const limit = isSmall ? atMostOnPhone : atMost;
                    const device = isSmall ? "phone" : "desktop";
                    // eslint-disable-next-line no-console
                    console.log(
                        `presses: ${job} | ${device} | ${before} | ${presses} | ${scans}`
                    );
                    if (presses > limit) {
                        throw new Error(`${presses} presses; ${limit} are enough.`);
                    }
                },
            },
        ],
    });
}

/** Press one of the buttons above *My Work*, where one is after logging in. */
export function begin(label) {
    return {
        trigger: `.o_control_panel button:text(${label})`,
        run: "click",
    };
}

/** Type a word where the cursor is already: nobody has to click there first. */
export function typeWord(field, word) {
    return {
        trigger: `${field}:focus`,
        run() {
            const { selectionStart, selectionEnd } = this.anchor;
            // What is selected gives way to the word, and not to each of its keys.
            this.anchor.setRangeText("", selectionStart, selectionEnd);
            return fill(word);
        },
    };
}

/** Press a key that has a name; the cursor is in `field`. */
export function pressKey(field, key) {
    return {
        trigger: `${field}:focus`,
        run: () => press(key),
    };
}

/** What a scanner reads while something that matches `screen` is shown. */
export function scanCodes(screen, ...codes) {
    return {
        trigger: screen,
        run: () => codes.forEach((code) => hands.scan(code)),
    };
}

/** Press a button that opens the system's dialog, and choose a file there. */
export function chooseFile(button, input, name) {
    return {
        trigger: button,
        async run() {
            const response = await fetch(`/store_transfer_tour/${name}`);
            const files = new DataTransfer();
            files.items.add(new File([await response.blob()], name));
            const element = document.querySelector(input);
            element.files = files.files;
            element.dispatchEvent(new Event("change", { bubbles: true }));
            // The button, the file, "Open".
            hands.presses += 3;
        },
    };
}
