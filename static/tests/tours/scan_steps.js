/** What people do on the scan screen, whatever the job. */

function press(key, time = performance.now()) {
    const target = document.activeElement || document.body;
    const ev = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    Object.defineProperty(ev, "timeStamp", { value: time });
    target.dispatchEvent(ev);
}

/** All keys at once, however busy the browser is. */
export function pressKeys(keys) {
    const time = performance.now();
    keys.forEach((key) => press(key, time));
}

export function pressCode(code) {
    pressKeys([...code, "Enter"]);
}

/** What a scanner does. */
export function scan(...codes) {
    return {
        trigger: ".o_count_screen, .o_count_chooser",
        run: () => codes.forEach(pressCode),
    };
}

/** What a hand does. */
export function type(keys) {
    return [...keys].map((key) => ({
        trigger: ".o_count_screen",
        async run() {
            press(key);
            await new Promise((resolve) => setTimeout(resolve, 250));
        },
    }));
}

export function pressFocused(selector) {
    return {
        trigger: `${selector}:focus`,
        run() {
            this.anchor.click();
        },
    };
}

export function seeRow(sku, text) {
    return {
        trigger: `.o_count_row[data-sku="${sku}"] .o_count_quantity:contains(${text})`,
    };
}

export function seeSync(text) {
    return { trigger: `.o_count_sync:contains(${text})` };
}

/** Look at what submitting does, and say yes; by the keyboard alone. */
export function submit(text) {
    return [
        ...type("s"),
        pressFocused(".o_count_confirm"),
        {
            trigger: `.o_notification:contains(${text})`,
        },
    ];
}

/** Let the requests of the screen fail, as a network does that is not there. */
export const network = {
    isDown: false,
    losesAnswers: false,
    cut() {
        const { open, send } = XMLHttpRequest.prototype;
        this.isDown = true;
        XMLHttpRequest.prototype.open = function (method, url, ...args) {
            this.tourUrl = url;
            open.call(this, method, url, ...args);
        };
        XMLHttpRequest.prototype.send = function (body) {
            const fail = () => this.dispatchEvent(new Event("error"));
            if (!/\/store\.transfer\.(count|pick)\//.test(this.tourUrl)) {
                send.call(this, body);
            } else if (network.isDown) {
                setTimeout(fail);
            } else if (network.losesAnswers) {
                const headers = { "Content-Type": "application/json" };
                fetch(this.tourUrl, { method: "POST", headers, body }).then(fail);
            } else {
                send.call(this, body);
            }
        };
    },
};
