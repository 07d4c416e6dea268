import { registry } from "@web/core/registry";
import { answers } from "./till_order_steps";
import { openRegister, ringUp } from "./till_steps";

const tours = registry.category("web_tour.tours");

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
