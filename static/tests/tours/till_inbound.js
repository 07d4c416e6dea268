import { registry } from "@web/core/registry";
import { scan, seeRow, seeSync, submit, type } from "./scan_steps";
import {
    backToList,
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
    showTab,
} from "./till_steps";

const tours = registry.category("web_tour.tours");

tours.add("store_transfer_till_approve", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Paper Lamp"),
        ...openTransfers(),
        ...openTransfer("to_confirm", "EC Warehouse"),
        ...pressStep("approve", "Approve"),
        ...confirm("Approve"),
        ...seeState("Approved"),
        ...backToSale(),
        ...seeSale("Paper Lamp"),
    ],
});

tours.add("store_transfer_till_reject", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...openTransfer("to_confirm", "EC Warehouse"),
        ...pressStep("reject", "Reject"),
        ...choose("No space"),
        ...confirm("Reject"),
        ...seeState("Rejected"),
    ],
});

tours.add("store_transfer_till_receive", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Paper Lamp"),
        ...openTransfers(),
        ...openTransfer("to_arrive", "EC Warehouse"),
        ...pressStep("confirm_arrival", "Confirm Arrival"),
        ...confirm("Confirm Arrival"),
        ...seeState("Arrived"),
        ...pressStep("count", "Count"),
        scan("TEA-001", "TEA-001"),
        seeRow("TEA-001", "2/3"),
        scan("MUG-001", "MUG-001"),
        seeRow("MUG-001", "2/2"),
        {
            content: "One mug is broken",
            ...type("d")[0],
        },
        {
            trigger: "[data-panel=details] #o_count_damaged",
            run: "edit 1 && press Tab",
        },
        {
            trigger: "[data-panel=details] .o_count_panel_buttons .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_count_row:contains(1 damaged)",
        },
        seeSync("Saved"),
        ...submit("was submitted"),
        ...seeState("Partial"),
        ...backToSale(),
        ...seeSale("Paper Lamp"),
    ],
});

tours.add("store_transfer_till_aside", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Paper Lamp"),
        ...openTransfers(),
        ...openTransfer("to_arrive", "EC Warehouse"),
        {
            trigger: ".o_till_customer:contains(For Ms. Lin):contains(0912)",
        },
        ...pressStep("count", "Count"),
        {
            content: "Who counts sees that it is for somebody",
            trigger: ".o_count_row [data-mark=customer]:contains(For Ms. Lin)",
        },
        scan("TEA-001", "TEA-001"),
        seeRow("TEA-001", "2/2"),
        seeSync("Saved"),
        ...submit("was submitted"),
        ...seeState("Done"),
        {
            content: "Who has counted is told for whom it stands aside",
            trigger: ".o_till_asides .o_till_aside:contains(Ms. Lin)",
        },
        ...backToList(),
        ...showTab("set_aside"),
        {
            trigger: ".o_till_aside:contains(Ms. Lin) [data-release=hand_over]",
            run: "click",
        },
        ...confirm("Hand Over"),
        {
            trigger:
                ".o_till_transfers_screen:not(:has(.o_till_aside)):contains(Nothing waits here)",
        },
        ...backToSale(),
        ...seeSale("Paper Lamp"),
    ],
});
