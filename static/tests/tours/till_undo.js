import { registry } from "@web/core/registry";
import { scan, seeRow, seeSync } from "./scan_steps";
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

function openFrom(tab, other) {
    return [
        ...openRegister(),
        ...ringUp("Paper Lamp"),
        ...openTransfers(),
        ...openTransfer(tab, other),
    ];
}

function leave() {
    return [...backToSale(), ...seeSale("Paper Lamp")];
}

tours.add("store_transfer_till_undo_shipment", {
    steps: () => [
        ...openFrom("to_ship", "Shop North"),
        ...pressStep("undo_shipment", "Undo Shipment"),
        ...confirm("Undo the Shipment"),
        ...seeState("Approved"),
        ...leave(),
    ],
});

tours.add("store_transfer_till_close", {
    steps: () => [
        ...openFrom("to_ship", "Shop North"),
        ...pressStep("close", "Close the Rest"),
        {
            content: "What will not be shipped is named",
            trigger: ".modal .o_till_goods:contains(Oolong Tea: 4 Units)",
        },
        ...choose("Out of stock"),
        ...confirm("Close the Rest"),
        ...seeState("In Transit"),
        {
            trigger: ".o_till_transfer_screen [data-part=closed]:contains(4)",
        },
        ...leave(),
    ],
});

tours.add("store_transfer_till_undo_count", {
    steps: () => [
        ...openFrom("partial", "EC Warehouse"),
        ...pressStep("undo_count", "Undo Count"),
        ...confirm("Undo the Count"),
        ...seeState("Arrived"),
        ...pressStep("count", "Count"),
        {
            content: "What was counted is there, to be corrected",
            trigger: ".o_count_numbers:contains(9 of 10 Units)",
        },
        scan("TEA-001"),
        seeRow("TEA-001", "10/10"),
        seeSync("Saved"),
        ...leave(),
    ],
});
