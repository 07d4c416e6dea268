import { Component, onMounted, useExternalListener, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { ask, makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { getProblem } from "@store_transfer/pos_start/problem/get_problem";
import { TillProblem } from "@store_transfer/pos_start/problem/till_problem";
import { reportPresence } from "../scan/presence";
import { useTillKeyScanner } from "../scan/till_scanner";
import { useTillLoad } from "../till_load";
import { useTillPage } from "../till_page";
import { getDraft } from "./order_draft";
import { getOrderKind } from "./order_kinds";
import { OrderLine } from "./order_line";
import { OtherSideDialog } from "./other_side_dialog";
import { ProductSearch } from "./product_search";
import { useScannedCodes } from "./scanned_codes";
import { getSentText, sendOnce } from "./send_once";

/** Writes an order at the till: to or from whom, when, and which products. */
export class TransferOrder extends Component {
    static template = "store_transfer.TransferOrder";
    static components = { OrderLine, ProductSearch, TillProblem };
    static props = { name: String };

    setup() {
        this.pos = usePos();
        this.page = useTillPage();
        this.ui = useService("ui");
        this.notification = useService("notification");
        this.till = useService("store_transfer_till");
        this.kind = getOrderKind(this.props.name);
        this.draft = useState(getDraft(this.props.name));
        this.state = useState({ isBusy: false, problem: null });
        this.goods = useTillLoad(() =>
            this.till.call("get_order_goods", this.productIds)
        );
        this.codes = useScannedCodes(this.draft, (product) => this.addProduct(product));
        useTillKeyScanner((code) => this.onScan(code));
        onMounted(() => this.goods.reload());
        useExternalListener(window, "pos-network-online", () => this.onOnline());
    }

    get order() {
        return this.draft.values;
    }

    get productIds() {
        return this.order.lines.map(({ productId }) => productId);
    }

    /** What is wrong: with sending it, else with what is shown beside it. */
    get problem() {
        const { codes } = this.order;
        return (
            this.state.problem ||
            (codes.length && this.codes.problem) ||
            this.goods.problem
        );
    }

    retry() {
        if (this.state.problem) {
            this.submit();
        } else {
            this.codes.lookUp();
            this.goods.reload();
        }
    }

    get otherLabel() {
        if (this.kind.isThirdParty) {
            return _t("Third Party");
        }
        return this.kind.isInbound ? _t("From") : _t("To");
    }

    get otherStores() {
        return (this.goods.value?.stores || []).filter((store) => !store.is_own);
    }

    get ownStore() {
        return this.goods.value?.stores.find((store) => store.is_own);
    }

    get date() {
        return this.order.date || this.goods.value?.today || "";
    }

    /** What has to be filled in before it can be sent; nothing once it can. */
    get missing() {
        const { other, remark, lines, codes } = this.order;
        if (!other && !this.kind.isThirdParty) {
            return _t("Choose the other store.");
        }
        if (!other && !remark.trim()) {
            return _t("Choose who brings it, or name them in the remark.");
        }
        if (codes.length) {
            return _t("What was scanned is being looked up.");
        }
        if (!lines.length) {
            return _t("Scan a product, or look for it by its name or SKU.");
        }
        if (lines.some(({ quantity }) => !quantity)) {
            return _t("Enter a quantity for each product, or remove it.");
        }
        return "";
    }

    /** What the server knows of a line's product, once it has said it. */
    getGoods({ productId }) {
        return this.goods.value?.products.find(({ id }) => id === productId);
    }

    async onScan(code) {
        reportPresence();
        this.endTyping();
        if (this.order.isSent) {
            this.pos.sound.play("error");
            this.notification.add(this.sentText, { type: "warning" });
        } else {
            await this.codes.take(code);
        }
    }

    /** A quantity that was typed is one, though nobody has left its field. */
    endTyping() {
        const { activeElement } = document;
        if (activeElement?.closest(".o_till_quantity")) {
            activeElement.blur();
        }
    }

    addProduct(product) {
        this.draft.addProduct(product);
        if (!this.getGoods({ productId: product.id })) {
            this.goods.reload();
        }
    }

    chooseStore(store) {
        this.draft.change({ other: { id: store.id, name: store.name } });
    }

    async chooseOther() {
        const other = await makeAwaitable(this.page.dialog, OtherSideDialog, {
            title: this.otherLabel,
            stores: this.kind.isThirdParty ? null : this.otherStores,
        });
        if (other) {
            this.draft.change({ other });
        }
    }

    /** Whether it is sent is up to who has pressed; nothing stands in the way. */
    onOnline() {
        if (this.state.problem?.isOffline) {
            this.state.problem = null;
        }
    }

    backToList() {
        this.page.navigate("TransfersScreen");
    }

    get sentText() {
        return getSentText(_t("Submit"));
    }

    async discard() {
        const isSure = await ask(this.page.dialog, {
            title: this.kind.getTitle(),
            body: this.order.isSent
                ? _t("Forget it? It may have been made: look for it in the list.")
                : _t("Forget what was written?"),
            confirmLabel: _t("Discard"),
        });
        if (isSure) {
            this.draft.forget();
            this.backToList();
        }
    }

    async submit() {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        this.state.problem = null;
        try {
            const transfer = await sendOnce(
                this.till,
                (isSent) => this.draft.change({ isSent }),
                () => this.send()
            );
            this.draft.forget();
            this.onSubmitted(transfer);
        } catch (error) {
            this.state.problem = getProblem(error);
        } finally {
            this.state.isBusy = false;
        }
    }

    send() {
        const { other, date, remark, lines, uuid } = this.order;
        const products = lines.map(({ productId, quantity }) => ({
            product_id: productId,
            quantity,
        }));
        return this.till.call(
            "order",
            this.kind.kind,
            other?.id || false,
            products,
            date || null,
            remark,
            uuid
        );
    }

    onSubmitted({ id, name }) {
        const text = this.kind.isThirdParty
            ? _t("%s can be counted now.", name)
            : _t("%s waits for the other store.", name);
        this.notification.add(text, { type: "success" });
        this.page.navigate("TransferScreen", { transferId: id });
    }
}
