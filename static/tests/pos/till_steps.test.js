import { beforeEach, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { getHint, getPossibleSteps } from "@store_transfer/pos/steps/till_steps";

const NO = "This is not up to you.";
const STEPS = [
    "submit",
    "approve",
    "reject",
    "count",
    "confirm_arrival",
    "take_back",
    "ship",
    "settle",
    "reset",
    "close",
    "undo_shipment",
    "undo_count",
    "withdraw",
    "cancel",
];

beforeEach(allowTranslations);

function makeTransfer({ possible = [], byPin = [], ...values }) {
    return {
        state: "waiting",
        partner: "North",
        is_inbound: true,
        next: false,
        steps: Object.fromEntries(
            STEPS.map((step) => [step, possible.includes(step) ? false : NO])
        ),
        steps_by_pin: byPin,
        ...values,
    };
}

function getNames(transfer) {
    return getPossibleSteps(transfer).map(({ name }) => name);
}

test("there is a button for what the server says is possible, and for nothing else", () => {
    const transfer = makeTransfer({ possible: ["approve", "reject"], next: "approve" });
    expect(getNames(transfer)).toEqual(["approve", "approve_less", "reject"]);
    expect(getNames(makeTransfer({}))).toEqual([]);
});

test("what is done next comes first", () => {
    const possible = ["count", "confirm_arrival"];
    const state = "in_transit";
    const transfer = makeTransfer({ possible, state, next: "confirm_arrival" });
    expect(getNames(transfer)).toEqual(["confirm_arrival", "count"]);
});

test("where the server names nothing, scanning comes first", () => {
    const transfer = makeTransfer({ possible: ["submit", "ship"], state: "approved" });
    expect(getNames(transfer)).toEqual(["ship", "submit"]);
});

test("who has changed their mind finds that last, and never as what is next", () => {
    const state = "in_transit";
    const corrections = ["close", "undo_shipment"];
    const transfer = makeTransfer({ possible: [...corrections, "ship"], state });
    expect(getNames(transfer)).toEqual(["ship", ...corrections]);
    const done = makeTransfer({ byPin: ["undo_count"], state: "done" });
    const [step] = getPossibleSteps(done);
    expect([step.name, step.isCorrection, step.byPin]).toEqual([
        "undo_count",
        true,
        true,
    ]);
});

test("what an approver can do by a PIN says so", () => {
    const transfer = makeTransfer({ byPin: ["approve"] });
    const [first, ...others] = getPossibleSteps(transfer);
    expect(first.name).toBe("approve");
    expect(first.byPin).toBe(true);
    expect(others.map(({ name }) => name)).toEqual(["approve_less"]);
    expect(getHint(transfer)).toBe("");
});

test("why not is said of what this store is waited for", () => {
    expect(getHint(makeTransfer({}))).toBe(NO);
    expect(getHint(makeTransfer({ state: "approved" }))).toBe(NO);
    expect(getHint(makeTransfer({ state: "approved", possible: ["count"] }))).toBe("");
    expect(getHint(makeTransfer({ state: "done" }))).toBe("");
});

test("who waits for the other store is told so", () => {
    const hint = getHint(makeTransfer({ possible: ["withdraw"] }));
    expect(hint).toBe("North has to approve it.");
});
