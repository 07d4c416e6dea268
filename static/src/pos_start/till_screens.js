import { reactive } from "@odoo/owl";
import { getBundle, loadBundle } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { getProblem } from "./problem/get_problem";

const BUNDLE = "store_transfer.assets_pos_screens";
// By then, also a till that is never idle has them.
const IDLE_AT_LAST_AFTER = 10000;

/** What is asked to find the files of the bundle, as loadBundle() asks it. */
function getBundleUrl() {
    const url = new URL(`/web/bundle/${BUNDLE}`, browser.location.origin);
    for (const [name, value] of Object.entries(session.bundle_params || {})) {
        url.searchParams.set(name, value);
    }
    return url.href;
}

/**
 * Our screens, and all that they are made of. The till starts without them; they are
 * loaded when it has nothing to do, or as soon as somebody wants to see one.
 */
export class TillScreens {
    /**
     * @param {() => void} onOffline lets the till look whether the server is there
     */
    constructor(onOffline) {
        this.onOffline = onOffline;
        this.state = reactive({ isLoaded: false, problem: null });
        this.loadAgain = () => this.load();
    }

    /** Return a component of the bundle; call it only when that is loaded. */
    get(name) {
        return registry.category("lazy_components").get(name);
    }

    loadWhenIdle() {
        // Safari has no such thing.
        const { requestIdleCallback } = window;
        if (requestIdleCallback) {
            requestIdleCallback(this.loadAgain, { timeout: IDLE_AT_LAST_AFTER });
        } else {
            browser.setTimeout(this.loadAgain);
        }
    }

    /**
     * Load them, once. Nothing is raised: what goes wrong is the `problem` of `state`, and
     * is over as soon as the connection is back.
     */
    async load() {
        if (!this.state.isLoaded) {
            this.loading ||= this.loadNow().finally(() => (this.loading = null));
            await this.loading;
        }
    }

    async loadNow() {
        this.state.problem = null;
        try {
            await loadBundle(BUNDLE);
            this.state.isLoaded = true;
            this.keepForOffline();
        } catch (error) {
            this.state.problem = getProblem(error);
            // The same once only, however often it fails.
            window.addEventListener("pos-network-online", this.loadAgain);
            if (this.state.problem.isOffline) {
                this.onOffline();
            }
        }
    }

    /**
     * Let the till's worker keep the files, for a start without a network. It keeps all
     * that goes through its hands, and nothing does before the till is opened a second
     * time.
     */
    async keepForOffline() {
        const { serviceWorker } = navigator;
        if (serviceWorker && !serviceWorker.controller) {
            const { cssLibs, jsLibs } = await getBundle(BUNDLE);
            const { active } = await serviceWorker.ready;
            const urlsToCache = [getBundleUrl(), ...cssLibs, ...jsLibs];
            active.postMessage({ urlsToCache });
        }
    }
}
