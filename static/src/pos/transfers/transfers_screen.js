import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { CenteredIcon } from "@point_of_sale/app/components/centered_icon/centered_icon";
import { SelectionPopup } from "@point_of_sale/app/components/popups/selection_popup/selection_popup";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { TillProblem } from "@store_transfer/pos_start/problem/till_problem";
import { AsideList } from "../aside/aside_list";
import { useRelease } from "../aside/releases";
import { useTillCodes } from "../codes/till_codes";
import { TransferList } from "../list/transfer_list";
import { getKeptText, KeptOrders } from "../order/kept_orders";
import { getDraft } from "../order/order_draft";
import { getOrderKind, ORDER_NAMES } from "../order/order_kinds";
import { KeptJobs } from "../scan/kept_jobs";
import { useTillLoad } from "../till_load";
import { useTillPage } from "../till_page";

const AT_ONCE = 40;
const TYPING_PAUSE = 300;
// As many as the server counts at most.
const MOST_COUNTED = 1000;
// Its tab shows goods, and no transfers.
const SET_ASIDE = "set_aside";

/** What waits for this shop, by what is to be done with it. */
export class TransfersScreen extends Component {
    static template = "store_transfer.TransfersScreen";
    static components = {
        AsideList,
        CenteredIcon,
        KeptJobs,
        KeptOrders,
        TillProblem,
        TransferList,
    };
    static props = {};

    setup() {
        this.page = useTillPage();
        this.ui = useService("ui");
        this.till = useService("store_transfer_till");
        this.badge = useState(this.till.badge);
        this.list = useState(this.till.list);
        this.state = useState({ limit: AT_ONCE });
        this.releasing = useRelease(() => this.refresh());
        this.found = useTillLoad(() => this.load());
        this.sound = useState(this.till.sound);
        this.takeCode = useTillCodes();
        useBus(this.till.news, "news", () => this.found.reload());
        this.search = useDebounced(() => this.found.reload(), TYPING_PAUSE);
        this.tabsRef = useRef("tabs");
        useEffect(
            () => this.showActiveTab(),
            () => [this.list.tab]
        );
        onWillStart(() => this.refresh());
    }

    /** A phone has no room for all of them. */
    showActiveTab() {
        const active = this.tabsRef.el.querySelector(".active");
        active?.scrollIntoView({ inline: "center", block: "nearest" });
    }

    get tabs() {
        return [
            { name: "to_confirm", label: _t("To Approve") },
            { name: "to_arrive", label: _t("To Receive") },
            { name: "processing", label: _t("In Progress") },
            { name: "partial", label: _t("Partial") },
            { name: "to_ship", label: _t("To Ship") },
            { name: "to_take_back", label: _t("To Take Back") },
            { name: SET_ASIDE, label: _t("Set Aside") },
            { name: "asked", label: _t("Own Orders") },
            { name: "done", label: _t("Finished") },
        ];
    }

    get transfers() {
        return this.found.value?.transfers || [];
    }

    get asides() {
        return this.found.value?.asides || [];
    }

    get emptyText() {
        return this.list.text
            ? _t("Nothing here is called “%s”.", this.list.text)
            : _t("Nothing waits here.");
    }

    get hasMore() {
        return this.found.value && this.found.value.total > this.transfers.length;
    }

    /** Look again what waits, and what there is of it in the tab. */
    refresh() {
        if (this.list.tab) {
            this.till.refresh();
        }
        this.found.reload();
    }

    async load() {
        if (!this.list.tab) {
            await this.chooseTab();
        }
        return this.list.tab === SET_ASIDE ? this.findAsides() : this.findTransfers();
    }

    /** The first time, what waits decides which tab is shown: none before that is known. */
    async chooseTab() {
        await this.till.askWhatWaits();
        const { counts } = this.badge;
        const waiting = this.tabs.find(({ name }) => counts[name]);
        this.list.tab ||= (waiting || this.tabs[0]).name;
    }

    findTransfers() {
        const { tab, text } = this.list;
        return this.till.call("get_transfers", tab, text, 0, this.state.limit);
    }

    async findAsides() {
        return { asides: await this.till.call("get_asides", this.list.text) };
    }

    showTab(name) {
        this.list.tab = name;
        this.state.limit = AT_ONCE;
        this.found.value = null;
        this.refresh();
    }

    /** Who types a whole number, or scans into the field, wants that transfer. */
    onSearchKey({ key }) {
        const text = this.list.text.trim();
        if (key === "Enter" && text) {
            this.takeCode(text, { isTyped: true });
        }
    }

    lookUp() {
        this.page.navigate("TransferLookupScreen", { productId: 0 });
    }

    /** Begin an order, or go on with one of that kind. */
    async startOrder() {
        const list = ORDER_NAMES.map((name) => {
            const { getTitle, getHint } = getOrderKind(name);
            const description = getKeptText(getDraft(name)) || getHint();
            return { id: name, label: getTitle(), description, item: name };
        });
        const title = _t("New");
        const kind = await makeAwaitable(this.page.dialog, SelectionPopup, {
            title,
            list,
        });
        if (kind) {
            this.page.navigate("TransferOrderScreen", { kind });
        }
    }

    showMore() {
        this.state.limit += AT_ONCE;
        this.found.reload();
    }

    formatCount(count) {
        return count < MOST_COUNTED ? `${count}` : `${MOST_COUNTED - 1}+`;
    }

    open(transfer) {
        this.page.navigate("TransferScreen", { transferId: transfer.id });
    }
}

registry.category("lazy_components").add("TransfersScreen", TransfersScreen);
