import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { SelectionPopup } from "@point_of_sale/app/components/popups/selection_popup/selection_popup";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { CameraGate } from "@store_transfer/scan/camera/camera_gate";
import { getDeviceCamera } from "@store_transfer/scan/camera/device_camera";
import { ScanCamera } from "@store_transfer/scan/camera/scan_camera";
import { getProblem } from "@store_transfer/pos_start/problem/get_problem";
import { reportPresence } from "../scan/presence";
import { useTillScanner } from "../scan/till_scanner";
import { useTillLoad } from "../till_load";

const TYPING_PAUSE = 300;

/** Products by scanner or camera, or by their name, SKU or barcode. */
export class ProductSearch extends Component {
    static template = "store_transfer.ProductSearch";
    static components = { ScanCamera };
    static props = {
        // ({id, name, sku, quantity}) => void
        onProduct: Function,
    };

    setup() {
        this.pos = usePos();
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.till = useService("store_transfer_till");
        this.Camera = getDeviceCamera();
        this.state = useState({ text: "", hasCamera: false });
        this.found = useTillLoad(() => this.till.findProducts(this.state.text));
        this.search = useDebounced(() => this.found.reload(), TYPING_PAUSE);
        useTillScanner((code) => this.onCode(code));
        this.cameraGate = new CameraGate({
            // Which codes there are, only the server knows.
            identify: () => null,
            onScan: (code) => this.onCameraCode(code),
            onHeld: () => {},
        });
    }

    /** What the camera reads while somebody is asked which product it is, is no scan. */
    onCameraResult(code) {
        if (!this.isLooking) {
            this.cameraGate.read(code);
        }
    }

    async onCameraCode(code) {
        this.isLooking = true;
        this.pos.sound.play("beep");
        await this.onCode(code);
        this.isLooking = false;
    }

    notify(message) {
        this.notification.add(message, { type: "danger" });
    }

    /** Who types a whole code, or scans into the field, wants that product. */
    onKey({ key }) {
        const text = this.state.text.trim();
        if (key === "Enter" && text) {
            this.onCode(text, { isTyped: true });
        }
    }

    /** Nothing is said of a word that is no code: its products are listed. */
    async onCode(code, { isTyped = false } = {}) {
        reportPresence();
        try {
            const product = await this.findByCode(code);
            if (product) {
                this.add(product);
            } else if (product === undefined && !isTyped) {
                this.pos.sound.play("error");
                this.notification.add(_t("%s is no product.", code), {
                    type: "warning",
                });
            }
        } catch (error) {
            this.notification.add(getProblem(error).text, { type: "danger" });
        }
    }

    /** Return the product of a code; null if none is chosen, undefined if there is none. */
    async findByCode(code) {
        const found = await this.till.call("find", code);
        if (found.kind === "product") {
            return found;
        }
        if (found.kind !== "products") {
            return undefined;
        }
        const list = found.products.map((product) => ({
            id: product.id,
            label: product.name,
            description: product.sku,
            item: product,
        }));
        const title = _t("Which product?");
        const chosen = await makeAwaitable(this.dialog, SelectionPopup, {
            title,
            list,
        });
        return chosen || null;
    }

    add(product) {
        this.state.text = "";
        this.found.value = null;
        this.props.onProduct(product);
    }
}
