import { browser } from "@web/core/browser/browser";
import { patch } from "@web/core/utils/patch";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { isTransferPage } from "./till_pages";

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
    /** The open sale that was left for a page of transfers, until a sale is shown. */
    get keptSale() {
        const uuid = browser.sessionStorage.getItem(KEPT_SALE);
        const order = uuid && this.models["pos.order"].getBy("uuid", uuid);
        return order && !order.finalized ? order : undefined;
    },

    /** Called by each page of transfers when it opens. */
    keepSale() {
        const { keptSale } = this;
        const order = keptSale || this.getOrder();
        if (keptSale && keptSale !== this.getOrder()) {
            this.setOrder(keptSale);
        } else if (order) {
            browser.sessionStorage.setItem(KEPT_SALE, order.uuid);
        }
    },

    get openOrder() {
        return this.keptSale || super.openOrder;
    },

    navigate(routeName, routeParams = {}) {
        const isDone = super.navigate(...arguments);
        this.forgetSaleOn(routeParams);
        return isDone;
    },

    async handleUrlParams() {
        const { current, params } = this.router.state;
        if (!isTransferPage(current)) {
            await super.handleUrlParams(...arguments);
            this.forgetSaleOn(params);
        }
    },

    forgetSaleOn(params) {
        if (params?.orderUuid) {
            browser.sessionStorage.removeItem(KEPT_SALE);
        }
    },
});
