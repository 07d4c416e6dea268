import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatWithUnit } from "@store_transfer/quantities/quantities";
import { TillQuantity } from "../answers/till_quantity";

// The server says what is too much.
const MOST = 999999;

/** A product of an order: how much of it, and what each store has free. */
export class OrderLine extends Component {
    static template = "store_transfer.OrderLine";
    static components = { TillQuantity };
    static props = {
        // As OrderDraft keeps it
        line: Object,
        // What get_order_goods() said of its product, once it has
        goods: { type: Object, optional: true },
        stores: Array,
        other: { type: [Object, { value: null }] },
        isInbound: Boolean,
        isThirdParty: Boolean,
        isReadonly: Boolean,
        setQuantity: Function,
        remove: Function,
        chooseStore: Function,
    };

    setup() {
        this.state = useState({ isOpen: false });
        this.most = MOST;
    }

    get imageUrl() {
        return `/web/image/product.product/${this.props.line.productId}/image_128`;
    }

    getFree(store) {
        return this.props.goods.free[store.id] || 0;
    }

    write(quantity) {
        return formatWithUnit(quantity, this.props.goods.unit);
    }

    /** The store that the goods leave, if it is one and was chosen. */
    get source() {
        const { stores, other, isInbound, isThirdParty } = this.props;
        if (!isInbound) {
            return stores.find((store) => store.is_own);
        }
        return isThirdParty ? undefined : stores.find(({ id }) => id === other?.id);
    }

    get isShort() {
        return this.source && this.getFree(this.source) < this.props.line.quantity;
    }

    /** What one's own store and the chosen one have. */
    get parts() {
        const { stores, other, isThirdParty } = this.props;
        return stores
            .filter(
                ({ id, is_own: isOwn }) => isOwn || (id === other?.id && !isThirdParty)
            )
            .map((store) => ({
                id: store.id,
                isShort: store.id === this.source?.id && this.isShort,
                text: _t("%(store)s: %(quantity)s free", {
                    store: store.name,
                    quantity: this.write(this.getFree(store)),
                }),
            }));
    }

    /** The other stores that have any of it, the one with the most of it first. */
    get otherStores() {
        return this.props.stores
            .filter((store) => !store.is_own && this.getFree(store) > 0)
            .sort((one, other) => this.getFree(other) - this.getFree(one));
    }

    choose(store) {
        this.state.isOpen = false;
        this.props.chooseStore(store);
    }
}
