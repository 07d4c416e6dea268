import { useEffect, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { Navbar } from "@point_of_sale/app/components/navbar/navbar";
import { isTransferPage } from "../transfer_pages";

const WITHOUT_CASHIER = ["LoginScreen", "SaverScreen"];
const MOST_SHOWN = 99;

/** The way to transfers, and how many of them wait for this shop. */
patch(Navbar.prototype, {
    setup() {
        super.setup(...arguments);
        this.till = useService("store_transfer_till");
        this.waiting = useState(this.till.badge);
        useEffect(
            (page) => {
                if (!WITHOUT_CASHIER.includes(page)) {
                    this.till.start();
                }
            },
            () => [this.pos.router.state.current]
        );
    },

    get mainButton() {
        const { current } = this.pos.router.state;
        return isTransferPage(current) ? "transfers" : super.mainButton;
    },

    get waitingTransfers() {
        const { total } = this.waiting;
        return total > MOST_SHOWN ? `${MOST_SHOWN}+` : `${total || ""}`;
    },

    openTransfers() {
        this.pos.navigate("TransfersScreen");
    },
});
