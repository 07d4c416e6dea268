import { _t } from "@web/core/l10n/translation";
import { ScanJob } from "../scan_job";

/**
 * What is on the screen of any job that has a document on the server.
 *
 * Its texts are those of ScanJob, and those of the panels: `help: { title, form }`,
 * `review: { title, loading, waiting, confirm, back }`, and
 * `closed: { title, reason, leftovers, goOn }`.
 */
export class DocumentJob extends ScanJob {
    /**
     * @param {DocumentState} state
     * @param {Object} host what ScanHost hands in
     */
    constructor(state, host) {
        super(state);
        this.host = host;
        this.sheet = state.sheet;
    }

    exit() {
        this.host.onExit();
    }

    get title() {
        return this.state.header.name;
    }

    get from() {
        return this.state.header.from;
    }

    get to() {
        return this.state.header.to;
    }

    /** The names of the others, or nothing where nobody else is at it. */
    get others() {
        const { screen, sync } = this.state;
        return sync.people
            .filter(
                (person) =>
                    person.user_id !== screen.user.id ||
                    person.device !== this.host.device
            )
            .map((person) => person.name)
            .join(", ");
    }

    get canUndo() {
        return true;
    }

    /** The button that finishes all rows that are left. */
    getEverything(label) {
        return {
            name: "everything",
            label,
            icon: "fa-check",
            cssClass: "btn-primary o_count_everything",
            run: () => this.state.finishEverything(),
        };
    }

    /** The button that finishes a row. */
    getAllOfRow(row, label) {
        const look = row.kind === "done" ? "btn-success" : "btn-outline-primary";
        return {
            name: "all",
            label,
            icon: "fa-check",
            cssClass: `${look} o_count_all`,
            run: () => this.state.finishRow(row),
        };
    }

    imageUrl(row) {
        return this.host.imageUrl(row.product_id);
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

    get panelStep() {
        return this.state.review.step;
    }
}
