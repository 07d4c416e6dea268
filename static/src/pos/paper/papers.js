import { _t } from "@web/core/l10n/translation";

/** What the papers are called that the server's get_transfer() may name. */
function getNames() {
    return {
        pick_list: _t("Pick List"),
        transfer_slip: _t("Transfer Slip"),
        packing_list: _t("Packing List"),
        carton_labels: _t("Carton Labels"),
        manifest: _t("Hand-over Manifest"),
        count_sheet: _t("Count Sheet"),
        discrepancy_note: _t("Discrepancy Note"),
    };
}

/** Return `[{id, label, item}]` of what can be printed, for a popup to choose from. */
export function getPaperChoices({ papers }) {
    const names = getNames();
    return [
        { id: "slip", label: _t("Slip on the till's printer"), item: "slip" },
        ...papers.map((paper) => ({
            id: paper,
            label: names[paper] || paper,
            item: paper,
        })),
    ];
}
