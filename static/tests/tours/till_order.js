/* global posmodel */
import { registry } from "@web/core/registry";
import { pressCode } from "./scan_steps";
import { tillNetwork } from "./till_scan_steps";
import { backToSale, openRegister, openTransfers, ringUp, seeSale } from "./till_steps";

const tours = registry.category("web_tour.tours");

const TEA = "4710000000011";
const BOX_OF_TEA = "4710000000066";
const MUG = "4710000000028";

function begin(kind) {
    return [
        {
            trigger: ".o_till_transfers_screen .o_till_new",
            run: "click",
        },
        {
            trigger: `.modal .selection-item:contains(${kind})`,
            run: "click",
        },
        seeOrder(),
    ];
}

function seeOrder() {
    return { trigger: ".o_till_order_screen:not(:has(.fa-spin))" };
}

/** Calls that are answered, and whose answer never arrives. */
const answers = {
    isLost: false,
    lose(method) {
        const { open } = XMLHttpRequest.prototype;
        this.isLost = true;
        XMLHttpRequest.prototype.open = function (verb, url, ...args) {
            if (answers.isLost && url.endsWith(`/${method}`)) {
                // As of a server between, that has lost Odoo
                Object.defineProperty(this, "response", { value: "" });
            }
            return open.call(this, verb, url, ...args);
        };
    },
    mend() {
        this.isLost = false;
    },
};

/** A scanner that acts as a keyboard. */
function scan(...codes) {
    return {
        trigger: ".o_till_order_screen",
        run: () => codes.forEach(pressCode),
    };
}

/** Choose the other store, or the third party. */
function chooseOther(name) {
    return [
        {
            trigger: ".o_till_order_screen .o_till_other:enabled",
            run: "click",
        },
        {
            trigger: ".modal input[type=search]",
            run: `edit ${name}`,
        },
        {
            trigger: `.modal .o_till_other_side:contains(${name})`,
            run: "click",
        },
        {
            trigger: `.o_till_order_screen .o_till_other:contains(${name})`,
        },
    ];
}

function searchProduct(text, name) {
    return [
        {
            trigger: ".o_till_product_search",
            run: `edit ${text}`,
        },
        {
            trigger: `.o_till_found button:contains(${name})`,
            run: "click",
        },
    ];
}

function line(name) {
    return `.o_till_order_line:contains(${name})`;
}

function seeLine(name, quantity, free) {
    return [
        {
            trigger: `${line(name)}:has(input:value("${quantity}"))`,
        },
        {
            trigger: `${line(name)} .o_till_free:contains(${free})`,
        },
    ];
}

function setQuantity(name, quantity) {
    return {
        trigger: `${line(name)} .o_till_quantity input`,
        run: `edit ${quantity} && press Tab`,
    };
}

function submit() {
    return {
        trigger: ".o_till_order_screen .o_till_submit:enabled",
        run: "click",
    };
}

function seeTransfer(...texts) {
    return texts.map((text) => ({
        trigger: `.o_till_transfer_screen:contains(${text})`,
    }));
}

tours.add("store_transfer_till_send", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        ...begin("Send to Another Store"),
        ...chooseOther("Shop South"),
        scan(TEA),
        ...seeLine("Oolong Tea", "1", "Shop North: 8 Units free"),
        scan(TEA),
        ...seeLine("Oolong Tea", "2", "Shop South: 0 Units free"),
        ...searchProduct("mug", "Clay Mug"),
        setQuantity("Clay Mug", 3),
        ...seeLine("Clay Mug", "3", "Shop North: 5 Units free"),
        {
            content: "Other stores have some of it",
            trigger: `${line("Clay Mug")} .o_till_stores`,
            run: "click",
        },
        {
            trigger: `${line("Clay Mug")} .o_till_stores_list:contains(EC Warehouse)`,
        },
        {
            trigger: ".o_till_remark",
            run: "edit For the window",
        },
        submit(),
        ...seeTransfer("Shop South", "Clay Mug", "For the window"),
        ...backToSale(),
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        {
            content: "Nothing is left of it at the till",
            trigger: ".o_till_transfers_screen:not(:has(.o_till_kept_order))",
        },
    ],
});

tours.add("store_transfer_till_kept_order", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        ...begin("Send to Another Store"),
        ...chooseOther("Shop South"),
        scan(TEA, MUG, MUG),
        ...seeLine("Clay Mug", "2", "Shop North: 5 Units free"),
        {
            trigger: ".o_till_remark",
            run: "edit For the window",
        },
        {
            trigger: ".o_till_order_screen",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        seeOrder(),
        ...seeLine("Clay Mug", "2", "Shop North: 5 Units free"),
        {
            trigger: ".o_till_order_screen",
            run: () => window.history.go(-2),
        },
        {
            trigger: ".o_till_transfers_screen",
            run: () => window.history.go(2),
        },
        ...seeLine("Clay Mug", "2", "Shop North: 5 Units free"),
        {
            content: "Locked",
            trigger: ".o_till_order_screen",
            run: () => posmodel.showLoginScreen(),
        },
        ...openRegister(),
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        {
            trigger: ".o_till_kept_order[data-kind=send]:contains(2 products) button",
            run: "click",
        },
        ...seeLine("Clay Mug", "2", "Shop North: 5 Units free"),
        {
            content: "No connection: it is kept, and selling goes on",
            trigger: ".o_till_order_screen",
            run: () => tillNetwork.cut(),
        },
        submit(),
        {
            trigger: ".o_till_order_screen .o_till_problem:contains(No connection)",
        },
        ...backToSale(),
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        {
            trigger: ".o_till_kept_order[data-kind=send] button",
            run: "click",
        },
        {
            trigger: ".o_till_order_screen",
            run: () => tillNetwork.mend(),
        },
        {
            trigger: ".o_till_order_screen:not(:has(.o_till_problem))",
            timeout: 20000,
        },
        submit(),
        ...seeTransfer("Shop South", "Clay Mug", "For the window"),
    ],
});

tours.add("store_transfer_till_answer_lost", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...begin("Send to Another Store"),
        ...chooseOther("Shop South"),
        scan(TEA),
        ...seeLine("Oolong Tea", "1", "Shop North: 8 Units free"),
        {
            content: "The server makes it, and its answer is lost",
            trigger: ".o_till_order_screen",
            run: () => answers.lose("order"),
        },
        submit(),
        {
            trigger: ".o_till_order_screen:contains(no answer has come yet)",
        },
        {
            content: "Nothing can be changed any more",
            trigger: ".o_till_order_screen:not(:has(.o_till_quantity))",
            run: () => answers.mend(),
        },
        submit(),
        ...seeTransfer("Shop South", "Oolong Tea"),
    ],
});

tours.add("store_transfer_till_request", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        ...begin("Request from Another Store"),
        ...searchProduct("mug", "Clay Mug"),
        setQuantity("Clay Mug", 4),
        {
            content: "Who has it is asked",
            trigger: `${line("Clay Mug")} .o_till_stores`,
            run: "click",
        },
        {
            trigger: `${line("Clay Mug")} .o_till_stores_list button:contains(EC Warehouse)`,
            run: "click",
        },
        {
            trigger: ".o_till_order_screen .o_till_other:contains(EC Warehouse)",
        },
        submit(),
        ...seeTransfer("EC Warehouse", "Clay Mug"),
        ...backToSale(),
        ...seeSale("Oolong Tea"),
    ],
});

tours.add("store_transfer_till_receipt", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...begin("Receive from a Third Party"),
        ...chooseOther("Tea Farm"),
        scan(TEA, TEA, TEA),
        ...seeLine("Oolong Tea", "3", "Shop North: 8 Units free"),
        {
            content: "A packaging counts as much as is in it",
            ...scan(BOX_OF_TEA),
        },
        ...seeLine("Oolong Tea", "15", "Shop North: 8 Units free"),
        submit(),
        ...seeTransfer("Tea Farm", "Oolong Tea"),
        {
            content: "It can be counted at once",
            isActive: ["desktop"],
            trigger: ".o_till_transfer_screen [data-step=count]",
        },
    ],
});

/** From the sale that is rung up to the question which store is asked. */
function openAsk() {
    return [
        ...seeOtherPage(),
        {
            isActive: ["desktop"],
            trigger: ".product-screen .more-btn",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".product-screen .mobile-more-button",
            run: "click",
        },
        {
            trigger: ".modal .o_till_ask",
            run: "click",
        },
    ];
}

/** On a phone, lines and customer are on the other page. */
function seeOtherPage() {
    return [
        {
            isActive: ["mobile"],
            trigger: ".product-screen .review-button",
            run: "click",
        },
    ];
}

function askStore(name) {
    return [
        {
            trigger: `.modal .o_till_ask_store:contains(${name})`,
            run: "click",
        },
        ...sendRequest(name),
    ];
}

function sendRequest(name) {
    return [
        {
            trigger: ".modal .o_till_ask_confirm:enabled",
            run: "click",
        },
        {
            trigger: `.o_notification:contains(${name} was asked)`,
        },
    ];
}

tours.add("store_transfer_till_ask", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openAsk(),
        {
            content: "Who has none is not asked",
            trigger: ".modal:not(:has(.o_till_ask_store:contains(Shop South)))",
        },
        {
            trigger: ".modal .o_till_ask_name",
            run: "edit Ms. Lin",
        },
        {
            trigger: ".modal .o_till_ask_phone",
            run: "edit 0912 345 678",
        },
        {
            trigger: ".modal .o_till_ask_store:contains(EC Warehouse)",
            run: "click",
        },
        {
            content: "The other store is asked, and the answer is lost",
            trigger: ".modal .o_till_ask_confirm:enabled",
            run() {
                answers.lose("request");
                this.anchor.click();
            },
        },
        {
            trigger: ".modal:has(fieldset:disabled):contains(no answer has come yet)",
            run: () => answers.mend(),
        },
        ...sendRequest("EC Warehouse"),
        {
            isActive: ["desktop"],
            trigger:
                ".product-screen:not(:has(.modal)) .orderline:contains(Oolong Tea)",
        },
    ],
});

tours.add("store_transfer_till_ask_for_customer", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...seeOtherPage(),
        {
            trigger: ".product-screen .set-partner",
            run: "click",
        },
        {
            trigger: ".modal .partner-list b:contains(Ms. Lin)",
            run: "click",
        },
        {
            trigger: ".product-screen .set-partner:contains(Ms. Lin)",
        },
        {
            isActive: ["mobile"],
            trigger: ".product-screen .back-button, .pos-topheader .back-button",
            run: "click",
        },
        ...openAsk(),
        {
            content: "Nobody types again who it is for",
            trigger: ".modal .o_till_ask_name:value(Ms. Lin)",
        },
        {
            trigger: '.modal .o_till_ask_phone:value("0912 345 678")',
        },
        ...askStore("EC Warehouse"),
        {
            isActive: ["desktop"],
            trigger: ".product-screen:not(:has(.modal)) .set-partner:contains(Ms. Lin)",
        },
    ],
});
