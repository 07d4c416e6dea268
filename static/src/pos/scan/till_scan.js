import {
    Component,
    markRaw,
    onMounted,
    onWillUnmount,
    useEffect,
    useExternalListener,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { TillProblem } from "@store_transfer/pos_start/problem/till_problem";
import { Outside } from "../../scan/screen/outside";
import { useTillLoad } from "../till_load";
import { useTillPage } from "../till_page";
import { forgetJob, keepJob } from "./kept_job";
import { reportPresence, useKeyPresence } from "./presence";
import { getJob } from "./till_jobs";
import { useTillPrint } from "./till_print";
import { useTillScanner } from "./till_scanner";

/**
 * The scan screen of the back office with a count or a pick list on it, at the till: it
 * is handed the till's scanner, its network and its way back.
 */
export class TillScan extends Component {
    static template = "store_transfer.TillScan";
    static components = { TillProblem };
    static props = {
        transferId: Number,
        job: String,
        documentId: { type: Number, optional: true },
    };

    setup() {
        this.tillPage = useTillPage();
        this.till = useService("store_transfer_till");
        this.notification = useService("notification");
        this.print = useTillPrint();
        this.outside = new Outside();
        this.host = new (getJob(this.props.job).Host)(this.page);
        this.documentId = this.props.documentId;
        this.loaded = useTillLoad(() => this.load());
        // What is scanned before the document is there
        this.early = [];
        useTillScanner((code) => this.onScan(code));
        useKeyPresence();
        // What the till has begun to read before the screen was there, it ends.
        useExternalListener(window, "keydown", (ev) => this.outside.noteKey(ev), {
            capture: true,
        });
        useExternalListener(window, "pos-network-online", () =>
            this.outside.trigger("online")
        );
        useEffect(
            (answer) => answer && this.takeEarlyScans(),
            () => [this.loaded.value || this.loaded.problem]
        );
        onMounted(() => this.loaded.reload());
        onWillUnmount(() =>
            this.early.splice(0).forEach((code) => this.refuseScan(code))
        );
    }

    /** What the till gives ScanHost. */
    get page() {
        const call = (...args) => this.till.callModel(...args);
        return {
            call,
            callSilently: call,
            notify: (message) => this.notification.add(message, { type: "danger" }),
            outside: this.outside,
            open: (id) => this.open(id),
            openTransfer: (transferId) => this.openTransfer(transferId),
            runAction: (action) => this.print(action),
            exit: () => this.exit(),
            onSubmitted: (answer) => this.onSubmitted(answer),
        };
    }

    async load() {
        try {
            await this.host.openPhotos();
            const { transferId, job } = this.props;
            const id = this.documentId || (await this.host.start(transferId));
            const screen = await this.host.load(id);
            if (this.tillPage.isShown()) {
                keepJob({ transferId, job, name: this.host.getDocument(screen).name });
            }
            return markRaw({ id, props: this.getScreenProps(screen) });
        } catch (error) {
            if (error.data) {
                // The server says that it is over: nobody is led back to it.
                forgetJob(this.props);
            }
            throw error;
        }
    }

    /** Whatever is heard here tells that somebody is there. */
    getScreenProps(screen) {
        const props = this.host.getProps(screen);
        const sound = (name) => {
            reportPresence();
            props.sound(name);
        };
        return { ...props, sound };
    }

    /** Whoever sees nothing of what they have scanned is told that it is not lost. */
    get keptText() {
        const size =
            this.loaded.problem && this.host.leftovers.count(browser.localStorage);
        if (!size) {
            return "";
        }
        return size === 1
            ? _t("1 scan is kept on this device, and sent later.")
            : _t("%s scans are kept on this device, and sent later.", size);
    }

    onScan(code) {
        reportPresence();
        if (this.loaded.value) {
            this.outside.trigger("scan", code);
        } else if (this.loaded.problem) {
            this.refuseScan(code);
        } else {
            this.early.push(code);
        }
    }

    refuseScan(code) {
        this.host.sound("wrong");
        this.page.notify(
            _t("%s was not taken: scan it again once the transfer is open.", code)
        );
    }

    takeEarlyScans() {
        for (const code of this.early.splice(0)) {
            this.onScan(code);
        }
    }

    open(id) {
        this.documentId = id;
        this.loaded.reload();
    }

    openTransfer(transferId) {
        const { job } = this.props;
        this.tillPage.navigate("TransferScanScreen", { transferId, job });
    }

    /** Whoever leaves on purpose is not led back. */
    exit() {
        const { transferId } = this.props;
        forgetJob(this.props);
        this.tillPage.navigate("TransferScreen", { transferId });
    }

    async onSubmitted(answer) {
        const { screen } = this.loaded.value.props;
        const text = this.host.getSubmittedText(this.host.getDocument(screen));
        this.notification.add(text, { type: "success" });
        this.exit();
        await this.print(answer);
    }
}
