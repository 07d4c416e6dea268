import { Component } from "@odoo/owl";
import { Outside } from "../screen/outside";
import { ScanScreen } from "../screen/scan_screen";

/**
 * The scan screen with a document on it; which one, its own screen says, which extends
 * this one.
 *
 * It knows nothing of where it is shown: all it needs is handed in, so that the back
 * office and a till can show the same.
 */
export class DocumentScreen extends Component {
    static template = "store_transfer.DocumentScreen";
    static components = { ScanScreen };
    static props = {
        // What the server's get_screen() said.
        screen: Object,
        // (method, arguments) => answer of the document on the server; what it throws has
        // `data` when the server itself refused
        call: Function,
        // localStorage, or what behaves like it, and what its keys begin with.
        storage: Object,
        storageKey: String,
        // The same for photos, which are too large for it.
        photoStorage: Object,
        device: String,
        // ("counted" | "complete" | "surplus" | "wrong" | "undone") => void
        sound: Function,
        // (message) => void
        notify: Function,
        // (product id) => address of an image
        imageUrl: Function,
        onExit: Function,
        // (what the server's action_submit() said) => void
        onSubmitted: Function,
        // A component that calls its prop onResult with what the device's camera reads
        Camera: { type: Function, optional: true },
        // What brings scans from elsewhere, see ScanScreen
        outside: { type: Outside, optional: true },
        // () => what the keys of the transfer's next document begin with, and
        // () => void: open that one
        startNext: { type: Function, optional: true },
        openNext: { type: Function, optional: true },
        // () => void: open the same document as a form
        onOpenForm: { type: Function, optional: true },
    };

    setup() {
        this.job = this.makeJob(this.props);
    }

    /** @returns {DocumentJob} */
    makeJob() {}
}
