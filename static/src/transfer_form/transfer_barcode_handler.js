import { onMounted } from "@odoo/owl";
import {
    BarcodeHandlerField,
    barcodeHandlerField,
} from "@barcodes/barcode_handler_field";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useKeyScanner } from "../scan/keys/key_scanner";

function getTopDialog() {
    return [...document.querySelectorAll(".modal")].at(-1);
}

/**
 * Odoo's reader of barcodes leaves the keys alone that go into a field. The form of a
 * new transfer opens with the focus in one: here a scan counts wherever the focus is.
 */
export class TransferBarcodeHandler extends BarcodeHandlerField {
    setup() {
        super.setup();
        const barcodes = useService("barcode");
        this.scanner = useKeyScanner({
            onScan: (barcode) =>
                barcodes.bus.trigger("barcode_scanned", {
                    barcode,
                    target: document.body,
                }),
            onKeydown: (ev) => this.onKeydown(ev),
        });
        onMounted(() => (this.dialog = getTopDialog()));
    }

    get editedList() {
        const values = Object.values(this.props.record.data);
        return values.find((value) => value?.editedRecord);
    }

    /** What is scanned into a dialog above the form is not the form's. */
    onKeydown(ev) {
        if (getTopDialog() === this.dialog) {
            this.scanner.onKeydown(ev);
        }
    }

    /** A quantity that is being typed comes first: one more is added to it. */
    async onBarcodeScanned(event) {
        await this.props.record.isDirty();
        await this.leaveEmptyLine();
        this.showAnswers();
        return super.onBarcodeScanned(event);
    }

    /** A line that waits for its first word is in the way of those that are scanned. */
    async leaveEmptyLine() {
        const list = this.editedList;
        if (list?.editedRecord.canBeAbandoned) {
            await list.leaveEditMode();
        }
    }

    /**
     * Show in the line that has the focus what an answer said while a code went through
     * it: Odoo leaves a field alone that is typed into, and draws it anew only when its
     * record changes again.
     */
    showAnswers() {
        const line = this.editedList?.editedRecord;
        if (line) {
            line.data = { ...line.data };
        }
    }
}

registry.category("fields").add("transfer_barcode_handler", {
    ...barcodeHandlerField,
    component: TransferBarcodeHandler,
});
