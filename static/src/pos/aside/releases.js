import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { ask } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { getProblem } from "@store_transfer/pos_start/problem/get_problem";
import { useTillPage } from "../till_page";

/** What is asked before something is released, as `ask` takes it. */
function getReleaseQuestion(aside, how) {
    const questions = {
        hand_over: {
            body: _t(
                "The customer takes it now. It is in the stock again until the sale is " +
                    "rung up."
            ),
            confirmLabel: _t("Hand Over"),
        },
        free: {
            body: _t("The customer does not want it: it can be sold to anybody again."),
            confirmLabel: _t("Put to Free Stock"),
        },
    };
    return { title: aside.customer, ...questions[how] };
}

/**
 * Return what ends that something is kept: the customer takes it, or does not want it
 * any more.
 *
 * @param {() => void} onReleased also called where it is not here any more
 * @returns {{isBusy: boolean, release: (aside: Object, how: string) => Promise}}
 */
export function useRelease(onReleased) {
    const page = useTillPage();
    const till = useService("store_transfer_till");
    const state = useState({ isBusy: false });
    state.release = async (aside, how) => {
        const isSure = await ask(page.dialog, getReleaseQuestion(aside, how));
        if (!isSure || state.isBusy) {
            return;
        }
        state.isBusy = true;
        try {
            await till.call("release_aside", aside.id, how);
        } catch (error) {
            page.tell(aside.customer, getProblem(error).text);
        } finally {
            state.isBusy = false;
            onReleased();
        }
    };
    return state;
}
