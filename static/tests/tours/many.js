import { registry } from "@web/core/registry";
import { chooseReason, openMenu, openTransfer, pressInDialog } from "./steps";

const tours = registry.category("web_tour.tours");

/** Choose all that a tab shows, and press a button. */
function pressForAll(tab, action) {
    const button = `.o_transfer_tabs [data-tab=${tab}]`;
    const card = ".o_kanban_record:not(.o_kanban_ghost)";
    return [
        {
            trigger: button,
            run: "click",
        },
        {
            content: "The draft is not there any more",
            trigger: `body:not(:has(.o_data_row:nth-child(4), ${card}:nth-child(4))) ${button}`,
        },
        {
            isActive: ["desktop"],
            trigger: "thead .o_list_record_selector input",
            run: "click",
        },
        {
            isActive: ["desktop"],
            trigger: `.o_control_panel button[name=${action}]:enabled`,
            run: "click",
        },
        {
            isActive: ["mobile"],
            content: "Press a card long",
            trigger: card,
            run: ({ anchor }) => anchor.dispatchEvent(new Event("touchstart")),
        },
        {
            isActive: ["mobile"],
            trigger: ".o_selection_box .o_select_domain",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".o_cp_action_menus button",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: `.o-dropdown--menu button[name=${action}]`,
            run: "click",
        },
    ];
}

tours.add("store_transfer_ship_many", {
    steps: () => [
        ...openMenu("outbound"),
        ...pressForAll("to_ship", "action_open_many_ship"),
        {
            trigger: ".modal:contains(Ship 2 of 3)",
        },
        {
            content: "It says which one is not shipped, and why",
            trigger: ".modal .alert a:contains(nothing of it is there at EC Warehouse)",
        },
        ...pressInDialog("action_do"),
        {
            trigger: "body:not(:has(.modal)) .o_notification:contains(Shipped: 2 of 3)",
        },
    ],
});

tours.add("store_transfer_propose_substitute", {
    steps: () => [
        ...openMenu("outbound"),
        ...openTransfer("to_ship", "Shop North"),
        {
            isActive: ["desktop"],
            trigger: ".o_data_row button[name=action_open_substitute]",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".o_kanban_record button[name=action_open_substitute]",
            run: "click",
        },
        {
            isActive: ["desktop"],
            trigger: ".modal [name=product_id] input",
            run: "edit mug",
        },
        {
            isActive: ["desktop"],
            trigger: ".o-autocomplete--dropdown-item:contains(Clay Mug)",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".modal [name=product_id] input",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".modal:contains(Search) .o_kanban_record:contains(Clay Mug)",
            run: "click",
        },
        {
            content: "So much of it is free",
            trigger: ".modal [name=free_quantity]:contains(100)",
        },
        ...pressInDialog("action_propose"),
        {
            trigger:
                "body:not(:has(.modal)) [name=open_substitution_ids]:contains(Clay Mug) button[name=action_withdraw]",
        },
    ],
});

tours.add("store_transfer_accept_substitute", {
    steps: () => [
        ...openMenu("inbound"),
        ...openTransfer("to_receive", "EC Warehouse"),
        {
            trigger: "[name=open_substitution_ids] button[name=action_accept]",
            run: "click",
        },
        {
            trigger: "[name=line_ids]:contains(Instead of)",
        },
    ],
});

tours.add("store_transfer_refuse_substitute", {
    steps: () => [
        ...openMenu("inbound"),
        ...openTransfer("to_receive", "EC Warehouse"),
        {
            trigger: "[name=open_substitution_ids] button[name=action_open_refuse]",
            run: "click",
        },
        ...chooseReason("No space"),
        ...pressInDialog("action_refuse"),
        {
            trigger:
                "body:not(:has(.modal)):not(:has(button[name=action_open_refuse]))",
        },
    ],
});
