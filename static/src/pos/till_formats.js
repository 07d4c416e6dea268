import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
} from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { formatWithUnit } from "@store_transfer/quantities/quantities";

/** Write a date of the server as the user's language does; nothing for no date. */
export function writeDate(date) {
    return date ? formatDate(deserializeDate(date)) : "";
}

/** Write a moment of the server, in the user's own time; nothing for no moment. */
export function writeMoment(moment) {
    // Nobody needs its seconds.
    const format = localization.dateTimeFormat.replace(/[:.]ss/, "");
    return moment ? formatDateTime(deserializeDateTime(moment), { format }) : "";
}

/** Say what a difference is, and how much of it. */
export function writeDifference({ kind_label: label, quantity, unit }) {
    return _t("%(label)s: %(quantity)s", {
        label,
        quantity: formatWithUnit(quantity, unit),
    });
}

/** Say where a transfer's goods come from or go to, as seen from this shop. */
export function writePartner({ partner, is_inbound: isInbound }) {
    if (!partner) {
        return "";
    }
    return isInbound ? _t("From %s", partner) : _t("To %s", partner);
}
