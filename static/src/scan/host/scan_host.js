import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";
import { session } from "@web/session";
import { getDeviceCamera } from "../camera/device_camera";
import { getDeviceName } from "../device/device";
import { PhotoStorage } from "../device/photos";
import { makeSounds } from "../device/sounds";
import { tryOnceMore } from "../queue/conflict";
import { Leftovers } from "./leftovers";

const PHOTOS = "store_transfer_photos";

/**
 * Opens the documents of a job, and hands the scan screen what it needs: of this device,
 * and of the page that it is shown on, in the back office or at a till.
 *
 * A job's own host extends it: it names the document's model, what starts one, and the
 * component that shows it.
 */
export class ScanHost {
    // The document's model, and what its id is called in the action that starts one
    static model = "";
    static idParam = "";
    // Of store.transfer: the method that starts one
    static starter = "";
    // What the keys begin with under which scans are kept on this device
    static storageFolder = "";
    // The component that is the screen of a document
    static Screen = null;

    /**
     * @param {Object} page
     * @param {(model: string, method: string, args: Array) => Promise} page.call
     * @param {(model: string, method: string, args: Array) => Promise} page.callSilently
     *  the same in the background: nothing shows that the server is asked
     * @param {(message: string) => void} page.notify tells what went wrong
     * @param {(id: number) => void} page.open another document
     * @param {(transferId: number) => void} page.openTransfer start on another transfer
     * @param {(document: Object) => void} [page.openForm] the same document as a form
     * @param {(action: Object) => Promise} page.runAction what the server wants done, a
     *  label printed for example
     * @param {Outside} [page.outside]
     * @param {() => void} page.exit
     * @param {(answer: Object) => void} page.onSubmitted what action_submit() said
     */
    constructor(page) {
        this.page = page;
        this.sound = makeSounds();
        this.leftovers = new Leftovers({
            prefix: `${this.constructor.storageFolder}/${session.db}/${user.userId}/`,
            send: (id, events) => this.callDocument(id, "record_scans", [events]),
        });
    }

    get Screen() {
        return this.constructor.Screen;
    }

    /** The header in what get_screen() said: at least `id`, `transfer_id` and `name`. */
    getDocument() {
        return null;
    }

    /** Said when a document was submitted. */
    getSubmittedText() {
        return "";
    }

    /** Photos are read once, before the first document is shown. */
    async openPhotos() {
        this.photoStorage = await PhotoStorage.open(PHOTOS);
    }

    /** Return what the screen of a document shows. */
    load(id) {
        return this.page.call(this.constructor.model, "get_screen", [[id]]);
    }

    /** Start the document of a transfer, or go on with it; return its id. */
    async start(transferId) {
        const { starter, idParam } = this.constructor;
        const action = await this.page.call("store.transfer", starter, [[transferId]]);
        return action.params[idParam];
    }

    callDocument(id, method, args) {
        return this.page.callSilently(this.constructor.model, method, [[id], ...args]);
    }

    /**
     * Send what earlier documents left on this device.
     *
     * @returns {Promise<{id: number, size: number}[]>} how much could not be sent
     */
    async sendLeftovers() {
        const leftovers = await this.leftovers.sendAll(browser.localStorage);
        // Nobody waits for large photos; the next time, they are tried again.
        this.leftovers.sendAll(this.photoStorage, { batch: 1 });
        return leftovers;
    }

    /** The props of the screen, for what get_screen() said. */
    getProps(screen) {
        const header = this.getDocument(screen);
        const { page } = this;
        return {
            screen,
            call: (method, args) =>
                tryOnceMore(() => this.callDocument(header.id, method, args)),
            storage: browser.localStorage,
            photoStorage: this.photoStorage,
            storageKey: this.leftovers.getKey(header.id),
            device: getDeviceName(),
            sound: this.sound,
            notify: (message) => page.notify(message),
            imageUrl: (productId) =>
                `/web/image/product.product/${productId}/image_128`,
            Camera: getDeviceCamera(),
            outside: page.outside,
            onExit: () => page.exit(),
            onSubmitted: (answer) => page.onSubmitted(answer),
            startNext: async () => {
                this.nextId = await this.start(header.transfer_id);
                return this.leftovers.getKey(this.nextId);
            },
            openNext: () => page.open(this.nextId),
            onOpenForm: page.openForm && (() => page.openForm(header)),
        };
    }
}
