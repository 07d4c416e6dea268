/* global posmodel */

import { registry } from "@web/core/registry";
import { pressKeys, scan, seeRow, seeSync } from "./scan_steps";
import { openScan, seeNoWarning, tillNetwork } from "./till_scan_steps";
import {
    backToSale,
    openRegister,
    openTransfer,
    openTransfers,
    pressTransfers,
    reload,
    ringUp,
    seeSale,
    tillIsThere,
} from "./till_steps";

const tours = registry.category("web_tour.tours");

const TEA = "4710000000011";
const MUG = "4710000000028";
const BUNDLE = "store_transfer.assets_pos_screens";
const AT_START = "@store_transfer/pos_start/";
const TILL_CACHE = "odoo-pos-cache";

/** Which of our modules have been started that the till does not start with. */
function getLoaded() {
    return [...odoo.loader.modules.keys()].filter(
        (name) =>
            name.startsWith("@store_transfer/") &&
            !name.startsWith(AT_START) &&
            !name.includes("/tests/")
    );
}

/** The till is shown, and nothing has been loaded that it can do without. */
function seeNothingLoaded() {
    return {
        ...tillIsThere,
        run() {
            const loaded = getLoaded();
            if (loaded.length || document.querySelector(`script[src*="${BUNDLE}"]`)) {
                throw new Error(`This was loaded already: ${loaded}`);
            }
        },
    };
}

/** Wait until `isThere()` is true, which is seen nowhere on the screen. */
function waitFor(content, isThere) {
    return {
        content,
        trigger: ".product-screen",
        async run() {
            while (!(await isThere())) {
                await new Promise((resolve) => setTimeout(resolve, 100));
            }
        },
        timeout: 20000,
    };
}

async function isKept() {
    const kept = await (await caches.open(TILL_CACHE)).keys();
    const ours = kept.map(({ url }) => url).filter((url) => url.includes(BUNDLE));
    return ["/web/bundle/", ".js", ".css"].every((part) =>
        ours.some((url) => url.includes(part))
    );
}

tours.add("store_transfer_till_idle", {
    steps: () => [
        seeNothingLoaded(),
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        waitFor("Nobody does anything, and they come", () => getLoaded().length),
        waitFor("They are there for a start without a network, too", isKept),
        seeNoWarning(),
        ...openTransfers(),
        ...backToSale(),
        ...seeSale("Oolong Tea"),
    ],
});

/** The network that brings files, and is there or not, or takes its time. */
const files = {
    isDown: false,
    hold() {
        const { fetch } = window;
        const released = new Promise((resolve) => (this.release = resolve));
        window.fetch = async (...args) => {
            await released;
            return fetch(...args);
        };
    },
    cut() {
        const { fetch } = window;
        this.isDown = true;
        window.fetch = async (...args) => {
            if (files.isDown) {
                throw new TypeError("Failed to fetch");
            }
            return fetch(...args);
        };
    },
    mend() {
        this.isDown = false;
    },
};

tours.add("store_transfer_till_late", {
    steps: () => [
        {
            ...tillIsThere,
            run: () => files.cut(),
        },
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...pressTransfers(),
        {
            trigger: ".o_till_page .o_till_problem:contains(No connection) button",
            run: "click",
        },
        {
            trigger: ".o_till_page .o_till_problem:contains(No connection)",
        },
        seeNoWarning(),
        ...backToSale(),
        ...seeSale("Oolong Tea"),
        ...pressTransfers(),
        {
            trigger: ".o_till_page .o_till_problem",
            run: () => files.mend(),
        },
        {
            content: "Nobody presses anything",
            trigger: ".o_till_transfers_screen",
            timeout: 30000,
        },
        ...backToSale(),
        ...seeSale("Oolong Tea"),
    ],
});

/** Go to transfers while their screens are on their way, and scan there. */
function scanTooEarly(code) {
    return [
        {
            ...tillIsThere,
            run: () => files.hold(),
        },
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...pressTransfers(),
        {
            trigger: ".o_till_page [role=status]",
            run: () => posmodel.barcodeReader.scan(code),
        },
    ];
}

tours.add("store_transfer_till_early", {
    steps: () => [
        ...scanTooEarly(MUG),
        {
            trigger: ".o_till_page [role=status]",
            run: () => files.release(),
        },
        {
            trigger: ".o_till_lookup_screen:contains(Clay Mug)",
            timeout: 30000,
        },
        seeNoWarning(),
        ...backToSale(),
        ...seeSale("Oolong Tea"),
    ],
});

tours.add("store_transfer_till_too_early", {
    steps: () => [
        ...scanTooEarly(MUG),
        ...backToSale(),
        {
            trigger: `.o_notification:contains(${MUG} was not taken)`,
        },
        ...seeSale("Oolong Tea"),
        {
            content: "What is scanned now is sold",
            trigger: ".product-screen",
            run: () => posmodel.barcodeReader.scan(MUG),
        },
        ...seeSale("Clay Mug"),
        {
            trigger: ".product-screen",
            run: () => files.release(),
        },
    ],
});

/** The ids of what stands here and is not counted: nothing of it is on the screen yet. */
async function findArrived() {
    const { transfers } = await posmodel.data.call(
        "store.transfer.till",
        "get_transfers",
        [posmodel.config.raw.picking_type_id, "processing"]
    );
    return transfers.map(({ id }) => id);
}

/** The address is another one, and there is nothing to be seen of it. */
async function seeAddress({ transferId }) {
    while (posmodel.router.state.params.transferId !== transferId) {
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

tours.add("store_transfer_till_early_elsewhere", {
    steps: () => [
        {
            ...tillIsThere,
            run: () => files.hold(),
        },
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        {
            content: "Scanned into one count, and then somebody goes back to another",
            trigger: ".product-screen",
            async run() {
                const job = "count";
                const [shown, scanned] = await findArrived();
                posmodel.navigate("TransferScanScreen", { transferId: shown, job });
                posmodel.navigate("TransferScanScreen", { transferId: scanned, job });
                await seeAddress({ transferId: scanned });
                await posmodel.barcodeReader.scan(TEA);
                window.history.back();
                await seeAddress({ transferId: shown });
            },
        },
        {
            trigger: `.o_notification:contains(${TEA} was not taken)`,
        },
        {
            trigger: ".o_till_page [role=status]",
            run: () => files.release(),
        },
        {
            trigger: ".o_till_scan .o_count_screen .o_count_numbers:contains(0 of 10)",
            timeout: 30000,
        },
        seeSync("Saved"),
        ...backToSale(),
        ...seeSale("Oolong Tea"),
    ],
});

tours.add("store_transfer_till_code_across", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...openTransfer("processing", "EC Warehouse"),
        {
            trigger: ".o_till_transfer_screen [data-step=count]",
            run(helpers) {
                tillNetwork.hold();
                return helpers.click();
            },
        },
        {
            content: "A scanner has begun to type",
            trigger: ".o_till_scan [role=status]",
            run() {
                pressKeys([...TEA.slice(0, 5)]);
                tillNetwork.release();
            },
        },
        {
            content: "The screen is there, and the scanner goes on",
            trigger: ".o_till_scan .o_count_screen",
            run: () => pressKeys([...TEA.slice(5), "Enter"]),
        },
        seeRow("TEA-001", "1/10"),
        scan(TEA),
        seeRow("TEA-001", "2/10"),
        seeSync("Saved"),
        seeNoWarning(),
    ],
});

tours.add("store_transfer_till_first_tab", {
    steps: () => [
        {
            content: "No number was ever known",
            ...tillIsThere,
            run: () => tillNetwork.cut(),
        },
        ...openRegister(),
        ...openTransfers(),
        {
            trigger: ".o_till_transfers_screen .o_till_problem:contains(No connection)",
            run: () => tillNetwork.mend(),
        },
        {
            content: "The till is back, and nobody does anything",
            trigger: ".o_till_tabs [data-tab=processing].active",
            timeout: 20000,
        },
        {
            trigger: ".o_till_row:contains(EC Warehouse)",
        },
    ],
});

tours.add("store_transfer_till_kept_scans", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        ...openTransfer("processing", "EC Warehouse"),
        ...openScan("count"),
        {
            trigger: ".o_count_screen",
            run: () => tillNetwork.cut(),
        },
        scan(TEA, TEA),
        seeRow("TEA-001", "2/10"),
        seeSync("Offline, 2 kept on this device"),
        ...backToSale(),
        ...reload(),
        waitFor("Nobody opens transfers, and nothing is kept any more", () =>
            Object.keys(localStorage).every(
                (key) => !key.startsWith("store_transfer_count/")
            )
        ),
        seeNoWarning(),
    ],
});
