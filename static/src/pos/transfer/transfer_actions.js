import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { ask, makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { SelectionPopup } from "@point_of_sale/app/components/popups/selection_popup/selection_popup";
import { getHint, getPossibleSteps } from "../steps/till_steps";
import { useTillPage } from "../till_page";

/** What can be done with a transfer now; what is done next is the largest button. */
export class TransferActions extends Component {
    static template = "store_transfer.TransferActions";
    static props = {
        transfer: Object,
        // (step) => void
        run: Function,
        print: Function,
        isBusy: Boolean,
    };

    setup() {
        this.ui = useService("ui");
        this.page = useTillPage();
    }

    get steps() {
        return getPossibleSteps(this.props.transfer);
    }

    /** What the large button does; nothing where all that is possible is to correct. */
    getNext([first]) {
        return first?.isCorrection ? undefined : first;
    }

    get hint() {
        return getHint(this.props.transfer);
    }

    /** A phone has room for two buttons. */
    async showMore(steps) {
        const list = steps.map((step) => ({
            id: step.name,
            label: step.label,
            item: () => this.start(step),
        }));
        list.push({
            id: "print",
            label: _t("Print"),
            item: () => this.props.print(),
        });
        const doIt = await makeAwaitable(this.page.dialog, SelectionPopup, {
            title: this.props.transfer.name,
            list,
        });
        doIt?.();
    }

    /** Ask a second time before what can't be undone. */
    async start(step) {
        const { question } = step;
        const isSure =
            !question ||
            (await ask(this.page.dialog, { confirmLabel: step.label, ...question }));
        if (isSure) {
            this.props.run(step);
        }
    }
}
