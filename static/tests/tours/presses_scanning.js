import { addJob } from "./presses";
import { confirm } from "./steps";

/** Press a button of the only row of My Work, where one is after logging in. */
function pressWork(action) {
    return [
        {
            isActive: ["desktop"],
            trigger: `.o_data_row button[name=${action}]`,
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: `.o_kanban_record button[name=${action}]`,
            run: "click",
        },
    ];
}

/** Do all that is left, and say yes. */
function finishEverything(text) {
    return [
        {
            trigger: ".o_count_everything",
            run: "click",
        },
        {
            trigger: ".o_count_confirm:enabled",
            run: "click",
        },
        {
            trigger: `.o_notification:contains(${text})`,
        },
    ];
}

addJob("count a correct delivery", { before: 10, atMost: 4, atMostOnPhone: 4 }, () => [
    ...pressWork("action_scan"),
    ...confirm("Count these goods?"),
    ...finishEverything("was submitted"),
]);

addJob("ship on a phone", { before: 7, atMost: 3, atMostOnPhone: 3 }, () => [
    ...pressWork("action_pick"),
    ...finishEverything("was shipped"),
]);
