import { _t } from "@web/core/l10n/translation";

/** What is asked before something is released, as `ask` takes it. */
export function getReleaseQuestion(aside, how) {
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
