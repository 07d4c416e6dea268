import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { CenteredIcon } from "@point_of_sale/app/components/centered_icon/centered_icon";
import { TillProblem } from "@store_transfer/pos_start/problem/till_problem";
import { formatQuantity, formatWithUnit } from "@store_transfer/quantities/quantities";
import { AskStoreDialog } from "../ask/ask_store_dialog";
import { useTillCodes } from "../codes/till_codes";
import { writeDate } from "../till_formats";
import { useTillLoad } from "../till_load";
import { useTillPage } from "../till_page";
import { findProducts } from "../till_search";

const TYPING_PAUSE = 300;

/** Where a product is: what each store has free, and what is on its way, from where. */
export class TransferLookupScreen extends Component {
    static template = "store_transfer.TransferLookupScreen";
    static components = { CenteredIcon, TillProblem };
    // 0 where none is chosen yet
    static props = { productId: Number };

    setup() {
        this.page = useTillPage();
        this.till = useService("store_transfer_till");
        this.takeCode = useTillCodes();
        this.state = useState({ text: "" });
        this.productId = this.props.productId;
        this.found = useTillLoad(() => findProducts(this.till, this.state.text));
        this.loaded = useTillLoad(() => this.load());
        this.search = useDebounced(() => this.found.reload(), TYPING_PAUSE);
        this.formatQuantity = formatQuantity;
        onWillStart(() => {
            this.loaded.reload();
        });
        onWillUpdateProps(({ productId }) => this.show(productId));
    }

    get answer() {
        return this.loaded.value;
    }

    get problem() {
        return this.loaded.problem || this.found.problem;
    }

    get hintText() {
        return _t("Scan a product, or type its name or SKU.");
    }

    show(productId) {
        if (productId !== this.productId) {
            this.productId = productId;
            this.state.text = "";
            this.found.value = null;
            this.loaded.value = null;
            this.loaded.reload();
        }
    }

    async load() {
        return this.productId ? this.till.call("get_product", this.productId) : null;
    }

    retry() {
        this.loaded.reload();
        this.found.reload();
    }

    open(productId) {
        this.page.navigate("TransferLookupScreen", { productId });
    }

    onSearchKey({ key }) {
        const text = this.state.text.trim();
        if (key === "Enter" && text) {
            this.takeCode(text, { isTyped: true });
        }
    }

    /** Ask another store for it, as from a sale, and see what is on its way then. */
    askStore() {
        const props = {
            productId: this.answer.product.id,
            quantity: 1,
            customer: { name: "", phone: "" },
        };
        const onClose = () => this.loaded.reload();
        this.page.dialog.add(AskStoreDialog, props, { onClose });
    }

    backToList() {
        this.page.navigate("TransfersScreen");
    }

    imageUrl({ id }) {
        return `/web/image/product.product/${id}/image_128`;
    }

    writeQuantity(quantity) {
        return formatWithUnit(quantity, this.answer.product.unit);
    }

    /** Say how much comes to a store, from where and when. */
    writeComing({ quantity, from, date, kind, transfer }) {
        const labels = {
            in_transit: _t("On the way"),
            to_ship: _t("To be shipped"),
            waiting: _t("Asked for"),
        };
        const parts = [
            quantity === false ? "" : `+${this.writeQuantity(quantity)}`,
            labels[kind],
            from && _t("From %s", from),
            writeDate(date),
            transfer,
        ];
        return parts.filter(Boolean).join(" · ");
    }
}

registry.category("lazy_components").add("TransferLookupScreen", TransferLookupScreen);
