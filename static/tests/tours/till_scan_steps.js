/* global posmodel */

/** What people do on the scan screen at the till, besides what they do everywhere. */

/** From a transfer to the scan screen of a job. */
export function openScan(job) {
    return [
        {
            trigger: `.o_till_transfer_screen [data-step=${job}]`,
            run: "click",
        },
        {
            trigger: ".o_till_scan .o_count_screen",
        },
    ];
}

/** What a scanner behind an IoT box does: its codes are no keys. */
export function scanByBox(...codes) {
    return {
        trigger: ".o_till_scan",
        async run() {
            for (const code of codes) {
                await posmodel.barcodeReader.scan(code);
            }
        },
    };
}

/** The till itself says nothing of what was scanned for us. */
export function seeNoWarning() {
    return {
        trigger: ".pos:not(:has(.modal)):not(:has(.o_notification))",
    };
}

export function seeScreen(name) {
    return {
        trigger: ".pos",
        run() {
            const { current } = posmodel.router.state;
            if (current !== name) {
                throw new Error(`The till shows ${current}, and not ${name}.`);
            }
        },
    };
}

export function reload() {
    return {
        trigger: ".o_till_scan .o_count_screen",
        run: () => window.location.reload(),
        expectUnloadPage: true,
    };
}

/** The scan screen was left without a word: its list leads back to it. */
export function goOn(number) {
    return [
        {
            trigger: `.o_till_kept_job:contains(${number}) button`,
            run: "click",
        },
        {
            trigger: ".o_till_scan .o_count_screen",
        },
    ];
}

/** The network of the whole till, which is there or not. */
export const tillNetwork = {
    isDown: false,
    cut() {
        const { send } = XMLHttpRequest.prototype;
        this.isDown = true;
        XMLHttpRequest.prototype.send = function (...args) {
            if (tillNetwork.isDown) {
                setTimeout(() => this.dispatchEvent(new Event("error")));
            } else {
                send.apply(this, args);
            }
        };
    },
    mend() {
        this.isDown = false;
    },
    /** It takes its time, until it is released. */
    hold() {
        const { send } = XMLHttpRequest.prototype;
        const released = new Promise((resolve) => (this.release = resolve));
        XMLHttpRequest.prototype.send = async function (...args) {
            await released;
            send.apply(this, args);
        };
    },
};
