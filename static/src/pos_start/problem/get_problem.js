import { AssetsLoadingError } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";

/** A file that did not come; not an answer that is none, such as a page of an error. */
function isFileLost(error) {
    return error instanceof AssetsLoadingError && !(error.cause instanceof SyntaxError);
}

/** What went wrong, as our screens show it: `{isOffline, text}`. */
export function getProblem(error) {
    if (error instanceof ConnectionLostError || isFileLost(error)) {
        return {
            isOffline: true,
            text: _t(
                "No connection to the server. Selling goes on; transfers are back as " +
                    "soon as the connection is."
            ),
        };
    }
    if (!(error instanceof RPCError || error instanceof AssetsLoadingError)) {
        throw error;
    }
    const { name = "", message = "" } = error.data || {};
    return {
        isOffline: false,
        text: name.startsWith("odoo.exceptions.")
            ? message
            : _t("The server could not answer. Try again, or ask who looks after it."),
    };
}
