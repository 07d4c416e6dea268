import { addJob } from "./presses";
import {
    confirm,
    openApp,
    openMenu,
    openTransfer,
    press,
    pressInDialog,
    pressOther,
    seeState,
} from "./steps";

function openToApprove() {
    return [
        ...openMenu("inbound"),
        { trigger: ".o_breadcrumb:contains(Inbound)" },
        ...openTransfer("to_approve", "EC Warehouse"),
    ];
}

addJob("approve", { before: 7, atMost: 7 }, () => [
    ...openToApprove(),
    ...press("action_approve"),
    ...confirm("Approve everything that is asked for?"),
    ...seeState("Approved"),
]);

addJob("reject", { before: 9, atMost: 9 }, () => [
    ...openToApprove(),
    ...pressOther("action_open_reject"),
    {
        trigger: ".modal [name=reason_id] input",
        run: "click",
    },
    {
        trigger: ".o-autocomplete--dropdown-item:contains(No space)",
        run: "click",
    },
    ...pressInDialog("action_reject"),
    ...seeState("Rejected"),
]);

addJob("ship", { before: 6, atMost: 6 }, () => [
    // The app opens with what is outbound.
    ...openApp(),
    ...openTransfer("to_ship", "Shop North"),
    ...press("action_open_ship"),
    ...pressInDialog("action_ship"),
    ...seeState("In Transit"),
]);
