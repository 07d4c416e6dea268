import { _t } from "@web/core/l10n/translation";
import { formatWithUnit } from "@store_transfer/quantities/quantities";

function writeToShip({ rows }) {
    return rows
        .filter((line) => line.to_ship > 0)
        .map((line) => `${line.name}: ${formatWithUnit(line.to_ship, line.unit)}`);
}

/** What ReasonDialog asks before a transfer is rejected, or the rest of it closed. */
export function getReasonQuestion(step, transfer) {
    const questions = {
        reject: () => ({
            title: _t("Reject"),
            explanation: _t(
                "Nothing of %s is sent. Who started it is told why.",
                transfer.name
            ),
            goods: [],
            confirmLabel: _t("Reject"),
        }),
        close: () => ({
            title: _t("Close the Rest"),
            explanation: _t(
                "This will not be shipped, and the destination stops waiting for it. It " +
                    "can't be undone."
            ),
            goods: writeToShip(transfer),
            confirmLabel: _t("Close the Rest"),
        }),
    };
    return questions[step]();
}
