import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { ShipHost } from "../ship/ship_host";
import { ScanAction } from "./scan_action";

/** Picking and shipping transfers, in the back office. */
export class ShipAction extends ScanAction {
    static Host = ShipHost;
    static finder = "get_transfers_to_pick";
    static formOpener = "action_open_ship";

    get chooserProps() {
        return {
            texts: {
                title: _t("What is to leave?"),
                hint: _t("Scan the number of the transfer, or choose it below."),
                sought: _t("Number of the transfer"),
                date: _t("Ship by"),
                empty: _t("Nothing waits to be shipped."),
            },
            getUnknownText: (number) =>
                _t(
                    "%s is no transfer that you can ship now. It may be shipped already, " +
                        "not approved yet, or leave another store.",
                    number
                ),
            describe: (transfer) => this.describe(transfer),
        };
    }

    describe(transfer) {
        const { to, ship_date: date } = transfer;
        return {
            place: to,
            date: this.formatDate(date),
            badge: this.getBadge(transfer, _t("Being picked by %s", transfer.picker)),
        };
    }
}

registry.category("actions").add("store_transfer_ship", ShipAction);
