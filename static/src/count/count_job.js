import { _t } from "@web/core/l10n/translation";
import { formatQuantity } from "../quantities/quantities";
import { ScanJob } from "../scan/scan_job";
import { CountClosed } from "./panels/count_closed";
import { CountDetails } from "./panels/count_details";
import { CountDoubt } from "./panels/count_doubt";
import { CountHelp } from "./panels/count_help";
import { CountReviewPanel } from "./panels/count_review_panel";
import { CountState } from "./state/count_state";
import { describeProgress, getMarks, hasExpected } from "./state/count_texts";

const FILTERS = ["remaining", "differing", "done", "all"];

/** Counting a delivery, as the scan screen shows it. */
export class CountJob extends ScanJob {
    /** @param {Object} host what CountScreen was handed in */
    constructor(host) {
        super(new CountState(host));
        this.host = host;
        this.sheet = this.state.sheet;
    }

    exit() {
        this.host.onExit();
    }

    get title() {
        return this.state.screen.count.name;
    }

    get from() {
        return this.state.screen.count.from;
    }

    get to() {
        return this.state.screen.count.to;
    }

    get texts() {
        return {
            rows: _t("Rows to count"),
            progress: _t("Counted rows"),
            dock: _t("What is being counted"),
            hint: _t("Scan a product, or choose a row."),
            quantity: _t("How many came"),
            typed: _t("not counted yet"),
            confirm: _t("Count this"),
            submit: _t("submit the count"),
            held: _t(
                "This piece is counted. Take it out of sight before you show the next one, " +
                    "or press +."
            ),
            problems: _t("What was not counted"),
            problemsTitle: _t("This was not counted"),
        };
    }

    get progress() {
        const progress = this.sheet.getProgress();
        const { lines, linesDone, remaining } = progress;
        return {
            percent: lines ? Math.round((100 * linesDone) / lines) : 0,
            text: describeProgress(this.sheet, progress),
            isDone: !remaining,
        };
    }

    get peopleText() {
        const { screen, sync } = this.state;
        const others = sync.people.filter(
            (person) =>
                person.user_id !== screen.user.id || person.device !== this.host.device
        );
        return others.length
            ? _t("Also counting: %s", others.map((person) => person.name).join(", "))
            : "";
    }

    get filters() {
        const progress = this.sheet.getProgress();
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

    get empty() {
        const isDone = !this.state.text && this.state.filter === "remaining";
        return isDone
            ? {
                  icon: "fa-check-circle text-success",
                  text: _t("Everything is counted."),
                  submit: _t("Submit the Count"),
              }
            : super.empty;
    }

    imageUrl(row) {
        return this.host.imageUrl(row.product_id);
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
        const isUnderWay = row.kind === "remaining" && row.came && row.expected;
        return {
            done: row.came,
            expected: hasExpected(this.sheet, row) ? row.expected : null,
            share: isUnderWay ? Math.min(100, (100 * row.came) / row.expected) : 0,
        };
    }

    getMarks(row) {
        return getMarks(this.sheet, row);
    }

    getSigns(row) {
        const signs = [];
        if (row.remark) {
            const label = _t("Has a remark");
            signs.push({
                name: "remark",
                icon: "fa-comment-o",
                label,
                title: row.remark,
            });
        }
        if (row.has_photo) {
            signs.push({
                name: "photo",
                icon: "fa-picture-o",
                label: _t("Has a photo"),
            });
        }
        return [...signs, ...super.getSigns(row)];
    }

    getStatus(row) {
        if (this.sheet.isBlind) {
            return null;
        }
        return {
            done: { text: _t("complete"), cssClass: "text-success-emphasis" },
            remaining: { text: _t("%s to go", formatQuantity(-row.difference)) },
        }[row.kind];
    }

    getRowActions() {
        return [
            {
                name: "details",
                label: _t("Damaged …"),
                title: _t("Damaged, remark, photo"),
                icon: "fa-exclamation-triangle",
                cssClass: "btn-light o_count_details_button",
                run: () => this.state.details.open(),
            },
        ];
    }

    get canUndo() {
        return true;
    }

    get actions() {
        const row = this.state.active;
        return row && hasExpected(this.sheet, row) ? [this.getAllCame(row)] : [];
    }

    getAllCame(row) {
        const look = row.kind === "done" ? "btn-success" : "btn-outline-primary";
        return {
            name: "all",
            label: _t("All %s came", formatQuantity(row.expected)),
            icon: "fa-check",
            cssClass: `${look} o_count_all`,
            run: () => this.state.countAll(row),
        };
    }

    get shortcuts() {
        const row = this.state.active;
        return [
            {
                key: "A",
                text: _t("all of this row came"),
                run: () => row && this.state.countAll(row),
            },
            {
                key: "D",
                text: _t("damaged, remark, photo"),
                run: () => row && this.state.details.open(),
            },
        ];
    }

    get question() {
        const { question } = this.state;
        if (!question) {
            return null;
        }
        return question.products
            ? { choices: question.products.map((product) => this.getChoice(product)) }
            : {
                  choices: this.getLotChoices(question.rows),
                  label: _t("Lot or serial number"),
                  answer: (text) => this.state.answerLot(text),
              };
    }

    getChoice({ id, name }) {
        return {
            id,
            label: name,
            cssClass: "o_count_product",
            choose: () => this.state.answerProduct(id),
        };
    }

    getLotChoices(rows) {
        return rows
            .filter((row) => row.lot)
            .map(({ id, lot }) => ({
                id,
                label: lot,
                choose: () => this.state.answerLot(lot),
            }));
    }

    get panels() {
        return {
            help: CountHelp,
            details: CountDetails,
            doubt: CountDoubt,
            review: CountReviewPanel,
            closed: CountClosed,
        };
    }

    get panelStep() {
        return this.state.review.step;
    }
}
