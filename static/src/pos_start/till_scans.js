import { patch } from "@web/core/utils/patch";
import { BarcodeReader } from "@point_of_sale/app/services/barcode_reader_service";

// Who takes scans at the moment: the last of them gets them.
const takers = [];

/**
 * While a page of ours is shown, it gets each scan as it was read, before the till's
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
 * Take all scans from now on.
 *
 * @param {(code: string) => void} onScan
 * @returns {() => void} to be called when it is over
 */
export function takeScans(onScan) {
    takers.push(onScan);
    return () => takers.splice(takers.indexOf(onScan), 1);
}
