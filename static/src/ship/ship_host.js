import { _t } from "@web/core/l10n/translation";
import { ScanHost } from "../scan/host/scan_host";
import { ShipScreen } from "./ship_screen";

/** Opens pick lists. */
export class ShipHost extends ScanHost {
    static model = "store.transfer.pick";
    static idParam = "pick_id";
    static starter = "action_pick";
    static storageFolder = "store_transfer_pick";
    static Screen = ShipScreen;

    getDocument(screen) {
        return screen.pick;
    }

    getSubmittedText({ name }) {
        return _t("%s was shipped.", name);
    }

    getProps(screen) {
        return {
            ...super.getProps(screen),
            print: (action) => this.page.runAction(action),
        };
    }
}
