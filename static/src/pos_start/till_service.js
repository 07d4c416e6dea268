import { EventBus, reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { debounce } from "@web/core/utils/timing";
import { getProblem } from "./problem/get_problem";
import { TillScreens } from "./till_screens";

const MODEL = "store.transfer.till";
// The till is shown first; then there is time to ask what waits.
const FIRST_LOOK_AFTER = 2000;
const LOOK_EVERY = 5 * 60 * 1000;
const CHECK_AGAIN_AFTER = 10000;
const LONGEST_NAME = 100;
// News often come several at once, when somebody has done something to many.
const NEWS_PAUSE = 500;
const STAFF = "store_transfer.group_staff";
const IS_SILENT = "store_transfer_till_is_silent";
const NO_START = { store: false, counts: {}, total: 0 };

/**
 * What all screens of transfers at the till share: how they ask the server, what waits
 * for this shop, and the list that was looked at last.
 *
 * Nothing is asked before the till is shown, and nothing is waited for.
 */
export class Till {
    constructor({ pos, orm, bus_service: bus }) {
        Object.assign(this, { pos, orm, bus });
        // What get_start() said, and why it could not.
        this.badge = reactive({ ...NO_START, isStaff: true, problem: null });
        Object.assign(this, { lastCheck: 0, isCheckDue: false });
        this.screens = new TillScreens(() => this.checkConnection());
        // Which tab and words the list shows, so that they are the same on the way back.
        this.list = { tab: null, text: "" };
        // Triggers "news" when something waits for this shop that did not before.
        this.news = new EventBus();
        this.sound = reactive({ isOn: !browser.localStorage.getItem(IS_SILENT) });
        this.tellNews = debounce((isOwn) => this.onNews(isOwn), NEWS_PAUSE);
    }

    /** The id of the till's operation type; false where it has none. */
    get pickingTypeId() {
        return this.pos.config.raw.picking_type_id || false;
    }

    /** Who stands at the till, as the till says: kept in the trail of each step. */
    get cashierName() {
        return (this.pos.getCashier()?.name || "").slice(0, LONGEST_NAME);
    }

    get isOffline() {
        return this.pos.data.network.offline;
    }

    /**
     * Call a method of the till's model on the server, for the till's operation type.
     *
     * @throws {ConnectionLostError|RPCError} what getProblem() puts into words
     */
    call(method, ...args) {
        return this.callModel(MODEL, method, [this.pickingTypeId, ...args]);
    }

    /** The same, done by an approver who is not logged in: `{user_id, pin}`, or none. */
    callAs(approver, method, ...args) {
        const kwargs = approver ? { approver } : {};
        return this.callModel(MODEL, method, [this.pickingTypeId, ...args], kwargs);
    }

    /** Call a public method of another model of ours, as who stands at the till. */
    async callModel(model, method, args = [], kwargs = {}) {
        if (this.isOffline) {
            throw new ConnectionLostError();
        }
        const context = {
            ...kwargs.context,
            store_transfer_cashier: this.cashierName,
            store_transfer_origin: "till",
        };
        try {
            return await this.orm.silent.call(model, method, args, {
                ...kwargs,
                context,
            });
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.checkConnection();
            }
            throw error;
        }
    }

    /**
     * Let the till look whether the server is there: if not, it looks every two seconds.
     *
     * If it is, and only we get no answer, all that waits for the connection asks again,
     * so it looks once in a while.
     */
    checkConnection() {
        if (!this.isCheckDue) {
            this.isCheckDue = true;
            const wait = this.lastCheck + CHECK_AGAIN_AFTER - Date.now();
            browser.setTimeout(
                () => {
                    Object.assign(this, { isCheckDue: false, lastCheck: Date.now() });
                    this.pos.data.checkConnectivity();
                },
                Math.max(0, wait)
            );
        }
    }

    /** Begin to look what waits for this shop, once the till is shown. */
    start() {
        if (!this.isStarted) {
            this.isStarted = true;
            browser.setTimeout(() => this.look(), FIRST_LOOK_AFTER);
        }
    }

    /** From now on, know what waits; who has no role here is not bothered with it. */
    async look() {
        this.badge.isStaff = await user.hasGroup(STAFF).catch(() => true);
        if (this.badge.isStaff) {
            this.refresh();
            this.screens.loadWhenIdle();
            browser.setInterval(() => this.refreshIfAllowed(), LOOK_EVERY);
            window.addEventListener("pos-network-online", () =>
                this.refreshIfAllowed()
            );
            this.listen();
        }
    }

    listen() {
        this.bus.subscribe("store_transfer/turn", (news) => {
            // Who works for several stores is told of the others as well.
            if (news.store_id === this.badge.store?.id) {
                this.tellNews(news.user_id === user.userId);
            }
        });
    }

    /** Not time and again what the server has refused: that would fill its log. */
    refreshIfAllowed() {
        if (this.badge.problem?.isOffline !== false) {
            this.refresh();
        }
    }

    async onNews(isOwn) {
        await this.refresh();
        this.news.trigger("news");
        if (!isOwn && this.sound.isOn) {
            this.pos.sound.play("notification");
        }
    }

    switchSound() {
        this.sound.isOn = !this.sound.isOn;
        if (this.sound.isOn) {
            browser.localStorage.removeItem(IS_SILENT);
            this.pos.sound.play("notification");
        } else {
            browser.localStorage.setItem(IS_SILENT, "1");
        }
    }

    /**
     * Ask what waits for this shop.
     *
     * @throws {ConnectionLostError|RPCError} what getProblem() puts into words
     */
    async askWhatWaits() {
        const start = await this.call("get_start");
        Object.assign(this.badge, start, { problem: null });
    }

    /** Look what waits for this shop. Who sells is told of no error. */
    async refresh() {
        try {
            await this.askWhatWaits();
        } catch (error) {
            const problem = getProblem(error);
            // Without a connection, what was last known is better than nothing.
            Object.assign(this.badge, problem.isOffline ? {} : NO_START, { problem });
        }
    }

    /** Called by the place of each of our screens: the sale stays as it is. */
    keepSale() {
        this.pos.keepSale();
    }

    /** Go back to the sale that is being rung up. */
    backToSale() {
        this.pos.navigateToOrderScreen(this.pos.openOrder);
    }
}

export const tillService = {
    dependencies: ["pos", "orm", "bus_service"],
    start(env, services) {
        return new Till(services);
    },
};

registry.category("services").add("store_transfer_till", tillService);
