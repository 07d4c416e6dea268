import { registry } from "@web/core/registry";
import {
    backToList,
    backToSale,
    confirm,
    leaveTill,
    openRegister,
    openTransfer,
    openTransfers,
    pressStep,
    reload,
    ringUp,
    seeSale,
} from "./till_steps";

const tours = registry.category("web_tour.tours");

tours.add("store_transfer_till_look", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        ...openTransfer("to_confirm", "EC Warehouse"),
        {
            trigger: ".o_till_transfer_screen:contains(Clay Mug)",
        },
        ...backToList(),
        ...backToSale(),
        ...seeSale("Oolong Tea"),
    ],
});

tours.add("store_transfer_till_trail", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...openTransfer("to_arrive", "EC Warehouse"),
        {
            content: "What the other store did, and how much",
            trigger: seeEvent("Shipped", "By itself", "In Transit 0 → 10 Units"),
        },
        {
            trigger: ".o_till_messages:contains(It left at noon)",
        },
        ...pressStep("confirm_arrival", "Confirm Arrival"),
        ...confirm("Confirm Arrival"),
        {
            content: "One's own step is there at once",
            trigger: seeEvent("Goods arrived", "Till"),
        },
    ],
});

tours.add("store_transfer_till_long_trail", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...openTransfer("to_arrive", "EC Warehouse"),
        {
            trigger: seeEvent("Shipped", "In Transit 8 → 10 Units"),
        },
        {
            trigger: ".o_till_trail:not(:contains(Approved)) .o_till_whole_trail",
            run: "click",
        },
        {
            trigger: seeEvent("Approved"),
        },
        {
            trigger: ".o_till_trail:not(:has(.o_till_whole_trail))",
        },
    ],
});

/** Find a step of the trail by all that it says. */
function seeEvent(...words) {
    const all = words.map((word) => `:contains(${word})`).join("");
    return `.o_till_transfer_screen .o_till_trail [data-id]${all}`;
}

/** Go through the browser's history, and see where that leads. */
function go(steps, place) {
    return [
        {
            trigger: ".pos",
            run: () => window.history.go(steps),
        },
        {
            trigger: place,
        },
    ];
}

tours.add("store_transfer_till_sale", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        ...openTransfer("to_confirm", "EC Warehouse"),
        ...go(-2, ".product-screen"),
        ...go(1, ".o_till_transfers_screen"),
        ...backToSale(),
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        ...reload(),
        {
            trigger: ".o_till_transfers_screen",
        },
        ...backToSale(),
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        ...leaveTill("LoginScreen"),
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        ...leaveTill("SaverScreen"),
        ...seeSale("Oolong Tea"),
    ],
});
