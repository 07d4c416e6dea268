import { Component, onMounted, onWillStart, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { ScanChooser } from "./chooser/scan_chooser";

/**
 * The scan screen in the back office, and the choice of what to scan.
 *
 * A job's own action extends it: it names what opens its documents, and says how they are
 * chosen.
 */
export class ScanAction extends Component {
    static template = "store_transfer.ScanAction";
    static components = { ScanChooser };
    static props = { ...standardActionServiceProps };

    // The class of ScanHost
    static Host = null;
    // Of store.transfer: what finds those that a document can be started for, and what
    // opens the document of one as a form
    static finder = "";
    static formOpener = "";

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.state = useState({ screen: null, transfers: [], leftovers: [] });
        const { Host } = this.constructor;
        this.host = new Host(this.page);
        const id = this.props.action.params?.[Host.idParam] || this.props.resId;
        onWillStart(async () => {
            await this.host.openPhotos();
            await (id ? this.load(id) : this.loadTransfers());
        });
        onMounted(() => this.updateAddress());
    }

    /** What the back office gives ScanHost. */
    get page() {
        return {
            call: (...call) => this.callFrom(this.orm, ...call),
            callSilently: (...call) => this.callFrom(this.orm.silent, ...call),
            notify: (message) => this.notification.add(message, { type: "danger" }),
            open: (id) => this.load(id),
            openTransfer: (id) => this.openTransfer({ id }),
            openForm: (document) => this.openForm(document),
            runAction: (action) => this.action.doAction(action),
            exit: () => this.exit(),
            onSubmitted: (answer) => this.onSubmitted(answer),
        };
    }

    /** Call the server, whose trail shows that it was done on this screen. */
    callFrom(orm, model, method, args = [], kwargs = {}) {
        const context = { ...kwargs.context, store_transfer_origin: "scan" };
        return orm.call(model, method, args, { ...kwargs, context });
    }

    get document() {
        return this.host.getDocument(this.state.screen);
    }

    /** What ScanChooser asks for: texts, and how a transfer is shown and asked about. */
    get chooserProps() {
        return {};
    }

    async load(id) {
        this.state.screen = await this.host.load(id);
        this.updateAddress();
    }

    async loadTransfers() {
        this.state.leftovers = await this.host.sendLeftovers();
        this.state.transfers = await this.findTransfers("");
        this.state.screen = null;
        this.updateAddress();
    }

    /** So that a page that is loaded again shows the same document. */
    updateAddress() {
        const resId = this.state.screen ? this.document.id : false;
        this.props.updateActionState?.({ resId });
    }

    findTransfers(text) {
        return this.orm.call("store.transfer", this.constructor.finder, [text]);
    }

    formatDate(date) {
        return formatDate(deserializeDate(date));
    }

    /** Where a transfer stands, or who has begun with it. */
    getBadge({ count_id: count, pick_id: pick, is_mine: isMine, state }, otherText) {
        if (!count && !pick) {
            return { text: state, cssClass: "text-bg-secondary" };
        }
        // Nobody has to be told what they are doing themselves.
        return isMine
            ? { text: _t("Go on"), cssClass: "text-bg-primary" }
            : { text: otherText, cssClass: "text-bg-light border" };
    }

    async openTransfer(transfer) {
        this.isFromChooser = true;
        await this.load(await this.host.start(transfer.id));
    }

    exit() {
        if (this.isFromChooser || this.env.config.breadcrumbs.length < 2) {
            this.loadTransfers();
        } else {
            this.env.config.historyBack();
        }
    }

    onSubmitted(answer) {
        const text = this.host.getSubmittedText(this.document);
        this.notification.add(text, { type: "success" });
        if (answer?.tag === "do_multi_print") {
            const params = {
                reports: answer.params.reports,
                onClose: () => this.exit(),
            };
            this.action.doAction({ ...answer, params });
        } else if (answer?.type && answer.type !== "ir.actions.act_window_close") {
            this.action.doAction(answer, { onClose: () => this.exit() });
        } else {
            this.exit();
        }
    }

    /** Open the same document as a form, by what the transfer's method answers. */
    async openForm({ id, transfer_id: transferId }) {
        const { formOpener } = this.constructor;
        const action = await this.orm.call("store.transfer", formOpener, [
            [transferId],
        ]);
        this.action.doAction(action, { onClose: () => this.load(id) });
    }
}
