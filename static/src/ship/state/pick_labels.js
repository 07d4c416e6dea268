import { _t } from "@web/core/l10n/translation";

/** Prints the labels of cartons, one after the other. */
export class PickLabels {
    /**
     * @param {Object} params
     * @param {(method: string, args: Array) => Promise<Object>} params.call a method of
     *  the pick list on the server; what it throws has `data` when the server itself
     *  refused
     * @param {(action: Object) => Promise} params.print what the server answered
     * @param {(message: string) => void} params.notify
     */
    constructor({ call, print, notify }) {
        Object.assign(this, { call, notify });
        this.printAction = print;
        this.last = Promise.resolve();
    }

    /** @param {Object} carton as the server describes it */
    print({ name }) {
        this.last = this.last.then(() => this.printNow(name));
    }

    async printNow(name) {
        try {
            await this.printAction(await this.call("action_print_carton", [name]));
        } catch (error) {
            this.notify(
                _t("The label of carton %(carton)s was not printed. %(reason)s", {
                    carton: name,
                    reason:
                        error.data?.message ||
                        _t("Open the carton and press “Print Label”."),
                })
            );
        }
    }
}
