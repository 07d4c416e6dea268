import { Component } from "@odoo/owl";
import { formatWithUnit } from "../../quantities/quantities";
import { describeCarton } from "../state/count_texts";

/** A carton that is opened and counted: what should be in it. */
export class CountCarton extends Component {
    static template = "store_transfer.CountCarton";
    static props = {
        job: Object,
    };

    setup() {
        this.count = this.props.job.state;
        this.formatWithUnit = formatWithUnit;
    }

    get title() {
        return describeCarton(this.count.openedCarton);
    }

    get parts() {
        return this.count.openedCarton.parts.map(([rowId, quantity]) => ({
            row: this.count.getRow(rowId),
            quantity,
        }));
    }
}
