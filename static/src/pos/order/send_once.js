import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";

/**
 * Send what shall be made once only. Once it has left, and until there is an answer,
 * nothing of it may be changed: what was made of it may be on the server already.
 *
 * @param {Object} till
 * @param {(isSent: boolean) => void} setSent is told whether that is so
 * @param {() => Promise<any>} send
 */
export async function sendOnce(till, setSent, send) {
    if (!till.isOffline) {
        setSent(true);
    }
    try {
        return await send();
    } catch (error) {
        if (!(error instanceof ConnectionLostError)) {
            setSent(false);
        }
        throw error;
    }
}

/** What is said while that is so; `label` is that of the button that sends. */
export function getSentText(label) {
    return _t(
        "This was sent, and no answer has come yet. Press %s again: it is made only once.",
        label
    );
}
