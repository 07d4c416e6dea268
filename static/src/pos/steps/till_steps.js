import { _t } from "@web/core/l10n/translation";

/**
 * What can be done with a transfer at the till, in the order of its life.
 *
 * Each has a `name`, and a `step` of the server's table, which says whether it is possible.
 * `answer` names the dialog that asks more, `job` what is scanned. `question` is asked
 * before what can't be undone. What somebody does who has changed their mind
 * (`isCorrection`) is never what is to be done next.
 */
function getAllSteps() {
    return [
        { name: "submit", step: "submit", label: _t("Submit") },
        {
            name: "approve",
            step: "approve",
            label: _t("Approve"),
            question: {
                title: _t("Approve"),
                body: _t(
                    "Approve everything that is asked for? The goods are reserved at the " +
                        "source."
                ),
            },
        },
        {
            name: "approve_less",
            step: "approve",
            label: _t("Approve Less"),
            answer: "approve",
        },
        { name: "reject", step: "reject", label: _t("Reject"), answer: "reject" },
        { name: "count", step: "count", label: _t("Count"), job: "count" },
        {
            name: "confirm_arrival",
            step: "confirm_arrival",
            label: _t("Confirm Arrival"),
            question: {
                title: _t("Confirm Arrival"),
                body: _t(
                    "Confirm that the goods stand in the store? From then on the transfer " +
                        "can't be cancelled. You count them next."
                ),
            },
        },
        {
            name: "take_back",
            step: "take_back",
            label: _t("Take Back"),
            question: {
                title: _t("Take Back"),
                body: _t(
                    "Take what was sent back into your stock? This can't be undone."
                ),
            },
        },
        { name: "ship", step: "ship", label: _t("Pick and Ship"), job: "ship" },
        {
            name: "settle",
            step: "settle",
            label: _t("Settle Shortage"),
            answer: "settle",
        },
        {
            name: "reset",
            step: "reset",
            label: _t("Reset to Draft"),
        },
        {
            name: "close",
            step: "close",
            label: _t("Close the Rest"),
            answer: "close",
            isCorrection: true,
        },
        {
            name: "undo_shipment",
            step: "undo_shipment",
            label: _t("Undo Shipment"),
            isCorrection: true,
            question: {
                title: _t("Undo the Shipment"),
                body: _t(
                    "Take back what was shipped last? The goods are in your stock again, " +
                        "and are to ship again. The destination is told."
                ),
                confirmLabel: _t("Undo the Shipment"),
                cancelLabel: _t("Leave It"),
            },
        },
        {
            name: "undo_count",
            step: "undo_count",
            label: _t("Undo Count"),
            isCorrection: true,
            question: {
                title: _t("Undo the Count"),
                body: _t(
                    "Take the last count back? Its goods leave your stock again and are to " +
                        "be counted anew; what was counted stays in the count, for you to " +
                        "correct. Its differences are gone. Both stores are told."
                ),
                confirmLabel: _t("Undo the Count"),
                cancelLabel: _t("Leave It"),
            },
        },
        {
            name: "withdraw",
            step: "withdraw",
            label: _t("Withdraw"),
            isCorrection: true,
            question: {
                title: _t("Withdraw"),
                body: _t(
                    "Take this back to change it? The other store need not approve it " +
                        "until you submit it again."
                ),
            },
        },
        {
            name: "cancel",
            step: "cancel",
            label: _t("Cancel Transfer"),
            isCorrection: true,
            question: {
                title: _t("Cancel the Transfer"),
                body: _t(
                    "Cancel this transfer for good? What was reserved for it is free again."
                ),
                cancelLabel: _t("Keep It"),
            },
        },
    ];
}

/**
 * Return what can be done with a transfer now, and first what is to be done next.
 *
 * What only an approver may do, who is not logged in, has `byPin`.
 *
 * @param {Object} transfer what the server's get_transfer() said
 */
export function getPossibleSteps(transfer) {
    const byPin = transfer.steps_by_pin || [];
    const possible = getAllSteps()
        .map((step) => ({ ...step, byPin: byPin.includes(step.step) }))
        .filter((step) => step.byPin || transfer.steps[step.step] === false);
    const next =
        possible.find(({ step }) => step === transfer.next) ||
        possible.find((step) => !step.isCorrection && (step.job || step.byPin));
    return next ? [next, ...possible.filter((step) => step !== next)] : possible;
}

/** The step that this shop waits to be done in each state, wherever the user may not. */
function getAwaitedStep({ state, is_inbound: isInbound }) {
    if (state === "waiting") {
        return "approve";
    }
    const isStock = ["approved", "in_transit", "arrived", "partial"].includes(state);
    if (!isStock) {
        return null;
    }
    return isInbound ? "count" : "ship";
}

/**
 * Say why what this shop waits for is not possible for the user, or not yet.
 *
 * @returns {string} nothing where it is possible, or nothing is awaited
 */
export function getHint(transfer) {
    const { steps, partner } = transfer;
    if (transfer.state === "waiting" && steps.withdraw === false) {
        return _t("%s has to approve it.", partner);
    }
    const step = getAwaitedStep(transfer);
    const isByPin = (transfer.steps_by_pin || []).includes(step);
    return (step && !isByPin && steps[step]) || "";
}
