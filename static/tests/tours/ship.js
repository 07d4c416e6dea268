import { registry } from "@web/core/registry";
import {
    network,
    pressCode,
    pressFocused,
    scan,
    seeRow,
    seeSync,
    submit,
    type,
} from "./scan_steps";
import { openMenu } from "./steps";

const tours = registry.category("web_tour.tours");

/** Those of 28 lines, in the order of their shelves: the last shelf was filled first. */
const SKUS = Array.from({ length: 28 }, (_, index) => `P-${128 - index}`);

/** By the keyboard; its number is known once the server has it. */
function beginCarton(number) {
    return [
        ...type("c"),
        {
            trigger: `.o_count_message:contains(Carton ${number} is open)`,
        },
    ];
}

tours.add("store_transfer_ship_30", {
    steps: () => [
        ...openMenu("pick"),
        {
            content: "The transfer is found by its number, which is scanned",
            trigger: ".o_count_choice",
            run() {
                pressCode(this.anchor.dataset.transfer);
            },
        },
        {
            content: "The list begins with the first shelf",
            trigger:
                ".o_count_row[aria-posinset='1'][data-sku='P-128'] .o_count_place:contains(Shelf 01)",
        },
        {
            trigger: ".o_count_numbers:contains(0 of 31 rows · 0 of 60 Units)",
        },
        ...beginCarton(1),
        ...SKUS.slice(0, 14).flatMap((sku) => [scan(sku, sku), seeRow(sku, "2/2")]),
        ...beginCarton(2),
        ...SKUS.slice(14).flatMap((sku) => [scan(sku, sku), seeRow(sku, "2/2")]),
        {
            content: "A piece more than is approved is refused, and the list goes on",
            ...scan("P-101"),
        },
        {
            trigger: ".o_count_message[data-kind=wrong]:contains(and no more)",
        },
        {
            content: "Another serial number than the two that are reserved",
            ...scan("K-1", "K-3"),
        },
        {
            trigger: ".o_count_row:contains(K-3) .o_count_quantity:contains(1/1)",
        },
        {
            content: "Of the last one there is one piece less than it was approved",
            ...scan("P-130"),
        },
        {
            trigger: ".o_count_numbers:contains(59 of 60 Units)",
        },
        seeSync("Saved"),
        ...type("s"),
        {
            trigger: "[data-panel=review] .o_count_summary:contains(59)",
        },
        {
            trigger: "[data-panel=review] tbody tr:contains(P-130):contains(1)",
        },
        pressFocused(".o_count_confirm"),
        {
            trigger: ".o_notification:contains(was shipped)",
        },
        {
            content: "What stays is still to ship",
            trigger: ".o_count_choice",
        },
    ],
});

tours.add("store_transfer_ship_close", {
    steps: () => [
        scan("TEA-001", "TEA-001"),
        seeRow("TEA-001", "2/3"),
        ...type("a"),
        seeRow("TEA-001", "3/3"),
        scan("MUG-001"),
        seeRow("MUG-001", "1/5"),
        ...type("4"),
        {
            trigger: ".o_count_typed input",
            run: "press Enter",
        },
        seeRow("MUG-001", "4/5"),
        seeSync("Saved"),
        ...type("s"),
        {
            trigger: "[data-panel=review] .o_ship_close",
            run: "click",
        },
        {
            content: "It asks why",
            trigger:
                "[data-panel=review]:has(.o_count_confirm:disabled) .o_ship_reason:contains(Out of stock)",
            run: "click",
        },
        {
            trigger: "[data-panel=review] #o_ship_note",
            run: "edit One broke",
        },
        {
            trigger: "[data-panel=review] .o_count_confirm:enabled",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(was shipped)",
        },
        {
            trigger: ".o_count_chooser:contains(Nothing waits to be shipped)",
        },
    ],
});

tours.add("store_transfer_ship_offline", {
    steps: () => [
        scan("TEA-001"),
        seeRow("TEA-001", "1/3"),
        seeSync("Saved"),
        {
            trigger: ".o_count_screen",
            run: () => network.cut(),
        },
        scan("TEA-001", "MUG-001"),
        ...type("u"),
        seeRow("TEA-001", "2/3"),
        seeSync("Offline, 3 kept on this device"),
        {
            content: "The page is closed and opened again: the network is back",
            trigger: ".o_count_screen",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        seeSync("Saved"),
        seeRow("TEA-001", "2/3"),
        seeRow("MUG-001", "0/5"),
        scan("TEA-001"),
        seeRow("TEA-001", "3/3"),
        ...submit("was shipped"),
    ],
});
