import {
    Component,
    onMounted,
    onWillUnmount,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { CameraGate } from "./camera_gate";
import {
    formatQuantity,
    getQuantityError,
    parseQuantity,
} from "../quantities/quantities";
import { CountSheet } from "./count_sheet";
import { isNumber, useKeyScanner } from "./key_scanner";
import { readPhoto } from "./photos";
import { ScanQueue } from "./scan_queue";

const ROW_HEIGHT = 72;
const ROWS_AROUND = 6;
const POLL_EVERY = 4000;
// A photo on a slow network takes its time.
const PHOTO_PATIENCE = 120000;
const FILTERS = ["remaining", "differing", "done", "all"];
// More than this, and more than ten times what is expected, is rather a code that was
// typed. Where nobody may know what is expected, this is taken for it.
const MANY = 100;

function makeId() {
    // Not on pages without TLS.
    if (window.crypto.randomUUID) {
        return window.crypto.randomUUID();
    }
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Counting with a scanner, a camera or by hand; also without a network.
 *
 * It knows nothing of where it is shown: all it needs is handed in, so that the back
 * office and a till can show the same.
 */
export class CountScreen extends Component {
    static template = "store_transfer.CountScreen";
    static props = {
        // What the server's get_screen() said.
        screen: Object,
        // (method, arguments) => answer of the count on the server; what it throws has
        // `data` when the server itself refused.
        call: Function,
        // localStorage, or what behaves like it, and what its keys begin with.
        storage: Object,
        storageKey: String,
        // The same for photos, which are too large for it.
        photoStorage: Object,
        device: String,
        // ("counted" | "complete" | "surplus" | "wrong" | "undone") => void
        sound: Function,
        // (message) => void
        notify: Function,
        // (product id) and (row id) => address of an image
        imageUrl: Function,
        photoUrl: Function,
        onExit: Function,
        // (what the server's action_submit() said) => void
        onSubmitted: Function,
        // A component that calls its prop onResult with what the device's camera reads
        Camera: { type: Function, optional: true },
        // () => what the keys of the transfer's next count begin with, and
        // () => void: open that count
        startNextCount: { type: Function, optional: true },
        openNextCount: { type: Function, optional: true },
        // () => void: open the same count as a form
        onOpenForm: { type: Function, optional: true },
    };

    setup() {
        const { screen, storage, storageKey, photoStorage } = this.props;
        this.sheet = new CountSheet(screen);
        this.since = screen.now;
        this.queue = new ScanQueue({
            storage,
            key: storageKey,
            send: (events) => this.props.call("record_scans", [events, this.since]),
            onAnswer: (answer, events) => this.onAnswer(answer, events),
            onChange: () => this.refresh(),
        });
        this.photos = new ScanQueue({
            storage: photoStorage,
            key: storageKey,
            send: (events) => this.props.call("record_scans", [events, false]),
            onAnswer: (answer, events) => this.onPhotoAnswer(answer, events),
            onChange: () => this.refresh(),
            batch: 1,
            patience: PHOTO_PATIENCE,
        });
        for (const event of [...this.queue.events, ...this.photos.events]) {
            this.sheet.add(event);
        }
        this.state = useState({
            version: 0,
            filter: "remaining",
            text: "",
            typed: null,
            damagedTyped: null,
            remarkTyped: null,
            doubt: null,
            activeId: null,
            panel: null,
            message: null,
            question: null,
            problems: [],
            people: screen.people,
            serverState: screen.state,
            review: null,
            isSubmitting: false,
            hasCamera: false,
            isCameraReady: false,
            isDiscarding: false,
            top: 0,
            height: 600,
        });
        this.scanner = useKeyScanner({
            onScan: (code) => this.onScan(code),
            onKeys: (keys) => this.onKeys(keys),
            onKeydown: (ev) => this.onKeydown(ev),
        });
        this.cameraGate = new CameraGate({
            identify: (code) => this.sheet.identify(code),
            onScan: (code) => this.onScan(code),
            onHeld: () => this.say("info", this.heldText),
        });
        this.root = useRef("root");
        this.list = useRef("list");
        this.quantity = useRef("quantity");
        this.search = useRef("search");
        this.lot = useRef("lot");
        this.formatQuantity = formatQuantity;
        this.photoVersion = Date.now();
        useExternalListener(window, "online", () => this.flush());
        useExternalListener(window, "beforeunload", (ev) => {
            if (this.pendingNumber && !this.isKept) {
                ev.preventDefault();
            }
        });
        useEffect(
            () => this.root.el.querySelector(".o_count_panel .btn-primary")?.focus(),
            () => [this.state.panel, this.state.review?.step, this.isClosed]
        );
        onMounted(() => this.start());
        onWillUnmount(() => this.stop());
    }

    start() {
        this.observer = new ResizeObserver(() => this.onResize());
        this.observer.observe(this.list.el);
        this.poll = setInterval(() => this.askForChanges(), POLL_EVERY);
        this.flush();
    }

    stop() {
        this.observer.disconnect();
        clearInterval(this.poll);
        this.queue.close();
        this.photos.close();
    }

    flush() {
        this.queue.flush();
        this.photos.flush();
    }

    refresh() {
        this.state.version++;
    }

    // --- What is shown ---

    get filters() {
        const progress = this.progress;
        const labels = {
            remaining: _t("Remaining"),
            differing: _t("Differing"),
            done: this.sheet.isBlind ? _t("Counted") : _t("Complete"),
            all: _t("All"),
        };
        return FILTERS.filter(
            (name) => name !== "differing" || !this.sheet.isBlind
        ).map((name) => ({
            name,
            label: labels[name],
            count: name === "all" ? progress.lines : progress[name],
        }));
    }

    get progress() {
        // Read so that what depends on the sheet is drawn again with it.
        void this.state.version;
        return this.sheet.getProgress();
    }

    get percent() {
        const { lines, linesDone } = this.progress;
        return lines ? Math.round((100 * linesDone) / lines) : 0;
    }

    get progressText() {
        const { lines, linesDone, amounts } = this.progress;
        const texts = [...amounts].map(([unit, amount]) =>
            this.describeAmount(unit, amount)
        );
        return [
            _t("%(done)s of %(lines)s rows", { done: linesDone, lines }),
            texts.join(", "),
        ]
            .filter(Boolean)
            .join(" · ");
    }

    describeAmount(unit, { came, expected }) {
        const values = {
            came: formatQuantity(came),
            expected: formatQuantity(expected),
            unit,
        };
        return this.sheet.isBlind
            ? `${values.came} ${unit}`
            : _t("%(came)s of %(expected)s %(unit)s", values);
    }

    get rows() {
        void this.state.version;
        const { filter, text, activeId } = this.state;
        return this.sheet.filter(filter, text, activeId);
    }

    /** The rows in sight and some around them, with the place of each. */
    getVisible(rows) {
        const first = Math.max(
            0,
            Math.floor(this.state.top / ROW_HEIGHT) - ROWS_AROUND
        );
        const number = Math.ceil(this.state.height / ROW_HEIGHT) + 2 * ROWS_AROUND;
        return rows.slice(first, first + number).map((row, index) => ({
            row,
            position: first + index + 1,
            top: (first + index) * ROW_HEIGHT,
        }));
    }

    getListHeight(rows) {
        return rows.length * ROW_HEIGHT;
    }

    get active() {
        void this.state.version;
        return this.sheet.rows.get(this.state.activeId);
    }

    get typed() {
        return this.state.typed ?? formatQuantity(this.active.came);
    }

    get typedText() {
        return _t(
            "“%s” is typed, but not counted yet. Press Enter to count it, or Esc.",
            this.state.typed
        );
    }

    /** So many scans and photos are not known to be on the server. */
    get pendingNumber() {
        return this.queue.size + this.photos.size;
    }

    get isKept() {
        return this.queue.isKept && this.photos.isKept;
    }

    get sync() {
        void this.state.version;
        const size = this.pendingNumber;
        const statuses = [this.queue.status, this.photos.status];
        if (statuses.includes("offline")) {
            return {
                icon: "fa-chain-broken",
                kind: "offline",
                text: size
                    ? _t("Offline, %s kept on this device", size)
                    : _t("Offline"),
            };
        }
        if (statuses.includes("refused")) {
            return {
                icon: "fa-exclamation-triangle",
                kind: "offline",
                text: _t("%s not saved yet", size),
            };
        }
        if (size) {
            return {
                icon: "fa-refresh",
                kind: "sending",
                text: this.isKept ? _t("Saving %s", size) : _t("Keep this page open"),
            };
        }
        return { icon: "fa-check", kind: "saved", text: _t("Saved") };
    }

    get otherPeople() {
        const { user } = this.props.screen;
        return this.state.people.filter(
            (person) =>
                person.user_id !== user.id || person.device !== this.props.device
        );
    }

    get otherPeopleText() {
        return _t(
            "Also counting: %s",
            this.otherPeople.map((person) => person.name).join(", ")
        );
    }

    get isClosed() {
        return this.state.serverState !== "open" || this.queue.status === "stopped";
    }

    /** A panel is open: nothing behind it is to be reached by Tab. */
    get isCovered() {
        return this.isClosed || Boolean(this.state.panel);
    }

    get nothingFoundText() {
        return _t(
            "No row has “%s” in it. Press Enter to look for it among all products.",
            this.state.text
        );
    }

    get allCameText() {
        return _t("All %s came", formatQuantity(this.active.expected));
    }

    get waitingText() {
        return _t(
            "The server can't be reached, and %s scans wait to be saved. They are kept " +
                "on this device. Submit when the network is back.",
            this.queue.size
        );
    }

    get blindText() {
        const { remaining } = this.progress;
        const { summary } = this.state.review;
        return remaining
            ? `${summary} ${_t("On %s rows nothing was counted.", remaining)}`
            : summary;
    }

    get leftoversText() {
        return _t(
            "%s scans of this device came too late for it. They are kept here. If these " +
                "goods are still expected, count them in a new count.",
            this.queue.size
        );
    }

    get fullText() {
        return _t(
            "This device has no room left: %s scans stay here for now. Nothing is lost. " +
                "Keep this page open, make room on the device, and press the button again.",
            this.queue.size
        );
    }

    getDamagedText(row) {
        return _t("%s damaged", formatQuantity(row.damaged));
    }

    getIcon(row) {
        if (row.kind === "differing") {
            return this.getMarks(row)[0]?.icon || "fa-exclamation-circle";
        }
        return {
            remaining: row.came ? "fa-adjust" : "fa-circle-o",
            done: "fa-check-circle",
            hidden: "fa-circle-o",
        }[row.kind];
    }

    /** What is out of order on a row, each with a sign and words: not by colour alone. */
    getMarks(row) {
        const marks = [];
        const difference = this.sheet.isBlind ? 0 : row.difference;
        if (row.is_unsent) {
            const text = _t("Nobody sent this");
            marks.push({ name: "unsent", icon: "fa-question-circle", text });
        } else if (this.isUnsentLot(row)) {
            const text = _t("Nobody sent this lot");
            marks.push({ name: "unsent", icon: "fa-question-circle", text });
        } else if (difference > 0) {
            const text = _t("%s too many", formatQuantity(difference));
            marks.push({ name: "surplus", icon: "fa-plus-circle", text });
        } else if (difference < 0 && row.isCounted) {
            const text = _t("%s missing", formatQuantity(-difference));
            marks.push({ name: "short", icon: "fa-minus-circle", text });
        }
        if (row.damaged) {
            const text = this.getDamagedText(row);
            marks.push({ name: "damaged", icon: "fa-exclamation-triangle", text });
        }
        return marks;
    }

    /** A lot beside those that were shipped; a third party's lots are never known. */
    isUnsentLot(row) {
        return Boolean(
            row.lot &&
            row.came > 0 &&
            !row.expected &&
            !row.new_lot_of &&
            !this.sheet.isBlind
        );
    }

    /** Where nothing was expected of a row, no number is better than a zero. */
    hasExpected(row) {
        return !this.sheet.isBlind && row.expected > 0;
    }

    getLotIcon(row) {
        return row.tracking === "serial" ? "fa-hashtag" : "fa-tag";
    }

    getLotLabel(row) {
        return row.tracking === "serial" ? _t("Serial number") : _t("Lot");
    }

    getShare(row) {
        return row.expected ? Math.min(100, (100 * row.came) / row.expected) : 0;
    }

    formatDifference({ difference }) {
        const sign = difference > 0 ? "+" : difference < 0 ? "−" : "";
        return sign + formatQuantity(Math.abs(difference));
    }

    /** What is still to come of a row that is not complete. */
    getToGoText(row) {
        return _t("%s to go", formatQuantity(-row.difference));
    }

    get heldText() {
        return _t(
            "This piece is counted. Take it out of sight before you show the next one, " +
                "or press +."
        );
    }

    /** Say how much of a row has come, for the eye and for the ear. */
    describe(row) {
        // Of new lots each has its own number, and only all together an expected one.
        const { came, expected } = row.new_lot_of ? row : this.sheet.getTotals(row);
        const values = {
            product: row.lot ? `${row.name} ${row.lot}` : row.name,
            came: formatQuantity(came),
            expected: formatQuantity(expected || 0),
            unit: row.unit,
        };
        return this.hasExpected(row)
            ? _t("%(product)s: %(came)s of %(expected)s %(unit)s", values)
            : _t("%(product)s: %(came)s %(unit)s", values);
    }

    // --- Counting ---

    /** What the camera reads while a panel is open is read by accident. */
    onCameraResult(code) {
        if (!this.isCovered) {
            this.cameraGate.read(code);
        }
    }

    /** A code from a scanner: whatever is open is put aside. */
    onScan(code) {
        this.leaveFields();
        this.state.panel = null;
        this.scan(code);
    }

    /** A remark is kept; a quantity counts only with Enter. */
    leaveFields() {
        this.dropTyped();
        this.dropDamaged();
        this.keepRemark();
        if (document.activeElement === this.quantity.el) {
            document.activeElement.blur();
        }
    }

    scan(code) {
        if (!code) {
            return;
        }
        if (this.isClosed) {
            this.say("wrong", _t("This count is over."), "wrong");
            return;
        }
        if (code === this.props.screen.count.name) {
            this.say("info", _t("This is the transfer that you are counting."));
            return;
        }
        this.state.text = "";
        const { question } = this.state;
        const match = this.sheet.find(code, this.state.activeId);
        if (question?.rows && (!match || match.lot)) {
            this.answerLot(code);
        } else if (!match) {
            this.state.question = null;
            this.record({ kind: "scan", barcode: code, isAsked: true });
            this.say("asking", _t("Looking for %s …", code));
        } else if (match.needsProduct) {
            this.askProduct(code, match.needsProduct);
        } else if (match.needsLot) {
            this.askLot(code, match);
        } else {
            this.state.question = null;
            this.countOnRow(match.row, match.quantity, { barcode: code });
        }
    }

    countOnRow(row, quantity, values) {
        if (row.tracking === "serial" && quantity > 0 && row.came >= 1) {
            this.activate(row.id);
            this.say(
                "wrong",
                _t("%s was counted already. Each serial number is one piece.", row.lot),
                "wrong"
            );
            return;
        }
        if (!this.sheet.isPossible(row, row.came + quantity)) {
            this.say("wrong", this.getImpossibleText(row, quantity), "wrong");
            return;
        }
        this.record({ kind: "scan", line_id: row.id, quantity, ...values });
        this.activate(row.id);
        this.sayCounted(row);
    }

    /** Say what was counted; surplus and a complete row sound different. */
    sayCounted(row) {
        const text = this.describe(row);
        const totals = this.sheet.getTotals(row);
        if (this.sheet.isBlind) {
            this.say("counted", text, "counted");
        } else if (totals.difference > 0 && totals.surplusRow) {
            const [mark] = this.getMarks(totals.surplusRow);
            this.say("surplus", `${text} · ${mark.text}`, "surplus");
        } else if (totals.isDone) {
            this.say("complete", text, "complete");
        } else {
            this.say("counted", text, "counted");
        }
    }

    step(row, quantity) {
        if (row.needs_lot && quantity > 0) {
            this.askLot(row.sku, { needsLot: [row], quantity });
        } else if (row.came + quantity >= 0) {
            this.countOnRow(row, quantity, {});
        }
    }

    setQuantity(row, quantity) {
        if (!this.sheet.isPossible(row, quantity)) {
            this.say("wrong", this.getImpossibleText(row, quantity), "wrong");
            return;
        }
        this.record({ kind: "set", line_id: row.id, quantity });
        this.sayCounted(row);
    }

    getImpossibleText(row, quantity) {
        return _t("%(product)s: %(quantity)s is not possible in this unit.", {
            product: row.name,
            quantity: `${formatQuantity(quantity)} ${row.unit}`,
        });
    }

    countAll(row) {
        if (this.sheet.isBlind || !row.expected) {
            return;
        }
        this.record({ kind: "all_came", line_id: row.id });
        this.sayCounted(row);
    }

    undo() {
        const entry = this.sheet.getUndoable();
        if (!entry) {
            this.say("info", _t("There is nothing to undo."));
            return;
        }
        this.record({ kind: "undo", line_id: entry.line_id, undoes: entry.uuid });
        const row = this.sheet.rows.get(entry.line_id);
        if (row) {
            this.activate(row.id);
            this.say("undone", _t("Undone. %s", this.describe(row)), "undone");
        }
    }

    /** Write down what happened: kept first, then shown, then sent. */
    record(values) {
        this.dropTyped();
        const event = this.makeEvent({ quantity: 1, ...values });
        this.lastUuid = event.uuid;
        this.sheet.add(event);
        this.queue.add(event);
        this.refresh();
    }

    makeEvent(values) {
        return {
            uuid: makeId(),
            line_id: false,
            time: new Date().toISOString(),
            device: this.props.device,
            ...values,
        };
    }

    say(kind, text, sound) {
        this.state.message = { kind, text, id: this.state.version };
        if (sound) {
            this.props.sound(sound);
        }
        this.refresh();
    }

    // --- Lots ---

    askLot(code, { needsLot, quantity, productId }, text) {
        const [row] = needsLot;
        this.state.question = {
            code,
            rows: needsLot.map(({ id }) => id),
            quantity,
            productId: row?.product_id ?? productId ?? false,
        };
        this.activate(row?.id ?? null);
        this.say(
            "asking",
            text || _t("%s: now scan or enter its lot or serial number.", row.name),
            "counted"
        );
    }

    onLotEnter() {
        const lot = this.lot.el.value.trim();
        if (lot) {
            this.answerLot(lot);
        }
    }

    answerLot(lot) {
        const { code, rows, quantity, productId } = this.state.question;
        this.state.question = null;
        const known = this.sheet.findLot(
            rows.map((id) => this.sheet.rows.get(id)),
            lot
        );
        const values = { barcode: code, lot_name: lot, product_id: productId };
        if (known) {
            this.countOnRow(known, quantity, values);
        } else {
            this.record({ kind: "scan", ...values, isAsked: true });
            this.say("asking", _t("Looking for %s …", lot));
        }
    }

    // --- Codes that several products share ---

    askProduct(code, products, text) {
        this.state.question = { code, products };
        const values = { code, products: products.map(({ name }) => name).join(", ") };
        this.say(
            "asking",
            text ||
                _t(
                    "%(code)s is of several products: %(products)s. Which is it?",
                    values
                ),
            "counted"
        );
    }

    answerProduct(productId) {
        const { code } = this.state.question;
        this.state.question = null;
        const match = this.sheet.find(code, this.state.activeId, productId);
        if (match?.needsLot) {
            this.askLot(code, match);
        } else if (match?.row) {
            const values = { barcode: code, product_id: productId };
            this.countOnRow(match.row, match.quantity, values);
        } else {
            this.record({
                kind: "scan",
                barcode: code,
                product_id: productId,
                isAsked: true,
            });
            this.say("asking", _t("Looking for %s …", code));
        }
    }

    get questionRows() {
        return (this.state.question.rows || [])
            .map((id) => this.sheet.rows.get(id))
            .filter((row) => row.lot);
    }

    // --- The server ---

    onAnswer(answer, events) {
        this.since = answer.now;
        this.state.people = answer.people;
        this.state.serverState = answer.state;
        this.sheet.settle(events, answer);
        for (const event of events) {
            this.onResult(event, answer.results[event.uuid]);
        }
    }

    /** Nothing but the photo: it may have been on its way for long. */
    onPhotoAnswer(answer, [event]) {
        const result = answer.results[event.uuid];
        this.sheet.settlePhoto(event, result);
        this.photoVersion = Date.now();
        this.onResult(event, result);
    }

    onResult(event, { status, message, line_id: lineId, products }) {
        const row = this.sheet.rows.get(lineId);
        if (status === "counted" && event.isAsked && row) {
            this.activate(row.id);
            this.sayCounted(row);
        } else if (status === "asks_lot" && event.uuid === this.lastUuid) {
            const asked = { needsLot: [], quantity: 1, productId: event.product_id };
            this.askLot(event.barcode, asked, message);
        } else if (status === "asks_product" && event.uuid === this.lastUuid) {
            this.askProduct(event.barcode, products, message);
        } else if (status !== "counted") {
            this.say("wrong", message, "wrong");
            this.state.problems.push({
                uuid: event.uuid,
                code: event.barcode,
                message,
            });
        }
    }

    async askForChanges() {
        if (this.queue.size || this.isAsking || document.hidden || this.isClosed) {
            return;
        }
        this.isAsking = true;
        const { since } = this;
        try {
            const answer = await this.props.call("get_changes", [since]);
            // What was scanned in the meantime is not in this answer, or half of it is.
            if (!this.queue.size && this.since === since) {
                this.queue.status = "online";
                this.onAnswer({ ...answer, results: {} }, []);
                this.photos.flush();
            }
        } catch (error) {
            this.queue.status = error.data ? "refused" : "offline";
        } finally {
            this.isAsking = false;
            this.refresh();
        }
    }

    // --- Moving about ---

    activate(id) {
        if (id !== this.state.activeId) {
            this.dropTyped();
        }
        this.state.activeId = id;
        this.showActive();
    }

    showActive() {
        const list = this.list.el;
        const index = this.rows.findIndex((row) => row.id === this.state.activeId);
        if (!list || index < 0) {
            return;
        }
        const top = index * ROW_HEIGHT;
        const isInSight =
            top >= list.scrollTop &&
            top + ROW_HEIGHT <= list.scrollTop + list.clientHeight;
        if (!isInSight) {
            const wanted = Math.max(0, top - (list.clientHeight - ROW_HEIGHT) / 2);
            // Now, so that the row is drawn where it is going to be seen.
            this.state.top = wanted;
            this.scrollTo = wanted;
            requestAnimationFrame(() => {
                if (this.list.el) {
                    this.list.el.scrollTop = this.scrollTo;
                }
            });
        }
    }

    /** What lies below the list has grown: the row that is counted stays in sight. */
    onResize() {
        this.onScroll();
        this.showActive();
    }

    onScroll() {
        if (this.list.el) {
            this.state.top = this.list.el.scrollTop;
            this.state.height = this.list.el.clientHeight;
        }
    }

    move(steps) {
        const rows = this.rows;
        if (rows.length) {
            const index = rows.findIndex((row) => row.id === this.state.activeId);
            const next = index < 0 ? 0 : index + steps;
            this.activate(rows[Math.max(0, Math.min(rows.length - 1, next))].id);
        }
    }

    setFilter(name) {
        this.dropTyped();
        Object.assign(this.state, { filter: name, text: "", activeId: null, top: 0 });
        this.list.el.scrollTop = 0;
    }

    nextFilter(step) {
        const names = this.filters.map((filter) => filter.name);
        const index = names.indexOf(this.state.filter);
        this.setFilter(names.at((index + step) % names.length));
    }

    onSearch(text) {
        this.state.text = text;
        this.state.top = 0;
        this.list.el.scrollTop = 0;
    }

    /** Enter after a text: a code that is known, the only row found, or a code to ask. */
    onSearchEnter() {
        const text = this.state.text.trim();
        if (!text) {
            return;
        }
        this.search.el.blur();
        const rows = this.rows;
        if (this.state.question || this.sheet.find(text) || !rows.length) {
            this.scan(text);
        } else {
            this.activate(rows[0].id);
        }
    }

    // --- Keys ---

    onKeydown(ev) {
        const isElsewhere =
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
            const { panel, question, typed } = this.state;
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
            this.getMoveAction(ev.key) ||
            (isField ? this.getFieldAction(ev) : this.getListAction(ev.key))
        );
    }

    getControlAction(key, isField) {
        if (key === "Enter") {
            return () => this.openReview();
        }
        return key === "z" && !isField ? () => this.undo() : null;
    }

    getMoveAction(key) {
        const steps = { ArrowDown: 1, ArrowUp: -1 }[key];
        return steps && (() => this.move(steps));
    }

    getFieldAction(ev) {
        if (ev.key !== "Enter") {
            return null;
        }
        if (ev.target === this.quantity.el) {
            return () => this.onQuantityEnter();
        }
        if (ev.target === this.lot.el) {
            return () => this.onLotEnter();
        }
        return ev.target === this.search.el ? () => this.onSearchEnter() : null;
    }

    getListAction(key) {
        const actions = {
            ArrowRight: () => this.nextFilter(1),
            ArrowLeft: () => this.nextFilter(-1),
            PageDown: () => this.move(5),
            PageUp: () => this.move(-5),
            Home: () => this.move(-1e6),
            End: () => this.move(1e6),
        };
        return actions[key];
    }

    /** What a hand typed outside of any field. */
    onKeys(keys) {
        if (this.state.panel || this.isClosed) {
            return;
        }
        if (this.state.question?.rows) {
            // Digits are its number, not how many came.
            this.lot.el.value += keys;
            this.lot.el.focus();
            return;
        }
        const row = this.active;
        const actions = {
            "+": () => row && this.step(row, 1),
            "-": () => row && this.step(row, -1),
            a: () => row && this.countAll(row),
            d: () => row && this.openPanel("details"),
            u: () => this.undo(),
            s: () => this.openReview(),
            "/": () => this.search.el.focus(),
            "?": () => this.openPanel("help"),
        };
        if (isNumber(keys)) {
            this.typeQuantity(keys);
            return;
        }
        for (const key of keys.toLowerCase()) {
            actions[key]?.();
        }
    }

    escape() {
        if (this.state.panel) {
            this.closePanel();
        } else {
            this.state.typed = null;
            this.state.question = null;
            this.state.text = "";
            document.activeElement?.blur();
        }
    }

    // --- Typing a quantity ---

    typeQuantity(keys) {
        const input = this.quantity.el;
        if (this.active && input) {
            this.state.typed = (this.state.typed ?? "") + keys;
            input.value = this.state.typed;
            input.focus();
        }
    }

    /** What the row shows anyway, nobody typed. */
    onQuantityInput(text) {
        const isShown = text === formatQuantity(this.active.came);
        this.state.typed = isShown ? null : text;
    }

    /** Enter says that this is what came, also where nothing was changed. */
    onQuantityEnter() {
        const row = this.active;
        const text = (this.state.typed ?? this.quantity.el.value).trim();
        if (text.length > 6 && this.sheet.find(text)) {
            this.state.typed = null;
            this.onScan(text); // a slow scanner
            return;
        }
        const quantity = parseQuantity(text);
        if (Number.isNaN(quantity)) {
            this.say("wrong", getQuantityError(text), "wrong");
            return;
        }
        this.quantity.el.blur();
        this.countUnlessInDoubt("set", row, quantity);
    }

    /** What was typed and not confirmed doesn't count; who typed it is told. */
    dropTyped() {
        const { typed } = this.state;
        this.state.typed = null;
        if (typed && this.active) {
            this.tellNotCounted(this.active, typed);
        }
    }

    dropDamaged() {
        const { damagedTyped } = this.state;
        this.state.damagedTyped = null;
        if (damagedTyped) {
            this.tellNotCounted(this.active, damagedTyped);
        }
    }

    tellNotCounted(row, text) {
        const message = _t(
            "“%(text)s” was typed for %(product)s without Enter, and is not counted.",
            { text, product: row.name }
        );
        this.state.problems.push({ uuid: makeId(), code: "", message });
        this.say("wrong", message, "wrong");
    }

    // --- Far more than is expected ---

    countUnlessInDoubt(kind, row, quantity) {
        const expected = this.sheet
            .getSharing(row)
            .reduce((total, each) => total + (each.expected ?? MANY), 0);
        if (quantity > Math.max(MANY, 10 * expected)) {
            this.state.doubt = { kind, quantity };
            this.state.panel = "doubt";
            this.props.sound("wrong");
        } else {
            this.count(kind, row, quantity);
        }
    }

    count(kind, row, quantity) {
        this.state.typed = null;
        if (kind === "damaged") {
            this.setDamaged(row, quantity);
        } else {
            this.setQuantity(row, quantity);
        }
    }

    confirmDoubt() {
        const { kind, quantity } = this.state.doubt;
        this.closePanel();
        this.count(kind, this.active, quantity);
    }

    get doubtText() {
        const { kind, quantity } = this.state.doubt;
        const { unit } = this.active;
        const { expected } = this.sheet.getTotals(this.active);
        const values = {
            quantity: formatQuantity(quantity),
            expected: formatQuantity(expected),
            unit,
        };
        if (kind === "damaged") {
            return _t("%(quantity)s %(unit)s are damaged?", values);
        }
        return this.sheet.isBlind
            ? _t("%(quantity)s %(unit)s came?", values)
            : _t("%(quantity)s %(unit)s came? %(expected)s are expected.", values);
    }

    // --- Panels ---

    openPanel(name) {
        this.dropTyped();
        this.state.panel = name;
    }

    closePanel() {
        this.keepRemark();
        this.state.damagedTyped = null;
        this.state.panel = null;
        this.state.review = null;
    }

    setDamaged(row, damaged) {
        if (!this.sheet.isPossible(row, damaged)) {
            this.props.notify(this.getImpossibleText(row, damaged));
            this.refresh();
        } else if (damaged >= 0 && damaged !== row.damaged) {
            this.record({ kind: "damaged", line_id: row.id, quantity: damaged });
        }
    }

    onDamagedChange() {
        const row = this.active;
        const text = this.state.damagedTyped;
        this.state.damagedTyped = null;
        const damaged = parseQuantity(text ?? "");
        if (text === null || damaged === row.damaged) {
            return;
        }
        if (Number.isNaN(damaged)) {
            this.props.notify(getQuantityError(text));
        } else {
            this.countUnlessInDoubt("damaged", row, damaged);
        }
    }

    keepRemark() {
        const text = this.state.remarkTyped?.trim();
        this.state.remarkTyped = null;
        if (text !== undefined && text !== this.active.remark) {
            this.record({ kind: "remark", line_id: this.active.id, text });
        }
    }

    async addPhoto(row, file) {
        if (!file) {
            return;
        }
        let image;
        try {
            image = await readPhoto(file);
        } catch {
            this.props.notify(
                _t("This file is no photo that can be read. Try another.")
            );
            return;
        }
        const event = this.makeEvent({ kind: "photo", line_id: row.id, image });
        this.sheet.add(event);
        this.photos.add(event);
        this.refresh();
    }

    getPhotoUrl(row) {
        return row.photo
            ? `data:image/jpeg;base64,${row.photo}`
            : `${this.props.photoUrl(row.id)}?unique=${this.photoVersion}`;
    }

    toggleCamera() {
        this.state.hasCamera = !this.state.hasCamera;
        this.state.isCameraReady = false;
    }

    /** Before it is ready there is no camera; later, one picture could not be read. */
    onCameraError(error) {
        if (this.state.hasCamera && !this.state.isCameraReady) {
            this.state.hasCamera = false;
            this.props.notify(error.message);
        }
    }

    openForm() {
        this.closePanel();
        this.props.onOpenForm();
    }

    showProblems() {
        this.openPanel("problems");
    }

    forgetProblems() {
        this.state.problems = [];
        this.closePanel();
    }

    // --- Submitting ---

    /** Show what submitting will do. All that was scanned has to be there first. */
    async openReview() {
        if (this.state.typed) {
            this.say("wrong", this.typedText, "wrong");
            this.quantity.el.focus();
            return;
        }
        this.state.panel = "review";
        this.state.review = { step: "loading" };
        if (!(await this.queue.flush())) {
            this.state.review = { step: "waiting" };
            return;
        }
        try {
            const answer = await this.props.call("get_review", []);
            this.sheet.update(answer.rows);
            const outcomes = new Map(
                answer.outcomes.map((outcome) => [outcome.line_id, outcome.sentence])
            );
            this.state.review = {
                step: "summary",
                summary: answer.summary,
                matching: answer.matching,
                expired: answer.expired,
                rows: answer.rows.map((row) => ({
                    ...row,
                    outcome: outcomes.get(row.id),
                })),
            };
        } catch (error) {
            this.state.review = {
                step: "refused",
                error:
                    error.data?.message ||
                    _t("The server can't be reached. Nothing is lost: try again soon."),
            };
        }
    }

    /** What is past its date goes beside sellable stock; then show what that means. */
    async countExpiredAsDamaged() {
        try {
            const { rows } = await this.props.call("count_expired_as_damaged", []);
            this.sheet.update(rows);
        } catch (error) {
            this.props.notify(
                error.data?.message || _t("The server can't be reached.")
            );
        }
        return this.openReview();
    }

    askAgain() {
        this.state.review = { ...this.state.review, step: "sure" };
    }

    /** What is booked, only the server knows: it says it with the differences. */
    get sureText() {
        return `${this.state.review.summary} ${_t("This cannot be undone.")}`;
    }

    async submit() {
        if (this.state.isSubmitting) {
            return;
        }
        this.state.isSubmitting = true;
        try {
            const answer = await this.props.call("action_submit", []);
            this.queue.close();
            this.props.onSubmitted(answer);
        } catch (error) {
            this.state.review = {
                step: "refused",
                error:
                    error.data?.message ||
                    _t("The server can't be reached. Nothing is lost: try again soon."),
            };
        } finally {
            this.state.isSubmitting = false;
        }
    }

    /** Asks a second time. */
    discardLeftovers() {
        if (this.state.isDiscarding) {
            this.queue.discard();
            this.props.onExit();
        }
        this.state.isDiscarding = true;
    }

    get discardText() {
        return this.state.isDiscarding
            ? _t("Yes, Discard %s Scans", this.queue.size)
            : _t("Discard Them");
    }

    /** What this device had not sent when a colleague submitted, is counted next. */
    async countLeftovers() {
        try {
            const key = await this.props.startNextCount();
            if (await this.queue.moveTo(key)) {
                this.props.openNextCount();
            } else {
                this.props.notify(this.fullText);
            }
        } catch (error) {
            this.props.notify(
                error.data?.message || _t("The server can't be reached.")
            );
        }
    }
}
