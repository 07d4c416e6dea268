import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CountHost } from "../count/count_host";
import { ScanAction } from "./scan_action";

/** Counting deliveries, in the back office. */
export class CountAction extends ScanAction {
    static Host = CountHost;
    static finder = "get_transfers_to_count";
    static formOpener = "action_start_count";

    get chooserProps() {
        return {
            texts: {
                title: _t("Which delivery is here?"),
                hint: _t(
                    "Scan the number of the transfer or one of its products, or choose it " +
                        "below."
                ),
                sought: _t("Number of the transfer, or a product"),
                date: _t("Expected Date"),
                empty: _t("Nothing waits to be counted."),
            },
            getUnknownText: (number) =>
                _t(
                    "%s is no transfer that you can count now, and no product of one. It may " +
                        "be counted already, not shipped yet, or go to another store.",
                    number
                ),
            describe: (transfer) => this.describe(transfer),
            getQuestion: (transfer) => this.getQuestion(transfer),
        };
    }

    describe(transfer) {
        const { from, expected_date: date, missing } = transfer;
        return {
            place: from,
            date: this.formatDate(date),
            note: missing && _t("%s missing", missing),
            badge: this.getBadge(transfer, _t("Being counted by %s", transfer.counter)),
        };
    }

    /** Counting goods that are on the way says that they stand here: ask first. */
    getQuestion({ name, from, has_arrived: hasArrived }) {
        if (hasArrived) {
            return null;
        }
        const values = { transfer: name, sender: from };
        return {
            title: from ? _t("%(transfer)s from %(sender)s", values) : name,
            text: _t(
                "Do the goods stand here? Counting confirms their arrival: from then on " +
                    "the transfer can't be cancelled."
            ),
            yes: _t("Start Counting"),
            no: _t("Not Yet"),
        };
    }
}

registry.category("actions").add("store_transfer_count", CountAction);
