import { registry } from "@web/core/registry";
import {
    backToSale,
    choose,
    confirm,
    openRegister,
    openTransfer,
    openTransfers,
    pressStep,
    ringUp,
    seeSale,
    seeState,
} from "./till_steps";

const tours = registry.category("web_tour.tours");

/** Leave a product out of what is settled: by its quantity, pressed down to nothing. */
function leaveOut(product, quantity) {
    const line = `.modal .o_till_answer_line:contains(${product})`;
    const press = {
        trigger: `${line} button[aria-label="One less"]:enabled`,
        run: "click",
    };
    return [
        ...Array(quantity).fill(press),
        {
            trigger: `${line}:has(input:value("0"))`,
        },
    ];
}

function seePart(product, part, quantity) {
    return {
        trigger: `.o_till_line:contains(${product}) [data-part=${part}]:contains(${quantity})`,
    };
}

tours.add("store_transfer_till_settle", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Paper Lamp"),
        ...openTransfers(),
        ...openTransfer("partial", "EC Warehouse"),
        {
            trigger: ".o_till_differences [data-id]:contains(Clay Mug):contains(Open)",
        },
        ...pressStep("settle", "Settle Shortage"),
        {
            content: "How much is short, is said beside how much of it is settled",
            trigger:
                ".modal .o_till_answer_line:contains(Clay Mug):contains(Short: 1 Unit)",
        },
        ...leaveOut("Oolong Tea", 2),
        {
            content: "A reason says what it usually means",
            ...choose("Left behind")[0],
        },
        {
            trigger: ".modal .o_till_choice button.active:contains(Not sent)",
        },
        ...confirm("Settle"),
        ...seeState("Partial"),
        seePart("Clay Mug", "closed", 1),
        ...pressStep("settle", "Settle Shortage"),
        {
            content: "What is settled is asked no more",
            trigger: ".modal:not(:contains(Clay Mug)) .o_till_answer_line",
        },
        ...choose("Went to another store"),
        {
            content: "This reason does not say what became of it",
            trigger: ".modal-footer .btn-primary:disabled",
        },
        ...choose("Lost"),
        ...confirm("Settle"),
        ...seeState("Done"),
        seePart("Oolong Tea", "lost", 2),
        ...backToSale(),
        ...seeSale("Paper Lamp"),
    ],
});
