import {
    Component,
    onWillDestroy,
    onWillStart,
    onWillUpdateProps,
    useState,
    useSubEnv,
} from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { TillProblem } from "./problem/till_problem";
import { takeScans } from "./till_scans";

// The screens of transfers, by the path where each is under the till's own address.
// `{int:transferId}` in it is handed to the screen as a prop.
const PATHS = {
    TransfersScreen: "transfers",
    TransferScreen: "transfers/{int:transferId}",
    TransferScanScreen: "transfers/{int:transferId}/{string:job}",
    // Not below "transfers/": there, what follows is the number of a transfer.
    TransferOrderScreen: "new-transfer/{string:kind}",
    TransferLookupScreen: "stock-of-stores/{int:productId}",
};

/**
 * The place of one of our screens: the till knows it from its start, and it is filled as
 * soon as the screens are loaded.
 */
export class TransferPage extends Component {
    static template = "store_transfer.TransferPage";
    static components = { TillProblem };
    // Those of the screen
    static props = ["*"];
    // Else "Register" would lead back to it, and not to the sale.
    static storeOnOrder = false;
    // The name of the screen
    static screen = "";

    setup() {
        const till = useService("store_transfer_till");
        till.keepSale();
        this.screens = till.screens;
        this.state = useState(till.screens.state);
        this.sound = till.pos.sound;
        this.notification = useService("notification");
        // What is scanned before the screen is there, which takes it then
        this.earlyScans = [];
        useSubEnv({ earlyScans: this.earlyScans });
        // Not only once it is mounted: the screen is so before its page.
        const stop = takeScans((code) => this.onEarlyScan(code));
        onWillStart(() => {
            this.screens.load();
        });
        // The till shows the next transfer in the same page.
        onWillUpdateProps(() => this.refuseEarlyScans());
        onWillDestroy(() => {
            stop();
            this.refuseEarlyScans();
        });
    }

    onEarlyScan(code) {
        if (this.state.problem) {
            this.refuseScan(code);
        } else {
            this.earlyScans.push(code);
        }
    }

    /** They were meant for what was to be shown then, and for nothing else. */
    refuseEarlyScans() {
        this.earlyScans.splice(0).forEach((code) => this.refuseScan(code));
    }

    refuseScan(code) {
        this.sound.play("error");
        this.notification.add(
            _t("%s was not taken: scan it again once transfers are shown.", code),
            { type: "warning" }
        );
    }

    get Screen() {
        return this.screens.get(this.constructor.screen);
    }
}

for (const [name, path] of Object.entries(PATHS)) {
    registry.category("pos_pages").add(name, {
        name,
        component: class extends TransferPage {
            static screen = name;
        },
        route: `/pos/ui/${odoo.pos_config_id}/${path}`,
        params: {},
    });
}

export function isTransferPage(name) {
    return name in PATHS;
}
