import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";
import { session } from "@web/session";

/** Of this till and this login: another one goes on with another job. */
function getKey() {
    return `store_transfer_till_job/${session.db}/${user.userId}/${odoo.pos_config_id}`;
}

/**
 * Return what is being counted or picked at this till, and was not left on purpose: who
 * was locked out, or sold something meanwhile, is led back to it.
 *
 * @returns {{transferId: number, job: string, name: string}|null}
 */
export function getKeptJob() {
    return JSON.parse(browser.localStorage.getItem(getKey()));
}

export function keepJob(job) {
    try {
        browser.localStorage.setItem(getKey(), JSON.stringify(job));
    } catch {
        // No room: nobody is led back, and what was scanned is kept all the same.
    }
}

export function forgetJob() {
    browser.localStorage.removeItem(getKey());
}
