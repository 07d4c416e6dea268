import { _t } from "@web/core/l10n/translation";
import { formatQuantity } from "../quantities/quantities";
import { DocumentClosed } from "../scan/document/document_closed";
import { DocumentJob } from "../scan/document/document_job";
import { CountCarton } from "./panels/count_carton";
import { CountDetails } from "./panels/count_details";
import { CountDoubt } from "./panels/count_doubt";
import { CountHelp } from "./panels/count_help";
import { CountReviewPanel } from "./panels/count_review_panel";
import { CountState } from "./state/count_state";
import {
    describeCartons,
    describeProgress,
    getMarks,
    hasExpected,
} from "./state/count_texts";

const FILTERS = ["remaining", "differing", "done", "all"];

/** Counting a delivery, as the scan screen shows it. */
export class CountJob extends DocumentJob {
    /** @param {Object} host what CountScreen was handed in */
    constructor(host) {
        super(new CountState(host), host);
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
            help: { title: _t("How to count"), form: _t("Count in a List") },
            review: this.reviewTexts,
            closed: this.closedTexts,
        };
    }

    get reviewTexts() {
        return {
            title: _t("Submit the count"),
            loading: _t("Comparing …"),
            waiting: _t(
                "The server can't be reached. Scans that wait to be saved: %s. They are " +
                    "kept on this device. Submit when the network is back.",
                this.state.sync.scans.size
            ),
            confirm: _t("Put into Stock"),
            back: _t("Back to the Count"),
        };
    }

    get closedTexts() {
        return {
            title: _t("This count is over"),
            reason: _t("It was submitted, or the goods were received in another way."),
            leftovers: _t(
                "Scans of this device that came too late for it, and are kept here: %s. " +
                    "If these goods are still expected, count them in a new count.",
                this.state.sync.scans.size
            ),
            goOn: _t("Count Them Now"),
        };
    }

    get progress() {
        const progress = this.sheet.getProgress();
        const { lines, linesDone, remaining } = progress;
        return {
            percent: lines ? Math.round((100 * linesDone) / lines) : 0,
            text: [describeCartons(this.sheet), describeProgress(this.sheet, progress)]
                .filter(Boolean)
                .join(" · "),
            isDone: !remaining,
        };
    }

    get peopleText() {
        return this.others && _t("Also counting: %s", this.others);
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

    getIcon(row) {
        if (row.kind === "differing") {
            return getMarks(this.sheet, row)[0]?.icon || "fa-exclamation-circle";
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

    /** For whom it is stays on the row: it is not put among what is for sale. */
    getMarks(row) {
        const text = row.customer && _t("For %s", row.customer);
        const customer = text ? [{ name: "customer", icon: "fa-user", text }] : [];
        return [...getMarks(this.sheet, row), ...customer];
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
                icon: "fa-exclamation-triangle",
                cssClass: "btn-light o_count_details_button o_count_damaged_button",
                run: () => this.state.details.openDamaged(),
            },
            {
                name: "remark",
                label: "",
                title: _t("Remark, photo"),
                icon: "fa-comment-o",
                cssClass: "btn-light o_count_details_button",
                run: () => this.state.details.open(),
            },
        ];
    }

    get actions() {
        const row = this.state.active;
        if (row) {
            return this.state.canFinish(row) ? [this.getAllCame(row)] : [];
        }
        return this.state.rowsToFinish.length
            ? [this.getEverything(_t("Everything came"))]
            : [];
    }

    getAllCame(row) {
        const label = _t("All %s came", formatQuantity(row.expected));
        return this.getAllOfRow(row, label);
    }

    get shortcuts() {
        const row = this.state.active;
        return [
            {
                key: "A",
                text: _t("all of this row came"),
                run: () => row && this.state.finishRow(row),
            },
            {
                key: "D",
                text: _t("one is damaged"),
                run: () => row && this.state.details.openDamaged(),
            },
            {
                key: "R",
                text: _t("remark, photo"),
                run: () => row && this.state.details.open(),
            },
        ];
    }

    /** What can be done about a carton that is not of this delivery. */
    get question() {
        const { question } = this.state;
        const offer = {
            count: this.host.openTransfer && {
                label: _t("Count %s", question?.name),
                choose: () => this.host.openTransfer(question.transfer_id),
            },
            tell: {
                label: _t("Tell Who Waits for It"),
                choose: () => this.state.tellAstray(),
            },
        }[question?.kind];
        return question?.kind
            ? { choices: offer ? [{ id: 1, cssClass: "o_count_offer", ...offer }] : [] }
            : super.question;
    }

    get panels() {
        return {
            help: CountHelp,
            carton: CountCarton,
            details: CountDetails,
            doubt: CountDoubt,
            review: CountReviewPanel,
            closed: DocumentClosed,
        };
    }
}
