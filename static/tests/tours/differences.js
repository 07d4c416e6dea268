import { registry } from "@web/core/registry";
import { chooseReason, confirm, openMenu, press, pressInDialog } from "./steps";

const tours = registry.category("web_tour.tours");

/** Open the discrepancy of a product, from the list or from the cards of a phone. */
function openCase(product) {
    return [
        ...openMenu("discrepancy"),
        {
            isActive: ["desktop"],
            trigger: `.o_list_view .o_data_row:contains(${product}) .o_data_cell[name=transfer_id]`,
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: `.o_kanban_record:contains(${product})`,
            run: "click",
        },
        {
            trigger: `.o_form_view .o_field_widget[name=product_name]:contains(${product})`,
        },
    ];
}

function seeSettled() {
    return {
        trigger: [
            "body:not(:has(.modal)) .o_arrow_button_current:contains(Settled)",
            "body:not(:has(.modal)) .o_statusbar_status .dropdown-toggle:contains(Settled)",
        ].join(),
    };
}

tours.add("store_transfer_answer_damaged", {
    steps: () => [
        ...openCase("Clay Mug"),
        {
            trigger: "[name=answer] textarea",
            run: "edit It was whole when it left",
        },
        ...press("action_answer"),
        seeSettled(),
    ],
});

tours.add("store_transfer_settle_all", {
    steps: () => [
        ...openCase("Oolong Tea"),
        ...press("action_open_settle"),
        {
            content: "What became of it",
            trigger: ".modal [name=outcome] .o_radio_item:contains(Lost) input",
            run: "click",
        },
        ...chooseReason("Stolen"),
        ...pressInDialog("action_settle"),
        seeSettled(),
        ...openCase("Paper Lamp"),
        ...press("action_accept"),
        ...confirm("Take these goods into stock"),
        seeSettled(),
    ],
});
