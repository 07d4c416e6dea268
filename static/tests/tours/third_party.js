import { registry } from "@web/core/registry";
import {
    addLine,
    choose,
    confirm,
    openMenu,
    openTransfer,
    press,
    pressInDialog,
    pressNew,
    pressOther,
    seeState,
} from "./steps";

const tours = registry.category("web_tour.tours");

tours.add("store_transfer_receipt", {
    steps: () => [
        ...openMenu("third_party"),
        {
            content: "The app opens with another list, which has the same button",
            trigger: ".o_breadcrumb:contains(Third Party)",
        },
        ...pressNew(),
        {
            trigger: "[name=kind] input[data-value=receipt]:checked",
        },
        ...choose("partner_id", "Tea Garden", "Tea Garden"),
        ...addLine("TEA", "Oolong Tea", 30),
        ...press("action_submit"),
        ...seeState("Approved"),
    ],
});

tours.add("store_transfer_receive", {
    steps: () => [
        ...openMenu("third_party"),
        ...openTransfer("to_receive", "Tea Garden"),
        ...pressOther("action_confirm_arrival"),
        ...confirm("Confirm that the goods stand in the store?"),
        ...seeState("Arrived"),
        ...pressOther("action_start_count"),
        ...pressInDialog("action_everything_came"),
        {
            trigger:
                ".modal .o_data_row:contains(Oolong Tea) [name=counted_quantity]:contains(30)",
        },
        ...pressInDialog("action_review"),
        {
            trigger:
                ".modal .alert-success:contains(Everything that was expected has come.)",
        },
        ...pressInDialog("action_submit"),
        ...seeState("Done"),
    ],
});
