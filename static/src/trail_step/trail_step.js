import { registry } from "@web/core/registry";
import {
    SelectionField,
    selectionField,
} from "@web/views/fields/selection/selection_field";

/** A step of a trail: its icon, from the field `icon` of the record, and its name. */
export class TrailStep extends SelectionField {
    static template = "store_transfer.TrailStep";
}

registry.category("fields").add("trail_step", {
    ...selectionField,
    component: TrailStep,
    fieldDependencies: [{ name: "icon", type: "char" }],
});
