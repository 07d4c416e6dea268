import { registry } from "@web/core/registry";
import {
    backToSale,
    openRegister,
    openRegisterAs,
    openTransfer,
    openTransfers,
    pressStep,
    ringUp,
    seeSale,
    seeState,
} from "./till_steps";

const tours = registry.category("web_tour.tours");

/** Approve, and say by a PIN who does it. */
function approveBy(pin) {
    return [
        ...pressStep("approve", "Approve"),
        {
            trigger: ".modal-footer .btn-primary:enabled:contains(Approve)",
            run: "click",
        },
        {
            trigger: ".modal .o_till_pin",
            run: `edit ${pin}`,
        },
        {
            trigger: ".modal-footer .btn-primary:enabled:contains(Confirm)",
            run: "click",
        },
    ];
}

function seeRefusal(text) {
    return [
        {
            trigger: `.modal .modal-body:contains(${text})`,
        },
        {
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        ...seeState("To Approve"),
    ];
}

tours.add("store_transfer_till_pin", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Paper Lamp"),
        ...openTransfers(),
        ...openTransfer("to_confirm", "EC Warehouse"),
        ...approveBy("1357"),
        ...seeRefusal("This is not the PIN"),
        ...approveBy("2468"),
        ...seeState("Approved"),
        ...backToSale(),
        ...seeSale("Paper Lamp"),
    ],
});

tours.add("store_transfer_till_pin_too_often", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...openTransfer("to_confirm", "EC Warehouse"),
        ...approveBy("2468"),
        ...seeRefusal("Too many wrong PINs"),
    ],
});

tours.add("store_transfer_till_pin_of_cashier", {
    steps: () => [
        ...openRegisterAs("Mei"),
        ...ringUp("Paper Lamp"),
        ...openTransfers(),
        ...openTransfer("to_confirm", "EC Warehouse"),
        ...approveBy("1357"),
        ...seeRefusal("This is not the PIN"),
        ...approveBy("2468"),
        ...seeState("Approved"),
        {
            trigger: ".o_till_transfer_screen .o_till_trail:contains(Mei)",
        },
        ...backToSale(),
        ...seeSale("Paper Lamp"),
    ],
});
