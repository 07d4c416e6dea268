import { addJob } from "./presses";
import { chooseReason, pressInDialog } from "./steps";

addJob("see what is missing", { before: 5, atMost: 0, atMostOnPhone: 0 }, () => [
    {
        trigger: [".o_data_row", ".o_kanban_record"]
            .map((row) => `${row}:contains(Missing: 1 Unit × Oolong Tea)`)
            .join(),
    },
]);

addJob("settle", { before: 10, atMost: 3, atMostOnPhone: 3 }, () => [
    {
        trigger: "button[name=action_open_settle]:enabled",
        run: "click",
    },
    ...chooseReason("Stolen"),
    {
        content: "What is stolen is lost: that need not be said",
        trigger: ".modal [name=outcome] .o_radio_item:contains(Lost) input:checked",
    },
    ...pressInDialog("action_settle"),
    { trigger: "body:not(:has(.modal)):not(:has([name=action_open_settle]))" },
]);
