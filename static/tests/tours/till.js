import { registry } from "@web/core/registry";
import {
    backToList,
    backToSale,
    openRegister,
    openTransfer,
    openTransfers,
    ringUp,
    seeSale,
} from "./till_steps";

const tours = registry.category("web_tour.tours");

tours.add("store_transfer_till_look", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        ...openTransfer("to_confirm", "EC Warehouse"),
        {
            trigger: ".o_till_transfer_screen:contains(Clay Mug)",
        },
        ...backToList(),
        ...backToSale(),
        ...seeSale("Oolong Tea"),
    ],
});
