import { _t } from "@web/core/l10n/translation";
import { CountHost } from "../../count/count_host";
import { ShipHost } from "../../ship/ship_host";

/** What can be scanned at the till, by its word in the address of the screen. */
const JOBS = {
    count: {
        Host: CountHost,
        getText: (name) => _t("You were counting %s.", name),
    },
    ship: {
        Host: ShipHost,
        getText: (name) => _t("You were picking %s.", name),
    },
};

export const JOB_NAMES = Object.keys(JOBS);

export function getJob(name) {
    return JOBS[name];
}
