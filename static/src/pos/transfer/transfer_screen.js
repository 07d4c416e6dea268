import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { CenteredIcon } from "@point_of_sale/app/components/centered_icon/centered_icon";
import { SelectionPopup } from "@point_of_sale/app/components/popups/selection_popup/selection_popup";
import { ask, makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { getProblem } from "@store_transfer/pos_start/problem/get_problem";
import { TillProblem } from "@store_transfer/pos_start/problem/till_problem";
import { ApproveDialog } from "../answers/approve_dialog";
import { PinDialog } from "../answers/pin_dialog";
import { ReasonDialog } from "../answers/reason_dialog";
import { getReasonQuestion } from "../answers/reason_questions";
import { SettleDialog } from "../answers/settle_dialog";
import { AsideList } from "../aside/aside_list";
import { useRelease } from "../aside/releases";
import { useTillCodes } from "../codes/till_codes";
import { getPaperChoices } from "../paper/papers";
import { TillSlip } from "../paper/till_slip";
import { useTillPrint } from "../scan/till_print";
import { writePartner } from "../till_formats";
import { useTillLoad } from "../till_load";
import { useTillPage } from "../till_page";
import { TransferActions } from "./transfer_actions";
import { TransferDifferences } from "./transfer_differences";
import { TransferFacts } from "./transfer_facts";
import { TransferLines } from "./transfer_lines";
import { TransferTrail } from "./transfer_trail";

/** One transfer: what it is about, what became of it, and what can be done with it. */
export class TransferScreen extends Component {
    static template = "store_transfer.TransferScreen";
    static components = {
        AsideList,
        CenteredIcon,
        TillProblem,
        TransferActions,
        TransferDifferences,
        TransferFacts,
        TransferLines,
        TransferTrail,
    };
    static props = { transferId: Number };

    setup() {
        this.page = useTillPage();
        this.ui = useService("ui");
        this.printer = useService("printer");
        this.till = useService("store_transfer_till");
        this.printPapers = useTillPrint();
        this.state = useState({ isBusy: false });
        this.loaded = useTillLoad(() =>
            this.till.call("get_transfer", this.props.transferId)
        );
        this.releasing = useRelease(() => this.onChanged());
        useTillCodes();
        useBus(this.till.news, "news", () => this.loaded.reload());
        this.writePartner = writePartner;
        onWillStart(() => {
            this.loaded.reload();
        });
    }

    get transfer() {
        return this.loaded.value;
    }

    backToList() {
        this.page.navigate("TransfersScreen");
    }

    /** Do a step of getPossibleSteps(), after what it still has to be asked. */
    async run(step) {
        if (step.job) {
            this.page.navigate("TransferScanScreen", {
                transferId: this.transfer.id,
                job: step.job,
            });
            return;
        }
        const request = await this.getRequest(step);
        const approver = request && step.byPin ? await this.askApprover() : null;
        if (request && (approver || !step.byPin)) {
            await this.call(approver, ...request);
        }
    }

    /** Return which method does a step and with what, or nothing where it is left. */
    getRequest({ step, answer }) {
        const answers = {
            approve: () => this.approveLess(),
            reject: () => this.giveReason(answer),
            close: () => this.giveReason(answer),
            settle: () => this.settle(),
        };
        if (answer) {
            return answers[answer]();
        }
        return step === "approve" ? [step] : ["do_step", step];
    }

    async approveLess() {
        const answer = await this.ask(ApproveDialog, "reject");
        return answer && ["approve", answer.quantities, answer.reasonId, answer.note];
    }

    /** Ask why something is rejected, or closed. */
    async giveReason(step) {
        const question = getReasonQuestion(step, this.transfer);
        const answer = await this.ask(ReasonDialog, step, { question });
        return answer && [step, answer.reasonId, answer.note];
    }

    async settle() {
        const answers = await this.ask(SettleDialog, "short");
        return answers && ["settle", answers];
    }

    /** Ask who approves, where somebody else is logged in; the server knows the PIN. */
    async askApprover() {
        try {
            const approvers = await this.till.call("get_approvers");
            return await makeAwaitable(this.page.dialog, PinDialog, { approvers });
        } catch (error) {
            return this.showProblem(error);
        }
    }

    ask(Dialog, usage, props = {}) {
        const { transfer } = this;
        const reasons = transfer.reasons[usage] || [];
        return makeAwaitable(this.page.dialog, Dialog, { transfer, reasons, ...props });
    }

    /** Accept or refuse goods that nobody sent. */
    async decide(difference, verdict) {
        const questions = {
            accept: {
                title: _t("Accept the Surplus"),
                body: _t(
                    "Take these goods into stock? They come out of the stock of who sent " +
                        "them. This can't be undone."
                ),
                confirmLabel: _t("Accept"),
            },
            refuse: {
                title: _t("Refuse the Surplus"),
                body: _t(
                    "Refuse these goods? They stay out of your stock: send them back, " +
                        "they are the sender's."
                ),
                confirmLabel: _t("Refuse"),
            },
        };
        if (await ask(this.page.dialog, questions[verdict])) {
            await this.call(null, "decide", difference.id, verdict);
        }
    }

    /** Do something with this transfer on the server, once, and show what came of it. */
    async call(approver, method, ...args) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            const answer = await this.till.callAs(
                approver,
                method,
                this.transfer.id,
                ...args
            );
            this.till.refresh();
            this.loaded.take(answer);
            await this.printPapers(answer.action);
        } catch (error) {
            this.showProblem(error);
        } finally {
            this.state.isBusy = false;
        }
    }

    /** Other things may wait now. */
    onChanged() {
        this.till.refresh();
        return this.loaded.reload();
    }

    showProblem(error) {
        this.page.tell(this.transfer.name, getProblem(error).text);
        this.loaded.reload();
    }

    async print() {
        const paper = await makeAwaitable(this.page.dialog, SelectionPopup, {
            title: _t("Print"),
            list: getPaperChoices(this.transfer),
        });
        if (paper === "slip") {
            await this.printSlip();
        } else if (paper) {
            await this.printPaper(paper);
        }
    }

    async printPaper(paper) {
        try {
            const action = await this.till.call("print_paper", this.transfer.id, paper);
            await this.printPapers(action);
        } catch (error) {
            this.showProblem(error);
        }
    }

    async printSlip() {
        try {
            const slip = await this.till.call("get_slip", this.transfer.id);
            await this.sendToPrinter({ slip, cashier: this.till.cashierName });
        } catch (error) {
            this.showProblem(error);
        }
    }

    async sendToPrinter(slip) {
        try {
            await this.printer.print(TillSlip, slip, { webPrintFallback: true });
        } catch (problem) {
            if (problem instanceof Error) {
                throw problem;
            }
            // What a printer says that has no paper, or can't be reached
            const { title, body } = problem;
            this.page.tell(title, body);
        }
    }
}

registry.category("lazy_components").add("TransferScreen", TransferScreen);
