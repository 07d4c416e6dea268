import { _t } from "@web/core/l10n/translation";
import { formatQuantity } from "../quantities/quantities";
import { DocumentClosed } from "../scan/document/document_closed";
import { DocumentJob } from "../scan/document/document_job";
import { ShipHelp } from "./panels/ship_help";
import { ShipReviewPanel } from "./panels/ship_review_panel";
import { PickState } from "./state/pick_state";
import { describeCarton, describeProgress, getMarks } from "./state/pick_texts";

const FILTERS = ["remaining", "differing", "done", "all"];

/** Picking what leaves, as the scan screen shows it. */
export class ShipJob extends DocumentJob {
    /** @param {Object} host what ShipScreen was handed in */
    constructor(host) {
        super(new PickState(host), host);
    }

    get texts() {
        return {
            rows: _t("Rows to pick"),
            progress: _t("Picked rows"),
            dock: _t("What is being picked"),
            hint: _t("Go to the first shelf and scan what you take, or choose a row."),
            quantity: _t("How many are picked"),
            typed: _t("not picked yet"),
            confirm: _t("Pick this"),
            submit: _t("ship what is picked"),
            held: _t(
                "This piece is picked. Take it out of sight before you show the next one, " +
                    "or press +."
            ),
            problems: _t("What was not picked"),
            problemsTitle: _t("This was not picked"),
            help: { title: _t("How to pick and ship"), form: _t("Ship in a List") },
            review: this.reviewTexts,
            closed: this.closedTexts,
        };
    }

    get reviewTexts() {
        return {
            title: _t("Ship what is picked"),
            loading: _t("Looking at what leaves …"),
            waiting: _t(
                "The server can't be reached. Scans that wait to be saved: %s. They are " +
                    "kept on this device. Ship when the network is back.",
                this.state.sync.scans.size
            ),
            confirm: _t("Ship"),
            back: _t("Back to Picking"),
        };
    }

    get closedTexts() {
        return {
            title: _t("This pick list is over"),
            reason: _t("It was shipped, or the goods left in another way."),
            leftovers: _t(
                "Scans of this device that came too late for it, and are kept here: %s. " +
                    "If these goods are still to ship, pick them in a new list.",
                this.state.sync.scans.size
            ),
            goOn: _t("Pick Them Now"),
        };
    }

    get progress() {
        const progress = this.sheet.getProgress();
        const { lines, linesDone, remaining, differing } = progress;
        return {
            percent: lines ? Math.round((100 * linesDone) / lines) : 0,
            text: [this.cartonText, describeProgress(progress)]
                .filter(Boolean)
                .join(" · "),
            isDone: !remaining && !differing,
        };
    }

    /** What is open, and how many are in it. */
    get cartonText() {
        const { carton } = this.state;
        return carton
            ? _t("%(carton)s: %(quantity)s", {
                  carton: describeCarton(carton),
                  quantity: formatQuantity(this.sheet.countIn(carton)),
              })
            : "";
    }

    get submitText() {
        return _t("Ship");
    }

    get peopleText() {
        return this.others && _t("Also picking: %s", this.others);
    }

    get filters() {
        const progress = this.sheet.getProgress();
        const labels = {
            remaining: _t("To Pick"),
            differing: _t("Short"),
            done: _t("Picked"),
            all: _t("All"),
        };
        return FILTERS.map((name) => ({
            name,
            label: labels[name],
            count: name === "all" ? progress.lines : progress[name],
        }));
    }

    get empty() {
        const isDone = !this.state.text && this.state.filter === "remaining";
        return isDone
            ? {
                  icon: "fa-check-circle text-success",
                  text: _t("Nothing is left to pick."),
                  submit: this.submitText,
              }
            : super.empty;
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

    getQuantity(row) {
        const isUnderWay = row.kind === "remaining" && row.came;
        return {
            done: row.came,
            expected: row.expected > 0 ? row.expected : null,
            share: isUnderWay ? Math.min(100, (100 * row.came) / row.expected) : 0,
        };
    }

    getPlace(row) {
        return row.location;
    }

    getNote(row) {
        return _t("%s free", formatQuantity(row.free));
    }

    getMarks(row) {
        return getMarks(this.sheet, row);
    }

    getStatus(row) {
        return {
            done: { text: _t("complete"), cssClass: "text-success-emphasis" },
            remaining: {
                text: _t("%s to go", formatQuantity(this.sheet.getToPick(row))),
            },
        }[row.kind];
    }

    get actions() {
        return [...this.rowActions, ...this.cartonActions];
    }

    get rowActions() {
        const row = this.state.active;
        if (row) {
            return this.state.canFinish(row) ? [this.getAllPicked(row)] : [];
        }
        return this.state.rowsToFinish.length
            ? [this.getEverything(_t("Everything is picked"))]
            : [];
    }

    get cartonActions() {
        const { carton } = this.state;
        const begin = {
            name: "new_carton",
            label: carton ? _t("Next Carton") : _t("New Carton"),
            icon: "fa-archive",
            cssClass: "btn-light o_ship_new_carton",
            run: () => this.state.newCarton(),
        };
        const close = {
            name: "close_carton",
            label: _t("Close Carton"),
            icon: "fa-times",
            cssClass: "btn-light o_ship_close_carton",
            run: () => this.state.closeCarton(),
        };
        if (!carton) {
            return [begin];
        }
        return carton.name
            ? [begin, this.getPrintLabel(carton), close]
            : [begin, close];
    }

    getPrintLabel(carton) {
        return {
            name: "print_label",
            label: _t("Print Label"),
            icon: "fa-print",
            cssClass: "btn-light o_ship_print_label",
            run: () => this.state.labels.print(carton),
        };
    }

    getAllPicked(row) {
        const label = _t("All %s picked", formatQuantity(row.expected));
        return this.getAllOfRow(row, label);
    }

    get shortcuts() {
        const row = this.state.active;
        return [
            {
                key: "A",
                text: _t("all of this row is picked"),
                run: () => row && this.state.finishRow(row),
            },
            {
                key: "C",
                text: _t("new carton"),
                run: () => this.state.newCarton(),
            },
        ];
    }

    get panels() {
        return { help: ShipHelp, review: ShipReviewPanel, closed: DocumentClosed };
    }
}
