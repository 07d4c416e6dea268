import { Component, onMounted, onWillStart, useState } from "@odoo/owl";
import {
    BarcodeVideoScanner,
    isBarcodeScannerSupported,
} from "@web/core/barcode/barcode_video_scanner";
import { browser } from "@web/core/browser/browser";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { ScanChooser } from "../chooser/scan_chooser";
import { getDeviceName } from "../device/device";
import { PhotoStorage } from "../device/photos";
import { makeSounds } from "../device/sounds";
import { tryOnceMore } from "../queue/conflict";
import { Leftovers } from "./leftovers";

const PHOTOS = "store_transfer_photos";

/**
 * The scan screen in the back office: hands it the services that it needs.
 *
 * A job's own action extends it: it names the document's model, what chooses and starts
 * one, and the component that shows it.
 */
export class ScanAction extends Component {
    static template = "store_transfer.ScanAction";
    static components = { ScanChooser };
    static props = { ...standardActionServiceProps };

    // The document's model, and what its id is called in the action's parameters
    static model = "";
    static idParam = "";
    // Of store.transfer: what finds those that a document can be started for, and what
    // starts it
    static finder = "";
    static starter = "";
    // What the keys begin with under which scans are kept on this device
    static storageFolder = "";
    // The component that is the screen of a document
    static Screen = null;

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.sound = makeSounds();
        this.state = useState({ screen: null, transfers: [], leftovers: [] });
        this.leftovers = new Leftovers({
            prefix: `${this.constructor.storageFolder}/${session.db}/${user.userId}/`,
            send: (id, events) => this.callDocument(id, "record_scans", [events]),
        });
        const { idParam } = this.constructor;
        const id = this.props.action.params?.[idParam] || this.props.resId;
        onWillStart(async () => {
            this.photoStorage = await PhotoStorage.open(PHOTOS);
            await (id ? this.load(id) : this.loadTransfers());
        });
        onMounted(() => this.updateAddress());
    }

    get Screen() {
        return this.constructor.Screen;
    }

    /** The header in what get_screen() said: at least `id`, `transfer_id` and `name`. */
    get document() {
        return null;
    }

    /** Said when it was submitted. */
    get submittedText() {
        return "";
    }

    /** What ScanChooser asks for: texts, and how a transfer is shown and asked about. */
    get chooserProps() {
        return {};
    }

    get screenProps() {
        const { id, transfer_id: transferId } = this.document;
        return {
            screen: this.state.screen,
            call: (method, args) =>
                tryOnceMore(() => this.callDocument(id, method, args)),
            storage: browser.localStorage,
            photoStorage: this.photoStorage,
            storageKey: this.leftovers.getKey(id),
            device: getDeviceName(),
            sound: this.sound,
            notify: (message) => this.notification.add(message, { type: "danger" }),
            imageUrl: (productId) =>
                `/web/image/product.product/${productId}/image_128`,
            Camera: isBarcodeScannerSupported() ? BarcodeVideoScanner : undefined,
            onExit: () => this.exit(),
            onSubmitted: (answer) => this.onSubmitted(answer),
            startNext: async () => {
                this.nextId = await this.start(transferId);
                return this.leftovers.getKey(this.nextId);
            },
            openNext: () => this.load(this.nextId),
        };
    }

    callDocument(id, method, args) {
        return this.orm.silent.call(this.constructor.model, method, [[id], ...args]);
    }

    async load(id) {
        this.state.screen = await this.orm.call(this.constructor.model, "get_screen", [
            [id],
        ]);
        this.updateAddress();
    }

    async loadTransfers() {
        this.state.leftovers = await this.leftovers.sendAll(browser.localStorage);
        // Nobody waits for large photos; the next time, they are tried again.
        this.leftovers.sendAll(this.photoStorage, { batch: 1 });
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

    async openTransfer(transfer) {
        this.isFromChooser = true;
        await this.load(await this.start(transfer.id));
    }

    async start(transferId) {
        const { starter, idParam } = this.constructor;
        const action = await this.orm.call("store.transfer", starter, [[transferId]]);
        return action.params[idParam];
    }

    exit() {
        if (this.isFromChooser || this.env.config.breadcrumbs.length < 2) {
            this.loadTransfers();
        } else {
            this.env.config.historyBack();
        }
    }

    onSubmitted(answer) {
        this.notification.add(this.submittedText, { type: "success" });
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
    async openForm(method) {
        const { id, transfer_id: transferId } = this.document;
        const action = await this.orm.call("store.transfer", method, [[transferId]]);
        this.action.doAction(action, { onClose: () => this.load(id) });
    }
}
