import { _t } from "@web/core/l10n/translation";

/**
 * What can be started at the till, by its word in the address of the screen.
 *
 * `kind` is the server's word for it, `isInbound` tells that the goods come here, and
 * `isThirdParty` that the other side is no store.
 */
const KINDS = {
    send: {
        kind: "push",
        isInbound: false,
        isThirdParty: false,
        icon: "fa-truck",
        getTitle: () => _t("Send to Another Store"),
        getHint: () => _t("The other store approves it, then you ship."),
    },
    request: {
        kind: "pull",
        isInbound: true,
        isThirdParty: false,
        icon: "fa-hand-o-left",
        getTitle: () => _t("Request from Another Store"),
        getHint: () => _t("The other store approves it and ships; you count."),
    },
    receipt: {
        kind: "receipt",
        isInbound: true,
        isThirdParty: true,
        icon: "fa-download",
        getTitle: () => _t("Receive from a Third Party"),
        getHint: () => _t("Nobody has to approve it; you count what came."),
    },
};

export const ORDER_NAMES = Object.keys(KINDS);

export function getOrderKind(name) {
    return KINDS[name];
}
