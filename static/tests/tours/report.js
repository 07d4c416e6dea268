import { registry } from "@web/core/registry";

const LANE = ".o_pivot tbody tr:contains(EC Warehouse → Shop North)";

/** From a sum to what is behind it, and to the transfer; on a phone as well. */
registry.category("web_tour.tours").add("store_transfer_report", {
    steps: () => [
        {
            content: "The first figure stands on the screen beside its lane",
            trigger: `${LANE} .o_pivot_cell_value:contains(10.00)`,
            run({ anchor }) {
                if (anchor.getBoundingClientRect().right > window.innerWidth) {
                    throw new Error("The first figure is out of sight.");
                }
            },
        },
        {
            trigger: `${LANE} .o_pivot_cell_value:contains(10.00)`,
            run: "click",
        },
        {
            isActive: ["desktop"],
            trigger: ".o_data_row [name=product_id]:contains(Oolong Tea)",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".o_kanban_record:contains(Oolong Tea):contains(days)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_statusbar_status",
        },
    ],
});
