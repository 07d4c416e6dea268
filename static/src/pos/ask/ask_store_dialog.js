import { Component, onMounted, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { getProblem } from "@store_transfer/pos_start/problem/get_problem";
import { TillProblem } from "@store_transfer/pos_start/problem/till_problem";
import { formatWithUnit } from "@store_transfer/quantities/quantities";
import { makeId } from "../../scan/device/device";
import { TillQuantity } from "../answers/till_quantity";
import { getSentText, sendOnce } from "../order/send_once";
import { useTillLoad } from "../till_load";

// The server says what is too much.
const MOST = 999999;

/**
 * Which store is asked for a product, and for whom: the stores that have it, the one
 * with the most of it first.
 */
export class AskStoreDialog extends Component {
    static template = "store_transfer.AskStoreDialog";
    static components = { Dialog, TillProblem, TillQuantity };
    static props = {
        productId: Number,
        quantity: Number,
        // {name, phone}, as texts
        customer: Object,
        close: Function,
    };

    setup() {
        this.notification = useService("notification");
        this.till = useService("store_transfer_till");
        const { quantity, customer } = this.props;
        this.state = useState({
            storeId: null,
            quantity,
            name: customer.name,
            phone: customer.phone,
            isBusy: false,
            isSent: false,
            problem: null,
        });
        // By this the server knows it again when it is pressed twice.
        this.uuid = makeId();
        this.most = MOST;
        this.loaded = useTillLoad(() =>
            this.till.call("get_product", this.props.productId)
        );
        onMounted(() => this.loaded.reload());
    }

    get product() {
        return this.loaded.value.product;
    }

    get own() {
        return this.loaded.value.stores.find((store) => store.is_own);
    }

    /** Those that have none are not asked. */
    get stores() {
        return this.loaded.value.stores.filter(
            (store) => !store.is_own && store.free > 0
        );
    }

    write(quantity) {
        return formatWithUnit(quantity, this.product.unit);
    }

    writeFree({ free }) {
        return _t("%s free", this.write(free));
    }

    get freeHereText() {
        return _t("Free here: %s", this.write(this.own.free));
    }

    writeComing(coming) {
        const known = coming.filter(({ quantity }) => quantity !== false);
        const quantity = known.reduce((sum, one) => sum + one.quantity, 0);
        return quantity ? _t("%s on the way or asked for", this.write(quantity)) : "";
    }

    get canAsk() {
        const { storeId, quantity, isBusy } = this.state;
        return storeId && quantity && !isBusy;
    }

    get customer() {
        const name = this.state.name.trim();
        return name ? { name, phone: this.state.phone.trim() } : null;
    }

    get sentText() {
        return getSentText(_t("Request"));
    }

    async ask() {
        if (this.state.isBusy) {
            return;
        }
        Object.assign(this.state, { isBusy: true, problem: null });
        try {
            const transfer = await sendOnce(
                this.till,
                (isSent) => (this.state.isSent = isSent),
                () => this.send()
            );
            this.onAsked(transfer);
        } catch (error) {
            this.state.problem = getProblem(error);
        } finally {
            this.state.isBusy = false;
        }
    }

    send() {
        const { storeId, quantity } = this.state;
        const lines = [{ product_id: this.props.productId, quantity }];
        return this.till.call("request", storeId, lines, this.customer, "", this.uuid);
    }

    onAsked({ name, partner }) {
        this.notification.add(
            _t("%(store)s was asked: %(transfer)s.", {
                store: partner,
                transfer: name,
            }),
            { type: "success" }
        );
        this.props.close();
    }
}

registry.category("lazy_components").add("AskStoreDialog", AskStoreDialog);
