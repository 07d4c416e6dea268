import { registry } from "@web/core/registry";
import { openMenu } from "./steps";

const CARD = ".o_kanban_record:contains(All Stores)";

/** What is late is one press away, and so is what waits longest. */
registry.category("web_tour.tours").add("store_transfer_overview", {
    steps: () => [
        ...openMenu("overview"),
        {
            trigger: `${CARD} button[name=action_open_to_ship]:contains(1)`,
            run: "click",
        },
        {
            content: "The list of what the number counts, and nothing else",
            trigger: "body:contains(Outbound: All Stores)",
        },
        {
            trigger:
                ".o_list_view .o_data_row:contains(ST/), .o_kanban_record:contains(ST/)",
        },
        {
            trigger: ".o_back_button",
            run: "click",
        },
        {
            trigger: `${CARD} [name=longest_waiting] button:contains(1 day)`,
            run: "click",
        },
        {
            trigger: ".o_form_view .o_statusbar_status",
        },
    ],
});
