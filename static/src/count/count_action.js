import { Component, onMounted, onWillStart, useState } from "@odoo/owl";
import {
    BarcodeVideoScanner,
    isBarcodeScannerSupported,
} from "@web/core/barcode/barcode_video_scanner";
import { browser } from "@web/core/browser/browser";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { getDeviceName } from "../scan/device/device";
import { PhotoStorage } from "../scan/device/photos";
import { makeSounds } from "../scan/device/sounds";
import { tryOnceMore } from "../scan/queue/conflict";
import { findKeys, ScanQueue } from "../scan/queue/scan_queue";
import { CountChooser } from "./chooser/count_chooser";
import { CountScreen } from "./count_screen";

const PHOTOS = "store_transfer_photos";

/** The scan screen in the back office: hands it the services that it needs. */
export class CountAction extends Component {
    static template = "store_transfer.CountAction";
    static components = { CountChooser, CountScreen };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.sound = makeSounds();
        this.formatDate = (date) => formatDate(deserializeDate(date));
        this.state = useState({ screen: null, transfers: [], leftovers: [] });
        const countId = this.props.action.params?.count_id || this.props.resId;
        onWillStart(async () => {
            this.photoStorage = await PhotoStorage.open(PHOTOS);
            await (countId ? this.load(countId) : this.loadTransfers());
        });
        onMounted(() => this.updateAddress());
    }

    get screenProps() {
        const { count } = this.state.screen;
        return {
            screen: this.state.screen,
            call: (method, args) => this.call(method, args),
            storage: browser.localStorage,
            photoStorage: this.photoStorage,
            storageKey: this.getStorageKey(count.id),
            device: getDeviceName(),
            sound: this.sound,
            notify: (message) => this.notification.add(message, { type: "danger" }),
            imageUrl: (productId) =>
                `/web/image/product.product/${productId}/image_128`,
            photoUrl: (lineId) =>
                `/web/image/store.transfer.count.line/${lineId}/photo`,
            Camera: isBarcodeScannerSupported() ? BarcodeVideoScanner : undefined,
            onExit: () => this.exit(),
            onSubmitted: (answer) => this.onSubmitted(answer),
            startNextCount: async () => {
                this.nextCountId = await this.startCount(count.transfer_id);
                return this.getStorageKey(this.nextCountId);
            },
            openNextCount: () => this.load(this.nextCountId),
            onOpenForm: () => this.openForm(),
        };
    }

    get storagePrefix() {
        return `store_transfer_count/${session.db}/${user.userId}/`;
    }

    getStorageKey(countId) {
        return `${this.storagePrefix}${countId}/`;
    }

    /** Send what was scanned on counts that were left without a network. */
    async sendLeftovers() {
        const { localStorage } = browser;
        const leftovers = [];
        for (const countId of this.findCountIds(localStorage)) {
            const size = await this.sendLeftover(countId, localStorage);
            if (size) {
                leftovers.push({ countId, size });
            }
        }
        this.state.leftovers = leftovers;
        // Nobody waits for large photos; the next time, they are tried again.
        for (const countId of this.findCountIds(this.photoStorage)) {
            this.sendLeftover(countId, this.photoStorage, { batch: 1 });
        }
    }

    findCountIds(storage) {
        const prefix = this.storagePrefix;
        const keys = findKeys(storage, prefix);
        return new Set(
            keys.map((key) => Number(key.slice(prefix.length).split("/")[0]))
        );
    }

    /** Return how much of a count could not be sent. */
    async sendLeftover(countId, storage, options = {}) {
        const queue = new ScanQueue({
            storage,
            key: this.getStorageKey(countId),
            send: (events) =>
                this.orm.silent.call("store.transfer.count", "record_scans", [
                    [countId],
                    events,
                ]),
            onAnswer: () => {},
            onChange: () => {},
            ...options,
        });
        queue.close();
        await queue.flush();
        return queue.size;
    }

    call(method, args) {
        const { id } = this.state.screen.count;
        return tryOnceMore(() =>
            this.orm.silent.call("store.transfer.count", method, [[id], ...args])
        );
    }

    async load(countId) {
        this.state.screen = await this.orm.call("store.transfer.count", "get_screen", [
            [countId],
        ]);
        this.updateAddress();
    }

    async loadTransfers() {
        await this.sendLeftovers();
        this.state.transfers = await this.findTransfers("");
        this.state.screen = null;
        this.updateAddress();
    }

    /** So that a page that is loaded again shows the same count. */
    updateAddress() {
        this.props.updateActionState?.({ resId: this.state.screen?.count.id || false });
    }

    findTransfers(text) {
        return this.orm.call("store.transfer", "get_transfers_to_count", [text]);
    }

    async openTransfer(transfer) {
        this.isFromChooser = true;
        await this.load(await this.startCount(transfer.id));
    }

    async startCount(transferId) {
        const action = await this.orm.call("store.transfer", "action_scan", [
            [transferId],
        ]);
        return action.params.count_id;
    }

    exit() {
        if (this.isFromChooser || this.env.config.breadcrumbs.length < 2) {
            this.loadTransfers();
        } else {
            this.env.config.historyBack();
        }
    }

    onSubmitted(answer) {
        const { name } = this.state.screen.count;
        this.notification.add(_t("The count of %s was submitted.", name), {
            type: "success",
        });
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

    async openForm() {
        const { transfer_id: transferId } = this.state.screen.count;
        const action = await this.orm.call("store.transfer", "action_start_count", [
            [transferId],
        ]);
        const { id } = this.state.screen.count;
        this.action.doAction(action, { onClose: () => this.load(id) });
    }
}

registry.category("actions").add("store_transfer_count", CountAction);
