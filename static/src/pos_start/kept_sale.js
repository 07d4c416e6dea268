import { browser } from "@web/core/browser/browser";
import { patch } from "@web/core/utils/patch";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { isTransferPage } from "./transfer_pages";

// Of this tab of the browser, also when it is loaded again.
const KEPT_SALE = "store_transfer_sale";

/**
 * The sale that is being rung up stays the one that is being rung up while transfers are
 * shown, and on every way out of them: back, forward, a reload, the login, the saver.
 *
 * By itself the till lets go of it on each page without an order in its address that is
 * reached by "back" or "forward", and takes the last one of all open sales after a
 * reload, the first one after a login.
 */
patch(PosStore.prototype, {
    setup() {
        // A field, and not read where it is needed: the till remembers what its getters
        // gave until a field changes that they have read.
        this.keptSaleUuid = browser.sessionStorage.getItem(KEPT_SALE);
        return super.setup(...arguments);
    },

    /** Return the sale that was left for a page of transfers, until a sale is shown. */
    getKeptSale() {
        const order = this.models["pos.order"].getBy("uuid", this.keptSaleUuid);
        return order && !order.finalized ? order : undefined;
    },

    /** Called by each page of transfers when it opens. */
    keepSale() {
        const order = this.getKeptSale() || this.getOrder();
        if (order && order !== this.getOrder()) {
            this.setOrder(order);
        }
        this.setKeptSale(order?.uuid);
    },

    setKeptSale(uuid) {
        this.keptSaleUuid = uuid;
        if (uuid) {
            browser.sessionStorage.setItem(KEPT_SALE, uuid);
        } else {
            browser.sessionStorage.removeItem(KEPT_SALE);
        }
    },

    /** Where a sale is shown, it is the one that is being rung up. */
    onPageShown(params) {
        if (params?.orderUuid) {
            this.setKeptSale(undefined);
        }
    },

    get openOrder() {
        return this.getKeptSale() || super.openOrder;
    },

    navigate(routeName, routeParams = {}) {
        const isDone = super.navigate(...arguments);
        this.onPageShown(routeParams);
        return isDone;
    },

    async handleUrlParams() {
        const { current, params } = this.router.state;
        if (!isTransferPage(current)) {
            await super.handleUrlParams(...arguments);
            this.onPageShown(params);
        }
    },
});
