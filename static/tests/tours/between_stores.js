import { registry } from "@web/core/registry";
import {
    addLine,
    choose,
    chooseReason,
    confirm,
    openMenu,
    openTransfer,
    press,
    pressInDialog,
    pressNew,
    pressOther,
    seeState,
    setExpectedDate,
} from "./steps";

const tours = registry.category("web_tour.tours");

/** Write a number into the line of a product, in a list or on a card. */
function countLine(product, quantity) {
    const row = `.modal .o_data_row:contains(${product})`;
    const card = `.modal .o_quantity_cards > div:contains(${product})`;
    return [
        {
            isActive: ["desktop"],
            trigger: `${row} td[name=counted_quantity]`,
            run: "click",
        },
        {
            isActive: ["desktop"],
            trigger: `${row} td[name=counted_quantity] input`,
            run: `edit ${quantity}`,
        },
        {
            isActive: ["mobile"],
            trigger: `${card} .o_quantity_input`,
            run: `edit ${quantity} && press Enter`,
        },
    ];
}

/** Look at the stock of the line's product, while the transfer is not saved yet. */
function seeStockInEveryStore(product) {
    return [
        {
            trigger: `.o_data_row:has(input:value(${product})) .o_stores_stock, .o_data_row:contains(${product}) .o_stores_stock`,
            run: "click",
        },
        {
            trigger: `.modal:contains(${product}) .o_data_row:contains(EC Warehouse):contains(100)`,
        },
        {
            trigger: ".modal .o_data_row:contains(Shop South)",
        },
        {
            trigger: ".modal .btn-close",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ];
}

function reject() {
    return [
        ...pressOther("action_open_reject"),
        ...chooseReason("No space"),
        {
            trigger: ".modal [name=note] textarea",
            run: "edit Ask again on Monday",
        },
        ...pressInDialog("action_reject"),
        ...seeState("Rejected"),
    ];
}

tours.add("store_transfer_push", {
    steps: () => [
        ...openMenu("outbound"),
        ...pressNew(),
        {
            content: "The only store of this user is filled in",
            trigger: "[name=source_store_id]:has(input:value(EC Warehouse))",
        },
        ...choose("destination_store_id", "North", "Shop North"),
        ...setExpectedDate(3),
        ...addLine("TEA-001", "Oolong Tea", 10),
        ...addLine("Clay", "Clay Mug", 5),
        ...seeStockInEveryStore("Clay Mug"),
        ...press("action_submit"),
        ...seeState("To Approve"),
    ],
});

tours.add("store_transfer_pull", {
    steps: () => [
        ...openMenu("inbound"),
        ...pressNew(),
        {
            content: "The only store of this user is filled in",
            trigger: "[name=destination_store_id]:has(input:value(Shop North))",
        },
        ...choose("source_store_id", "EC", "EC Warehouse"),
        ...addLine("MUG", "Clay Mug", 2),
        ...press("action_submit"),
        ...seeState("To Approve"),
    ],
});

tours.add("store_transfer_leave_new", {
    steps: () => [
        ...openMenu("inbound"),
        {
            trigger: ".o_breadcrumb:contains(Inbound)",
        },
        ...pressNew(),
        {
            content: "Another tab of the browser hides this one for a while",
            trigger: ".o_selected_row [name=product_id] input:focus",
            async run() {
                const hidden = { value: "hidden", configurable: true };
                Object.defineProperty(document, "visibilityState", hidden);
                document.dispatchEvent(new Event("visibilitychange"));
                await new Promise((resolve) => setTimeout(resolve, 500));
                delete document.visibilityState;
            },
        },
        {
            trigger: ".breadcrumb-item a:contains(Inbound)",
            run: "click",
        },
        {
            trigger: ".o_list_view",
        },
    ],
});

tours.add("store_transfer_approve", {
    steps: () => [
        ...openMenu("inbound"),
        ...openTransfer("to_approve", "EC Warehouse"),
        ...press("action_approve"),
        ...confirm("Approve everything that is asked for?"),
        ...seeState("Approved"),
    ],
});

tours.add("store_transfer_ship", {
    steps: () => [
        ...openMenu("outbound"),
        ...openTransfer("to_ship", "Shop North"),
        ...pressOther("action_open_ship"),
        {
            trigger: ".modal h3:contains(15):contains(Shop North)",
        },
        ...pressInDialog("action_ship"),
        ...seeState("In Transit"),
    ],
});

tours.add("store_transfer_count_short", {
    steps: () => [
        ...openMenu("inbound"),
        ...openTransfer("to_receive", "EC Warehouse"),
        ...pressOther("action_confirm_arrival"),
        ...confirm("Confirm that the goods stand in the store?"),
        ...seeState("Arrived"),
        ...pressOther("action_start_count"),
        ...countLine("Oolong Tea", 10),
        ...countLine("Clay Mug", 3),
        ...pressInDialog("action_review"),
        {
            content: "Only the difference is shown",
            trigger:
                ".modal:contains(These products differ) [name=difference_line_ids]:contains(Clay Mug):contains(-2):not(:contains(.00)):not(:contains(Oolong))",
        },
        ...pressInDialog("action_submit"),
        ...seeState("Partial"),
    ],
});

tours.add("store_transfer_count_rest", {
    steps: () => [
        ...openMenu("inbound"),
        ...openTransfer("partial", "EC Warehouse"),
        ...pressOther("action_receive_all"),
        ...confirm("Did everything come?"),
        ...seeState("Done"),
    ],
});

tours.add("store_transfer_reject", {
    steps: () => [
        ...openMenu("inbound"),
        ...openTransfer("to_approve", "EC Warehouse"),
        ...reject(),
    ],
});

tours.add("store_transfer_reject_pull", {
    steps: () => [
        ...openMenu("outbound"),
        ...openTransfer("to_approve", "Shop North"),
        ...reject(),
    ],
});

tours.add("store_transfer_see_reason", {
    steps: () => [
        ...openMenu("outbound"),
        ...openTransfer("rejected", "Shop North"),
        {
            trigger: ".alert-danger:contains(No space):contains(Ask again on Monday)",
        },
        ...press("action_reset"),
        ...seeState("Draft"),
    ],
});
