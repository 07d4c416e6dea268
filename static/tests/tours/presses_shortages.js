import { addJob } from "./presses";
import {
    chooseReason,
    openMenu,
    openTransfer,
    pressInDialog,
    pressOther,
} from "./steps";

addJob("see what is missing", { before: 5, atMost: 5 }, () => [
    ...openMenu("inbound"),
    { trigger: ".o_breadcrumb:contains(Inbound)" },
    ...openTransfer("partial", "EC Warehouse"),
    { trigger: ".o_data_row:contains(Oolong Tea) [name=short_quantity]:contains(1)" },
]);

addJob("settle", { before: 10, atMost: 8 }, () => [
    ...openMenu("inbound"),
    { trigger: ".o_breadcrumb:contains(Inbound)" },
    ...openTransfer("partial", "EC Warehouse"),
    ...pressOther("action_open_settle"),
    ...chooseReason("Stolen"),
    {
        content: "What is stolen is lost: that need not be said",
        trigger: ".modal [name=outcome] .o_radio_item:contains(Lost) input:checked",
    },
    ...pressInDialog("action_settle"),
    { trigger: "body:not(:has(.modal)) .o_arrow_button_current:contains(Done)" },
]);
