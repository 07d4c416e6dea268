import { registry } from "@web/core/registry";
import {
    backToList,
    backToSale,
    leaveTill,
    openRegister,
    openTransfer,
    openTransfers,
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
