import { onMounted, onWillUnmount, useEnv } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { takeScans } from "@store_transfer/pos_start/till_scans";
import { useKeyScanner } from "../../scan/keys/key_scanner";

/**
 * Take all scans as long as the component is shown, and what was scanned for its page
 * before: those of a scanner that acts as a keyboard, unless the component listens to
 * keys itself, and of one behind an IoT box.
 *
 * @param {(code: string) => void} onScan
 */
export function useTillScanner(onScan) {
    const { earlyScans } = useEnv();
    let stop = () => {};
    onMounted(() => {
        stop = takeScans(onScan);
        earlyScans.splice(0).forEach((code) => onScan(code));
    });
    onWillUnmount(() => stop());
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
