import { onMounted, onWillUnmount } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { BarcodeReader } from "@point_of_sale/app/services/barcode_reader_service";

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
