/* global posmodel */
import { registry } from "@web/core/registry";
import { pressFocused, scan as scanGoods, seeRow, seeSync, type } from "./scan_steps";
import { beginBesideSale, scan, seeLine, submit } from "./till_order_steps";
import { openScan, seeNoWarning, seeScreen, tillNetwork } from "./till_scan_steps";
import {
    backToSale,
    choose,
    confirm,
    openRegister,
    openTransfer,
    openTransfers,
    pressStep,
    reload,
    ringUp,
    seeSale,
    seeState,
    showTab,
} from "./till_steps";

const tours = registry.category("web_tour.tours");

const TEA = "4710000000011";
const MUG = "4710000000028";

/** A server that takes its time with one method, until it is let go. */
const slowServer = {
    held: [],
    method: null,
    holdBack(method) {
        const { open, send } = XMLHttpRequest.prototype;
        this.method = method;
        XMLHttpRequest.prototype.open = function (verb, url, ...args) {
            this.tourMethod = url.split("/").at(-1);
            return open.call(this, verb, url, ...args);
        };
        XMLHttpRequest.prototype.send = function (...args) {
            const go = () => send.apply(this, args);
            if (this.tourMethod === slowServer.method) {
                slowServer.held.push({ request: this, go });
            } else {
                go();
            }
        };
    },
    /** Let all go on, the last one first; done when the page has got all answers. */
    async letGo() {
        this.method = null;
        for (const { request, go } of this.held.splice(0).reverse()) {
            const isOver = new Promise((resolve) => {
                request.addEventListener("load", resolve);
                request.addEventListener("error", resolve);
            });
            go();
            await isOver;
            await new Promise((resolve) => setTimeout(resolve, 200));
        }
    },
};

function holdBack(method) {
    return { trigger: ".pos", run: () => slowServer.holdBack(method) };
}

function letGo() {
    return { trigger: ".pos", run: () => slowServer.letGo() };
}

/** Read what is said, and take it away. */
function closeNotification(text) {
    return [
        {
            trigger: `.o_notification:contains(${text}) .o_notification_close`,
            run: "click",
        },
        seeNoWarning(),
    ];
}

/** The number of the transfer in the list that has `text` in it. */
function getNumber(text) {
    const rows = [...document.querySelectorAll(".o_till_row")];
    const row = rows.find(({ innerText }) => innerText.includes(text));
    return row.innerText.match(/ST\/[\w/]+/)[0];
}

/** An order of a mug, beside a sale of tea. */
function beginWithMug() {
    return [
        ...beginBesideSale(),
        scan(MUG),
        ...seeLine("Clay Mug", "1", "Shop North: 5 Units free"),
    ];
}

tours.add("store_transfer_till_late_order", {
    steps: () => [
        ...beginWithMug(),
        holdBack("order"),
        submit(),
        {
            content: "It is on its way: what is scanned now is refused, by us",
            trigger: ".o_till_order_screen:not(:has(.o_till_product_search))",
            run: () => posmodel.barcodeReader.scan(TEA),
        },
        ...closeNotification("no answer has come yet"),
        ...backToSale(),
        letGo(),
        {
            content: "Who sells is told, and goes on selling",
            trigger: ".o_notification:contains(waits for the other store)",
        },
        seeScreen("ProductScreen"),
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        {
            trigger: ".o_till_transfers_screen:not(:has(.o_till_kept_order))",
        },
    ],
});

tours.add("store_transfer_till_late_code", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        {
            trigger: ".o_till_tabs [data-tab=to_confirm]",
            run: "click",
        },
        {
            trigger: ".o_till_row:contains(EC Warehouse)",
            async run() {
                slowServer.holdBack("find");
                await posmodel.barcodeReader.scan(TEA);
                await posmodel.barcodeReader.scan(getNumber("EC Warehouse"));
            },
        },
        {
            content: "What was scanned last is opened, though its answer came first",
            ...letGo(),
        },
        {
            trigger: ".o_till_transfer_screen:contains(EC Warehouse)",
            async run() {
                slowServer.holdBack("find");
                await posmodel.barcodeReader.scan(TEA);
            },
        },
        ...backToSale(),
        letGo(),
        seeScreen("ProductScreen"),
        ...openTransfers(),
        {
            content: "Locked meanwhile",
            trigger: ".o_till_transfers_screen",
            async run() {
                slowServer.holdBack("find");
                await posmodel.barcodeReader.scan(TEA);
                posmodel.showLoginScreen();
            },
        },
        {
            trigger: ".screen-login",
            run: () => slowServer.letGo(),
        },
        seeScreen("LoginScreen"),
        ...openRegister(),
        ...seeSale("Oolong Tea"),
    ],
});

tours.add("store_transfer_till_late_count", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        ...openTransfer("processing", "EC Warehouse"),
        ...openScan("count"),
        scanGoods(TEA),
        seeRow("TEA-001", "1/10"),
        seeSync("Saved"),
        holdBack("action_submit"),
        ...type("s"),
        pressFocused(".o_count_confirm"),
        ...backToSale(),
        letGo(),
        {
            trigger: ".o_notification:contains(was submitted)",
        },
        seeScreen("ProductScreen"),
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        {
            content: "It is over: nobody is led back",
            trigger: ".o_till_transfers_screen:not(:has(.o_till_kept_job))",
        },
    ],
});

tours.add("store_transfer_till_late_refusal", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        ...openTransfer("to_confirm", "EC Warehouse"),
        {
            trigger: ".o_till_transfer_screen",
            run() {
                tillNetwork.cut();
                tillNetwork.mend();
                slowServer.holdBack("approve");
            },
        },
        ...pressStep("approve", "Approve"),
        ...confirm("Approve"),
        ...backToSale(),
        {
            content: "The connection is lost, and somebody sells",
            trigger: ".product-screen",
            async run() {
                tillNetwork.isDown = true;
                await slowServer.letGo();
                tillNetwork.mend();
            },
        },
        {
            trigger: "body:not(:has(.modal)) .o_notification:contains(No connection)",
        },
        ...seeSale("Oolong Tea"),
    ],
});

let otherNumber;

tours.add("store_transfer_till_asked", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...showTab("to_confirm"),
        {
            trigger: ".o_till_row:contains(For the shelf)",
            run: () => (otherNumber = getNumber("For the shelf")),
        },
        ...openTransfer("to_confirm", "For the window"),
        ...pressStep("reject", "Reject"),
        {
            content: "A scan opens nothing behind a question",
            trigger: ".modal .o_till_choice",
            run: () => posmodel.barcodeReader.scan(otherNumber),
        },
        {
            trigger: ".o_notification:contains(was not taken)",
        },
        ...choose("No space"),
        ...confirm("Reject"),
        ...seeState("Rejected"),
        {
            trigger: ".o_till_transfer_screen:contains(For the window)",
        },
    ],
});

tours.add("store_transfer_till_question_left", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...openTransfer("to_confirm", "EC Warehouse"),
        ...pressStep("reject", "Reject"),
        {
            content: "Not to be answered from another screen",
            trigger: ".modal .o_till_choice",
            run: () => window.history.back(),
        },
        {
            trigger: "body:not(:has(.modal)) .o_till_transfers_screen",
        },
    ],
});

tours.add("store_transfer_till_kept_codes", {
    steps: () => [
        ...beginWithMug(),
        {
            trigger: ".o_till_order_screen",
            run: () => tillNetwork.cut(),
        },
        scan(MUG, MUG, "4719999999990"),
        {
            content: "Nobody knows yet what it is, and nothing is lost",
            trigger: `.o_till_order_screen:has(.o_till_submit:disabled) .o_till_code:contains(${MUG})`,
        },
        {
            trigger: ".o_till_code:contains(4719999999990) .o_till_remove",
            run: "click",
        },
        {
            trigger: ".o_till_order_screen:not(:contains(4719999999990))",
            run: () => tillNetwork.mend(),
        },
        {
            content: "The till is back, and nobody does anything",
            trigger: ".o_till_order_screen:not(:has(.o_till_code))",
            timeout: 20000,
        },
        ...seeLine("Clay Mug", "3", "Shop North: 5 Units free"),
        {
            trigger: ".o_till_order_screen",
            run: () => tillNetwork.cut(),
        },
        scan(TEA),
        {
            trigger: `.o_till_code:contains(${TEA})`,
        },
        ...backToSale(),
        ...reload(),
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        {
            trigger: ".o_till_kept_order[data-kind=send] button",
            run: "click",
        },
        ...seeLine("Oolong Tea", "1", "Shop North: 8 Units free"),
        submit(),
        {
            trigger: ".o_till_transfer_screen:contains(Clay Mug)",
        },
    ],
});
