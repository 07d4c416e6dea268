import { browser } from "@web/core/browser/browser";
import { getTillKey } from "../till_storage";

const FOLDER = "store_transfer_till_job";

/**
 * Return what is being counted or picked at this till, and was not left on purpose: who
 * was locked out, or sold something meanwhile, is led back to it.
 *
 * @returns {{transferId: number, job: string, name: string}|null}
 */
export function getKeptJob() {
    return JSON.parse(browser.localStorage.getItem(getTillKey(FOLDER)));
}

export function keepJob(job) {
    try {
        browser.localStorage.setItem(getTillKey(FOLDER), JSON.stringify(job));
    } catch {
        // No room: nobody is led back, and what was scanned is kept all the same.
    }
}

/** Lead nobody back to this job; another one may have been begun meanwhile. */
export function forgetJob({ transferId, job }) {
    const kept = getKeptJob();
    if (kept?.transferId === transferId && kept.job === job) {
        browser.localStorage.removeItem(getTillKey(FOLDER));
    }
}
