import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
} from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";

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

/** Say where a transfer's goods come from or go to, as seen from this shop. */
export function writePartner({ partner, is_inbound: isInbound }) {
    if (!partner) {
        return "";
    }
    return isInbound ? _t("From %s", partner) : _t("To %s", partner);
}
