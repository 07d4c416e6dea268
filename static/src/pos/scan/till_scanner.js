import { onMounted, onWillUnmount } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { BarcodeReader } from "@point_of_sale/app/services/barcode_reader_service";
import { useKeyScanner } from "../../scan/keys/key_scanner";

// Who takes scans at the moment: the last of them gets them.
const takers = [];

/**
 * While a screen of ours is shown, it gets each scan as it was read, before the till's
 * nomenclature is asked: that knows neither cartons nor transfers, has no raw text of a
 * GS1 code, and would warn of an unknown barcode.
 */
patch(BarcodeReader.prototype, {
    async _scan(code) {
        const take = takers.at(-1);
        if (!take) {
            await super._scan(...arguments);
        } else if (code) {
            // Whatever is asked about it holds up no other scan.
            take(code);
        }
    },
});

/**
 * Take all scans as long as the component is shown: those of a scanner that acts as a
 * keyboard, unless the component listens to keys itself, and of one behind an IoT box.
 *
 * @param {(code: string) => void} onScan
 */
export function useTillScanner(onScan) {
    onMounted(() => takers.push(onScan));
    onWillUnmount(() => takers.splice(takers.indexOf(onScan), 1));
}

/**
 * The same for a screen that does not listen to keys itself: what a scanner types while
 * somebody is in a field is a scan as well, and no quantity or remark. While a dialog
 * asks something, nothing is taken: whoever scans is told.
 *
 * @param {(code: string) => void} onScan
 */
export function useTillKeyScanner(onScan) {
    const pos = usePos();
    const notification = useService("notification");
    const isAsked = () => Boolean(document.querySelector(".modal"));
    const take = (code) => {
        if (isAsked()) {
            pos.sound.play("error");
            notification.add(_t("%s was not taken: answer the question first.", code), {
                type: "warning",
            });
        } else {
            onScan(code);
        }
    };
    useTillScanner(take);
    const scanner = useKeyScanner({
        onScan: take,
        onKeydown: (ev) => !isAsked() && scanner.onKeydown(ev),
    });
}
