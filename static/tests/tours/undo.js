import { registry } from "@web/core/registry";
import { confirm, pressOther, seeState } from "./steps";

const tours = registry.category("web_tour.tours");

tours.add("store_transfer_withdraw", {
    steps: () => [
        ...pressOther("action_withdraw"),
        ...confirm("Take this back to change it?"),
        ...seeState("Draft"),
    ],
});

tours.add("store_transfer_change_delivery", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=carrier] input",
            run: "edit Black Cat",
        },
        {
            trigger: ".o_field_widget[name=tracking_number] input",
            run: "edit BC-1234",
        },
        {
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "It is saved, and in the history",
            trigger: ".o-mail-Message:contains(Black Cat)",
        },
    ],
});

tours.add("store_transfer_see_delivery", {
    steps: () => [
        {
            content: "The destination reads it, and can't type into it",
            trigger:
                ".o_field_widget[name=carrier]:contains(Black Cat):not(:has(input))",
        },
        {
            trigger: ".o_field_widget[name=tracking_number]:contains(BC-1234)",
        },
    ],
});

tours.add("store_transfer_undo_shipment", {
    steps: () => [
        ...pressOther("action_undo_shipment"),
        ...confirm("Take back what was shipped last?"),
        ...seeState("Approved"),
        {
            content: "It is to ship again",
            trigger: ".o_statusbar_buttons > button[name=action_pick]:enabled",
        },
    ],
});

tours.add("store_transfer_undo_count", {
    steps: () => [
        ...pressOther("action_undo_count"),
        ...confirm("Take the last count back?"),
        ...seeState("Arrived"),
        {
            content: "The count goes on with what was counted",
            trigger: ".o_statusbar_buttons > button[name=action_scan]:enabled",
            run: "click",
        },
        {
            trigger: ".o_count_numbers:contains(8 of 10 Units)",
        },
    ],
});
