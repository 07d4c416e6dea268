import { addJob } from "./presses";
import { chooseReason, confirm, pressInDialog, pressInWork, seeNoWork } from "./steps";

// What waits is there when one has logged in, with its button in the row.

addJob("approve", { before: 7, atMost: 2, atMostOnPhone: 2 }, () => [
    ...pressInWork("EC Warehouse", "action_approve"),
    ...confirm("Approve everything that this transfer asks for?"),
    ...seeNoWork(),
]);

addJob("reject", { before: 9, atMost: 3, atMostOnPhone: 3 }, () => [
    ...pressInWork("EC Warehouse", "action_open_reject"),
    ...chooseReason("No space"),
    ...pressInDialog("action_reject"),
    ...seeNoWork(),
]);

addJob("ship", { before: 6, atMost: 2, atMostOnPhone: 2 }, () => [
    ...pressInWork("Shop North", "action_open_ship"),
    ...pressInDialog("action_ship"),
    ...seeNoWork(),
]);

addJob("confirm arrival", { before: 6, atMost: 2, atMostOnPhone: 2 }, () => [
    ...pressInWork("EC Warehouse", "action_confirm_arrival"),
    ...confirm("Confirm that the goods stand in the store?"),
    {
        trigger: "body:not(:has(.modal)):not(:has([name=action_confirm_arrival]))",
    },
]);
