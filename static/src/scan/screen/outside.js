import { EventBus } from "@odoo/owl";
import { LONGEST_GAP } from "../keys/key_scanner";

/**
 * What the page around a scan screen hears. Triggers "scan" with a code that another
 * reader than the screen's own has read, and "online" when the server can be reached
 * again, where the page knows better than the browser.
 */
export class Outside extends EventBus {
    lastKey = -Infinity;
    codeBegin = Infinity;

    /** Keep in mind when the keys began that now come one after the other. */
    noteKey({ timeStamp }) {
        if (timeStamp - this.lastKey > LONGEST_GAP) {
            this.codeBegin = timeStamp;
        }
        this.lastKey = timeStamp;
    }

    /** Tell whether the last key is of a code that began before a moment, in ms. */
    hasCodeFromBefore(moment) {
        return this.codeBegin < moment;
    }
}
