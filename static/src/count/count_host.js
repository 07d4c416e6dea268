import { _t } from "@web/core/l10n/translation";
import { ScanHost } from "../scan/host/scan_host";
import { CountScreen } from "./count_screen";

/** Opens counts. */
export class CountHost extends ScanHost {
    static model = "store.transfer.count";
    static idParam = "count_id";
    static starter = "action_scan";
    static storageFolder = "store_transfer_count";
    static Screen = CountScreen;

    getDocument(screen) {
        return screen.count;
    }

    getSubmittedText({ name }) {
        return _t("The count of %s was submitted.", name);
    }

    getProps(screen) {
        return {
            ...super.getProps(screen),
            photoUrl: (lineId) =>
                `/web/image/store.transfer.count.line/${lineId}/photo`,
            openTransfer: (id) => this.page.openTransfer(id),
        };
    }
}
