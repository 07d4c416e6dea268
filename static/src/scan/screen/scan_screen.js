import {
    Component,
    onMounted,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { useBus, useChildRef } from "@web/core/utils/hooks";
import { CameraGate } from "../camera/camera_gate";
import { ScanCamera } from "../camera/scan_camera";
import { ScanDock } from "../dock/scan_dock";
import { ScanHeader } from "../header/scan_header";
import { isNumber, useKeyScanner } from "../keys/key_scanner";
import { ScanList } from "../list/scan_list";
import { ScanPanel } from "../panel/scan_panel";
import { ScanProblems } from "../panel/scan_problems";
import { ScanJob } from "../scan_job";
import { ScanTools } from "../tools/scan_tools";
import { Outside } from "./outside";

const POLL_EVERY = 4000;
const FAR = 1e6;

/**
 * Working with a scanner, a camera or by hand; also without a network.
 *
 * It knows neither the job that is done on it nor where it is shown: the job brings all
 * there is to know, so that the back office and a till can show the same.
 */
export class ScanScreen extends Component {
    static template = "store_transfer.ScanScreen";
    static components = {
        ScanCamera,
        ScanDock,
        ScanHeader,
        ScanList,
        ScanPanel,
        ScanTools,
    };
    static props = {
        job: ScanJob,
        // A component that calls its prop onResult with what the device's camera reads
        Camera: { type: Function, optional: true },
        outside: { type: Outside, optional: true },
    };

    setup() {
        this.job = this.props.job;
        this.scan = this.job.state;
        this.scan.onChange = () => this.render(true);
        this.state = useState({ hasCamera: false });
        this.root = useRef("root");
        this.fields = {
            search: useChildRef(),
            quantity: useChildRef(),
            answer: useChildRef(),
        };
        this.scanner = useKeyScanner({
            onScan: (code) => this.onScan(code),
            onKeys: (keys) => this.onKeys(keys),
            onKeydown: (ev) => this.onKeydown(ev),
        });
        this.cameraGate = new CameraGate({
            identify: (code) => this.scan.identify(code),
            onScan: (code) => this.onScan(code),
            onHeld: () => this.scan.say("info", this.job.texts.held),
        });
        useExternalListener(window, "online", () => this.scan.flush());
        this.listenOutside();
        useExternalListener(window, "beforeunload", (ev) => {
            if (this.scan.mustStayOpen) {
                ev.preventDefault();
            }
        });
        onMounted(() => this.start());
        onWillUnmount(() => this.stop());
    }

    listenOutside() {
        const { outside } = this.props;
        if (outside) {
            useBus(outside, "scan", ({ detail: code }) => this.onScan(code));
            useBus(outside, "online", () => this.scan.flush());
        }
    }

    start() {
        this.since = performance.now();
        this.poll = setInterval(() => {
            if (!document.hidden) {
                this.scan.askForChanges();
            }
        }, POLL_EVERY);
        this.scan.flush();
    }

    stop() {
        clearInterval(this.poll);
        this.scan.close();
    }

    /** What lies over the screen, if anything does. */
    get panel() {
        return this.scan.isClosed ? "closed" : this.scan.panel;
    }

    get panelComponent() {
        return { problems: ScanProblems, ...this.job.panels }[this.panel];
    }

    /** Nothing behind a panel is to be reached by Tab. */
    get isCovered() {
        return Boolean(this.panelComponent);
    }

    closePanel() {
        if (!this.scan.isClosed) {
            this.scan.closePanel();
        }
    }

    /** A code from a scanner or the camera. */
    onScan(code) {
        const { el } = this.fields.quantity;
        if (el && document.activeElement === el) {
            el.blur();
        }
        this.scan.onScan(code);
    }

    /** What the camera reads while a panel is open is read by accident. */
    onCameraResult(code) {
        if (!this.isCovered) {
            this.cameraGate.read(code);
        }
    }

    submit() {
        this.scan.openReview();
        if (this.scan.typed) {
            this.fields.quantity.el.focus();
        }
    }

    onKeydown(ev) {
        const isElsewhere =
            this.props.outside?.hasCodeFromBefore(this.since) ||
            ev.target.closest?.(".modal, .o-dropdown--menu") ||
            (!this.root.el.contains(ev.target) &&
                ev.target.matches?.("input:not(.o-barcode-input), textarea"));
        if (isElsewhere || this.scanner.onKeydown(ev)) {
            return;
        }
        const action = this.getKeyAction(ev);
        if (action) {
            ev.preventDefault();
            ev.stopPropagation();
            action();
        }
    }

    getKeyAction(ev) {
        const isField = ev.target.matches?.("input, textarea");
        if (ev.key === "Escape") {
            const { panel, question, typed } = this.scan;
            const isBusy = panel || question || typed || isField;
            return isBusy ? () => this.escape() : null;
        }
        if (this.isCovered || ev.altKey) {
            return null;
        }
        if (ev.ctrlKey || ev.metaKey) {
            return this.getControlAction(ev.key, isField);
        }
        return (
            this.getMoveAction(ev.key) || (isField ? null : this.getListAction(ev.key))
        );
    }

    getControlAction(key, isField) {
        if (key === "Enter") {
            return () => this.submit();
        }
        return key === "z" && !isField ? () => this.scan.undo() : null;
    }

    getMoveAction(key) {
        const steps = { ArrowDown: 1, ArrowUp: -1 }[key];
        return steps && (() => this.scan.move(steps));
    }

    getListAction(key) {
        const actions = {
            ArrowRight: () => this.job.nextFilter(1),
            ArrowLeft: () => this.job.nextFilter(-1),
            PageDown: () => this.scan.move(5),
            PageUp: () => this.scan.move(-5),
            Home: () => this.scan.move(-FAR),
            End: () => this.scan.move(FAR),
        };
        return actions[key];
    }

    /** What a hand typed outside of any field. */
    onKeys(keys) {
        if (this.isCovered) {
            return;
        }
        const { answer, quantity } = this.fields;
        if (this.job.question?.answer) {
            // Digits are its number, not how many came.
            answer.el.value += keys;
            answer.el.focus();
        } else if (!isNumber(keys)) {
            [...keys.toLowerCase()].forEach((key) => this.runShortcut(key));
        } else if (quantity.el) {
            this.scan.typeQuantity((this.scan.typed ?? "") + keys);
            quantity.el.value = this.scan.typed;
            quantity.el.focus();
        }
    }

    runShortcut(key) {
        const row = this.scan.active;
        const actions = {
            "+": () => row && this.scan.step(row, 1),
            "-": () => row && this.scan.step(row, -1),
            s: () => this.submit(),
            u: () => this.scan.undo(),
            "/": () => this.fields.search.el.focus(),
            "?": () => this.job.panels.help && this.scan.openPanel("help"),
        };
        for (const shortcut of this.job.shortcuts) {
            actions[shortcut.key.toLowerCase()] = shortcut.run;
        }
        actions[key]?.();
    }

    escape() {
        if (this.scan.panel) {
            this.scan.closePanel();
        } else {
            this.scan.reset();
            document.activeElement?.blur();
        }
    }
}
