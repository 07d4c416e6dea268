import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { openMenu, openTransfer } from "./steps";

const tours = registry.category("web_tour.tours");

/** Fetch what would be saved as a file, and keep how it begins. */
async function keepDownload({ url, data }) {
    const body = new FormData();
    body.append("csrf_token", odoo.csrf_token);
    for (const [name, value] of Object.entries(data)) {
        body.append(name, value);
    }
    const response = await fetch(url, { method: "POST", body });
    document.body.dataset.printed = (await response.text()).slice(0, 4);
}

tours.add("store_transfer_print_slip", {
    steps: () => [
        ...openMenu("outbound"),
        ...openTransfer("to_ship", "Shop North"),
        {
            trigger: ".o_form_view",
            run: () => (download._download = keepDownload),
        },
        {
            trigger: ".o_cp_action_menus button",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .o-dropdown-item:contains(Print)",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .o-dropdown-item:contains(Transfer Slip)",
            run: "click",
        },
        {
            trigger: "body[data-printed='%PDF']",
        },
    ],
});
