import { pick } from "@web/core/utils/objects";
import { registry } from "@web/core/registry";
import { BinaryField, binaryField } from "@web/views/fields/binary/binary_field";

/** The file of an import: it is checked as soon as it is there. */
export class ImportFile extends BinaryField {
    async update(file) {
        await super.update(file);
        if (file.data) {
            await this.env.onClickViewButton({
                clickParams: { type: "object", name: "action_check" },
                getResParams: () =>
                    pick(
                        this.props.record,
                        "context",
                        "evalContext",
                        "resModel",
                        "resId",
                        "resIds"
                    ),
            });
        }
    }
}

registry.category("fields").add("store_transfer_import_file", {
    ...binaryField,
    component: ImportFile,
});
