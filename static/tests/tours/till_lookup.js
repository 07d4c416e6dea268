import { registry } from "@web/core/registry";
import { pressCode } from "./scan_steps";
import {
    backToSale,
    openRegister,
    openTransfers,
    ringUp,
    seeSale,
    showTab,
} from "./till_steps";

const tours = registry.category("web_tour.tours");

function scanInList(code) {
    return {
        trigger: ".o_till_transfers_screen, .o_till_lookup_screen",
        run: () => pressCode(code),
    };
}

function seeStore(name, free) {
    return {
        trigger: `.o_till_lookup_screen .o_till_store:contains(${name}):contains(${free})`,
    };
}

function leave(screen) {
    return [
        {
            trigger: `${screen} .o_till_back`,
            run: "click",
        },
        {
            trigger: ".o_till_transfers_screen",
        },
    ];
}

tours.add("store_transfer_till_lookup", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Paper Lamp"),
        ...openTransfers(),
        {
            trigger: ".o_till_lookup",
            run: "click",
        },
        {
            trigger: ".o_till_lookup_screen input[type=search]",
            run: "edit Oolong",
        },
        {
            trigger: ".o_till_found button:contains(Oolong Tea)",
            run: "click",
        },
        seeStore("EC Warehouse", "90"),
        {
            content: "What is on its way, and where from",
            ...seeStore("Shop North", "From EC Warehouse"),
        },
        {
            content: "What is not here is asked for",
            trigger: ".o_till_lookup_screen .o_till_ask",
            run: "click",
        },
        {
            trigger: ".modal .o_till_ask_store:contains(EC Warehouse)",
            run: "click",
        },
        {
            trigger: ".modal .o_till_ask_confirm:enabled",
            run: "click",
        },
        {
            content: "It is shown at once as asked for",
            ...seeStore("Shop North", "Asked for"),
        },
        ...leave(".o_till_lookup_screen"),
        {
            content: "A product's barcode shows the same",
            ...scanInList("4710000000028"),
        },
        {
            trigger: ".o_till_lookup_screen:contains(Clay Mug)",
        },
        seeStore("EC Warehouse", "100"),
        ...leave(".o_till_lookup_screen"),
        ...showTab("to_arrive"),
        {
            content: "The code of a slip opens its transfer",
            trigger: ".o_till_row",
            run() {
                const [number] = this.anchor.innerText.match(/ST\/[\d/]*\d/);
                pressCode(number);
            },
        },
        ...leave(".o_till_transfer_screen"),
        {
            content: "The till does not warn of a code that nobody knows; we do",
            ...scanInList("nonsense"),
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_notification:contains(nonsense is no transfer)",
        },
        ...backToSale(),
        ...seeSale("Paper Lamp"),
    ],
});
