/* global posmodel */
import { registry } from "@web/core/registry";
import { network, scan, seeRow, seeSync, submit, type } from "./scan_steps";
import { passSeconds } from "./till_clock";
import {
    goOn,
    openScan,
    reload,
    scanByBox,
    seeNoWarning,
    seeScreen,
    tillNetwork,
} from "./till_scan_steps";
import {
    backToList,
    backToSale,
    openRegister,
    openTransfer,
    openTransfers,
    ringUp,
    seeSale,
} from "./till_steps";

const tours = registry.category("web_tour.tours");

const TEA = "4710000000011";
const MUG = "4710000000028";

function openCount() {
    return [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        ...openTransfer("processing", "EC Warehouse"),
        ...openScan("count"),
    ];
}

/** Count how often a method is called from now on. */
function countCalls(object, name) {
    const calls = { number: 0 };
    const method = object[name];
    object[name] = function (...args) {
        calls.number += 1;
        return method.apply(this, args);
    };
    return calls;
}

/** From a sale back to the count that was left without a word. */
function backToCount() {
    return [...openTransfers(), ...goOn("ST/")];
}

tours.add("store_transfer_till_count", {
    steps: () => [
        ...openCount(),
        scan(TEA, TEA),
        seeRow("TEA-001", "2/10"),
        {
            content: "A scanner behind the box is as good as one that is a keyboard",
            ...scanByBox(TEA, MUG, MUG, MUG, MUG, MUG),
        },
        seeRow("TEA-001", "3/10"),
        seeNoWarning(),
        ...type("d"),
        {
            trigger: "[data-panel=details] #o_count_damaged",
            run: "edit 1 && press Tab",
        },
        {
            trigger: "[data-panel=details] .o_count_panel_buttons .btn-primary",
            run: "click",
        },
        scan(TEA, TEA, TEA, TEA, TEA, TEA),
        seeRow("TEA-001", "9/10"),
        seeSync("Saved"),
        ...submit("was submitted"),
        {
            trigger: ".o_till_transfer_screen",
        },
        ...backToSale(),
        ...seeSale("Oolong Tea"),
    ],
});

tours.add("store_transfer_till_unknown", {
    steps: () => [
        ...openCount(),
        {
            content: "Nothing that the till knows, or that its nomenclature takes",
            ...scanByBox("0412345", "991234", "]C10112345"),
        },
        scan("2112345678900"),
        {
            trigger: ".o_count_problems:contains(4)",
        },
        seeNoWarning(),
        {
            content: "The number of the transfer is no product",
            trigger: ".o_count_screen",
            async run() {
                const number = document.querySelector(".o_count_title h1").innerText;
                await posmodel.barcodeReader.scan(number);
            },
        },
        {
            trigger: ".o_count_message:contains(the transfer that you are counting)",
        },
        seeNoWarning(),
    ],
});

tours.add("store_transfer_till_gs1", {
    steps: () => [
        ...openCount(),
        {
            content: "A carton that has all mugs, and a piece of tea",
            trigger: ".o_count_screen",
            async run() {
                const { barcodeReader } = posmodel;
                await barcodeReader.scan("00106141411234567897");
                await barcodeReader.scan(`01${TEA.padStart(14, "0")}`);
            },
        },
        seeRow("TEA-001", "1/10"),
        {
            trigger: ".o_count_numbers:contains(6 of 15 Units)",
        },
        seeSync("Saved"),
        seeNoWarning(),
    ],
});

tours.add("store_transfer_till_camera", {
    steps: () => [
        ...openCount(),
        {
            trigger: ".o_count_camera",
            run: "click",
        },
        {
            trigger: ".o_count_message:contains(Oolong Tea: 1 of 10)",
            timeout: 20000,
        },
        {
            trigger: ".o_count_camera_close",
            run: "click",
        },
        seeSync("Saved"),
        seeNoWarning(),
    ],
});

tours.add("store_transfer_till_presence", {
    steps: () => [
        ...openCount(),
        {
            content: "Ten minutes of nothing but scans",
            trigger: ".o_count_screen",
            async run({ waitFor }) {
                for (let number = 1; number <= 60; number++) {
                    passSeconds(10);
                    scan(TEA).run();
                    await waitFor(`.o_count_message:contains(${number} of 100)`, {
                        timeout: 10000,
                    });
                }
            },
        },
        seeScreen("TransferScanScreen"),
        seeRow("TEA-001", "60/100"),
        {
            content: "The same with the scanner behind the box",
            trigger: ".o_count_screen",
            async run() {
                for (let number = 1; number <= 40; number++) {
                    passSeconds(15);
                    await posmodel.barcodeReader.scan(TEA);
                }
            },
        },
        seeScreen("TransferScanScreen"),
        seeRow("TEA-001", "100/100"),
        seeSync("Saved"),
    ],
});

tours.add("store_transfer_till_ways_out", {
    steps: () => [
        ...openCount(),
        scan(TEA, TEA, TEA),
        seeRow("TEA-001", "3/10"),
        {
            content: "Nobody is there: the saver comes, and somebody wakes it",
            trigger: ".o_count_screen",
            run: () => passSeconds(301),
        },
        {
            trigger: ".pos-content .login-overlay",
            run: () => window.dispatchEvent(new MouseEvent("mousemove")),
        },
        ...openRegister(),
        ...seeSale("Oolong Tea"),
        ...backToCount(),
        seeRow("TEA-001", "3/10"),
        {
            content: "Locked",
            trigger: ".o_count_screen",
            run: () => posmodel.showLoginScreen(),
        },
        ...openRegister(),
        ...seeSale("Oolong Tea"),
        ...backToCount(),
        scan(TEA),
        seeRow("TEA-001", "4/10"),
        reload(),
        seeRow("TEA-001", "4/10"),
        {
            trigger: ".o_count_screen",
            run: () => window.history.go(-2),
        },
        {
            trigger: ".o_till_transfers_screen",
            run: () => window.history.go(2),
        },
        seeRow("TEA-001", "4/10"),
        {
            content: "Left on purpose: nobody is led back",
            trigger: ".o_count_exit",
            run: "click",
        },
        ...backToList(),
        {
            trigger: ".o_till_transfers_screen:not(:has(.o_till_kept_job))",
        },
        ...backToSale(),
        ...seeSale("Oolong Tea"),
    ],
});

tours.add("store_transfer_till_offline", {
    steps: () => [
        ...openCount(),
        scan(TEA),
        seeSync("Saved"),
        {
            trigger: ".o_count_screen",
            run: () => tillNetwork.cut(),
        },
        scan(TEA, MUG),
        seeRow("TEA-001", "2/10"),
        seeSync("Offline, 2 kept on this device"),
        {
            content: "The till is back, and nobody does anything",
            trigger: ".o_count_screen",
            run: () => tillNetwork.mend(),
        },
        seeSync("Saved"),
        seeRow("MUG-001", "1/5"),
        {
            trigger: ".o_count_screen",
            run: () => tillNetwork.cut(),
        },
        scan(MUG),
        seeSync("Offline, 1 kept on this device"),
        {
            content: "Selling goes on meanwhile",
            trigger: ".register-label",
            run: "click",
        },
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        {
            trigger: ".o_till_kept_scans:contains(1 scan)",
            run: () => tillNetwork.mend(),
        },
        {
            content: "It is sent from wherever one is",
            trigger: ".o_till_transfers_screen:not(:has(.o_till_kept_scans))",
            timeout: 20000,
        },
        seeNoWarning(),
    ],
});

/** Somebody else submits the count: this till is cut off from XMLHttpRequest only. */
async function submitElsewhere() {
    const key = Object.keys(localStorage).find((name) =>
        name.startsWith("store_transfer_count/")
    );
    const count = Number(key.split("/")[3]);
    const params = {
        model: "store.transfer.count",
        method: "action_submit",
        args: [[count]],
        kwargs: {},
    };
    const answer = await fetch("/web/dataset/call_kw", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", method: "call", params }),
    });
    const { error } = await answer.json();
    if (error) {
        throw new Error(error.data.message);
    }
}

tours.add("store_transfer_till_too_late", {
    steps: () => [
        ...openCount(),
        scan(TEA),
        seeSync("Saved"),
        {
            trigger: ".o_count_screen",
            run: () => tillNetwork.cut(),
        },
        scan(TEA, TEA),
        seeSync("Offline, 2 kept on this device"),
        ...backToSale(),
        {
            trigger: ".product-screen",
            async run() {
                await submitElsewhere();
                tillNetwork.mend();
            },
        },
        ...openTransfers(),
        {
            content: "The till knows that it is back",
            trigger: ".pos-topheader:not(:has(.fa-chain-broken))",
            timeout: 20000,
        },
        {
            trigger: ".o_till_kept_scans:contains(2 scans) button",
            run: "click",
        },
        {
            trigger: "[data-panel=closed] .o_count_leftovers",
            run: "click",
        },
        seeRow("TEA-001", "2/9"),
        seeSync("Saved"),
        seeNoWarning(),
    ],
});

tours.add("store_transfer_till_no_answer", {
    steps: () => [
        ...openCount(),
        {
            content: "The server is there, and only transfers get no answer",
            trigger: ".o_count_screen",
            run: () => network.cut(),
        },
        {
            content: "Three calls fail; the till looks once whether it is offline",
            trigger: ".o_count_screen",
            async run({ waitUntil }) {
                const looks = countCalls(posmodel.data, "checkConnectivity");
                const calls = countCalls(XMLHttpRequest.prototype, "send");
                scan(TEA).run();
                await waitUntil(() => calls.number > 4, { timeout: 20000 });
                if (looks.number !== 1) {
                    throw new Error(`The till has looked ${looks.number} times.`);
                }
            },
        },
        seeSync("Offline, 1 kept on this device"),
    ],
});

tours.add("store_transfer_till_wrong_address", {
    steps: () => [
        {
            content: "There is no such job: the transfer is shown",
            trigger: ".o_till_transfer_screen [data-step=count]",
        },
    ],
});

tours.add("store_transfer_till_ship", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...openTransfer("to_ship", "Shop"),
        ...openScan("ship"),
        scan(TEA, TEA),
        scanByBox(TEA, MUG, MUG),
        seeRow("TEA-001", "3/10"),
        seeNoWarning(),
        seeSync("Saved"),
        ...submit("was shipped"),
        {
            trigger: ".o_till_transfer_screen",
        },
    ],
});
