import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { CameraGate } from "@store_transfer/scan/camera/camera_gate";
import { getDeviceCamera } from "@store_transfer/scan/camera/device_camera";
import { ScanCamera } from "@store_transfer/scan/camera/scan_camera";
import { getProblem } from "@store_transfer/pos_start/problem/get_problem";
import { useTillLoad } from "../till_load";
import { findProducts } from "../till_search";

const TYPING_PAUSE = 300;

/** Products by the camera, or by their name, SKU or barcode. */
export class ProductSearch extends Component {
    static template = "store_transfer.ProductSearch";
    static components = { ScanCamera };
    static props = {
        // See useScannedCodes()
        codes: Object,
        // How many products there are already, below the search
        lines: Number,
        // ({id, name, sku, quantity}) => void
        onProduct: Function,
        // (code) => Promise, done when it is known what the code stands for
        onScan: Function,
    };

    setup() {
        this.pos = usePos();
        this.notification = useService("notification");
        this.till = useService("store_transfer_till");
        this.Camera = getDeviceCamera();
        this.state = useState({ text: "", hasCamera: false });
        this.root = useRef("root");
        useEffect(
            () => this.makeRoom(),
            () => [this.state.hasCamera, this.props.lines]
        );
        this.found = useTillLoad(() => findProducts(this.till, this.state.text));
        this.search = useDebounced(() => this.found.reload(), TYPING_PAUSE);
        this.cameraGate = new CameraGate({
            // Which codes there are, only the server knows.
            identify: () => null,
            onScan: (code) => this.onCameraCode(code),
            onHeld: () => {},
        });
    }

    /** On a phone, what the camera has read would be listed out of sight. */
    makeRoom() {
        if (this.state.hasCamera) {
            this.root.el.scrollIntoView();
        }
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
        await this.props.onScan(code);
        this.isLooking = false;
    }

    notify(message) {
        this.notification.add(message, { type: "danger" });
    }

    /**
     * Who types a whole code wants that product. Nothing is said of a word that is no
     * code: its products are listed.
     */
    async onKey({ key }) {
        const text = this.state.text.trim();
        if (key !== "Enter" || !text) {
            return;
        }
        try {
            const product = await this.props.codes.find(text);
            if (product) {
                this.add(product);
            }
        } catch (error) {
            this.notify(getProblem(error).text);
        }
    }

    add(product) {
        this.state.text = "";
        this.found.value = null;
        this.props.onProduct(product);
    }
}
