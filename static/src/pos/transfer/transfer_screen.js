import { Component, onWillStart, onWillUpdateProps } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { CenteredIcon } from "@point_of_sale/app/components/centered_icon/centered_icon";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { TillProblem } from "../problem/till_problem";
import { writePartner } from "../till_formats";
import { useTillLoad } from "../till_load";
import { addTransferPage } from "../till_pages";
import { TransferFacts } from "./transfer_facts";
import { TransferLines } from "./transfer_lines";
import { TransferTrail } from "./transfer_trail";

/** One transfer: what it is about, what became of it, and what can be done with it. */
export class TransferScreen extends Component {
    static template = "store_transfer.TransferScreen";
    static components = {
        CenteredIcon,
        TillProblem,
        TransferFacts,
        TransferLines,
        TransferTrail,
    };
    static props = { transferId: Number };

    setup() {
        this.pos = usePos();
        this.ui = useService("ui");
        this.till = useService("store_transfer_till");
        this.till.keepSale();
        this.loaded = useTillLoad(() =>
            this.till.call("get_transfer", this.props.transferId)
        );
        this.writePartner = writePartner;
        onWillStart(() => {
            this.loaded.reload();
        });
        onWillUpdateProps((nextProps) => this.onTransferChanged(nextProps));
    }

    get transfer() {
        return this.loaded.value;
    }

    /** "Forward" and "back" may lead from one transfer to another. */
    onTransferChanged({ transferId }) {
        if (transferId !== this.props.transferId) {
            this.loaded.value = null;
            // The next render has the new transfer's id.
            Promise.resolve().then(() => this.loaded.reload());
        }
    }

    backToList() {
        this.pos.navigate("TransfersScreen");
    }
}

addTransferPage(TransferScreen, "transfers/{int:transferId}");
