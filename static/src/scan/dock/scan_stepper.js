import { Component } from "@odoo/owl";
import { useForwardRefToParent } from "@web/core/utils/hooks";
import { formatQuantity, formatWithUnit } from "../../quantities/quantities";
import { ScanJob } from "../scan_job";
import { StepButton } from "./step_button";

/** The quantity of the row at work: one more, one less, or typed. */
export class ScanStepper extends Component {
    static template = "store_transfer.ScanStepper";
    static components = { StepButton };
    static props = {
        job: ScanJob,
        row: Object,
        // The parent's reference to the field
        quantity: Function,
    };

    setup() {
        this.field = useForwardRefToParent("quantity");
        this.scan = this.props.job.state;
    }

    get done() {
        return this.props.job.getQuantity(this.props.row).done;
    }

    /** What stands behind the field: of how many, and in which unit. */
    get unitText() {
        const { job, row } = this.props;
        const { expected } = job.getQuantity(row);
        return expected === null ? row.unit : `/ ${formatWithUnit(expected, row.unit)}`;
    }

    get text() {
        return this.scan.typed ?? formatQuantity(this.done);
    }

    onFocus(ev) {
        if (this.scan.typed === null) {
            ev.target.select();
        }
    }

    /** What the row shows anyway, nobody typed. */
    onInput(ev) {
        const text = ev.target.value;
        this.scan.typeQuantity(text === formatQuantity(this.done) ? null : text);
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.altKey) {
            ev.preventDefault();
            ev.stopPropagation();
            this.enter();
        }
    }

    enter() {
        const { el } = this.field;
        if (this.scan.enterQuantity(el.value)) {
            el.blur();
        }
    }

    leave() {
        this.scan.reset();
        document.activeElement?.blur();
    }
}
