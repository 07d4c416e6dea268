import { Component } from "@odoo/owl";
import { describeDoubt } from "../state/count_texts";

/** So much more than is expected was typed that it is asked for. */
export class CountDoubt extends Component {
    static template = "store_transfer.CountDoubt";
    static props = {
        job: Object,
    };

    setup() {
        this.count = this.props.job.state;
    }

    get text() {
        const { sheet, doubt } = this.count;
        return describeDoubt(sheet, doubt);
    }
}
