import { registry } from "@web/core/registry";
import { BadgeField, badgeField } from "@web/views/fields/badge/badge_field";

const STATES_OF_A_TRANSFER = {
    waiting: "warning",
    approved: "info",
    in_transit: "info",
    arrived: "info",
    partial: "warning",
    done: "success",
    rejected: "danger",
};

/** The colour of each value, by model and field; grey where there is none. */
export const BADGE_COLOURS = {
    "store.transfer": { state: STATES_OF_A_TRANSFER },
    "store.transfer.line": { state: STATES_OF_A_TRANSFER },
    "store.transfer.count": { state: { open: "info", done: "success" } },
    "store.transfer.count.scan": {
        status: { counted: "success", unknown: "danger", refused: "danger" },
    },
    "store.transfer.pick": { state: { open: "info", done: "success" } },
    "store.transfer.pick.scan": {
        status: { counted: "success", unknown: "danger", refused: "danger" },
    },
    "store.transfer.discrepancy": {
        kind: {
            short: "warning",
            damaged: "danger",
            surplus: "info",
            unexpected: "info",
        },
        state: { open: "warning", answered: "info", settled: "success" },
    },
    "store.transfer.work": {
        kind: {
            approve: "warning",
            ship: "info",
            count: "info",
            take_back: "info",
            correct: "danger",
            answer: "warning",
            settle: "warning",
            accept: "warning",
            decide: "danger",
            substitute: "warning",
        },
    },
    "store.transfer.aside": {
        state: { held: "warning", handed_over: "success" },
    },
    "store.transfer.substitution": {
        state: { open: "warning", accepted: "success", refused: "danger" },
    },
    "store.transfer.import": {
        state: {
            checking: "info",
            importing: "info",
            stopped: "danger",
            cancelling: "info",
            done: "success",
        },
    },
    "store.transfer.import.finding": {
        level: { error: "danger", notice: "warning" },
    },
    "store.transfer.import.order": {
        result: {
            errors: "danger",
            earlier: "warning",
            draft: "success",
            submitted: "success",
        },
    },
};

/** Odoo's badge, which knows by itself what our states look like. */
export class TransferBadge extends BadgeField {
    /** What a view says itself, by a decoration or a field, comes first. */
    get badgeClass() {
        const { record, name, decorations, colorField } = this.props;
        const colour = BADGE_COLOURS[record.resModel]?.[name]?.[record.data[name]];
        const isSaidByView = colorField || Object.keys(decorations).length;
        return colour && !isSaidByView ? `text-bg-${colour}` : super.badgeClass;
    }
}

registry.category("fields").add("transfer_badge", {
    ...badgeField,
    component: TransferBadge,
    // Looks and is found like Odoo's.
    additionalClasses: ["o_field_badge"],
});
