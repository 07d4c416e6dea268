import { _t } from "@web/core/l10n/translation";

/**
 * What the scan screen asks of the job that is done on it, counting a delivery for
 * example: how what its state knows is shown, in which words, and what can be done.
 *
 * The screen itself knows keys, scanner, camera, list and panels, but no job. A job's
 * own class extends this one; what it says nothing of, the screen leaves out.
 *
 * Of a row the screen shows `name`, `sku`, `unit`, `lot` with `tracking`, `expiry` with
 * `is_expired`, `needs_lot`, and an image where it `has_image`; and `kind` colours it:
 * "remaining", "differing", "done" or "hidden". Methods that say something of a row get it.
 */
export class ScanJob {
    /** @param {ScanState} state */
    constructor(state) {
        this.state = state;
    }

    /** Leave the screen. */
    exit() {}

    /** The number of the document, and between which places its goods move. */
    get title() {
        return "";
    }

    get from() {
        return "";
    }

    get to() {
        return "";
    }

    /**
     * The job's own words.
     *
     * @returns {{rows: string, progress: string, dock: string, hint: string,
     *  quantity: string, typed: string, confirm: string, submit: string, held: string,
     *  problems: string, problemsTitle: string}} what is listed; the bar of how much is
     *  done; the row at work; what to do first; the quantity of a row, one that is typed
     *  only, and to confirm it; the key S; a piece that stays before the camera; the
     *  button of what went wrong, and its list
     */
    get texts() {
        return {};
    }

    /** @returns {{percent: number, text: string, isDone: boolean}} */
    get progress() {
        return { percent: 0, text: "", isDone: false };
    }

    /** The words of the button that finishes the job. */
    get submitText() {
        return _t("Submit");
    }

    /** Who else is at it. */
    get peopleText() {
        return "";
    }

    /** @returns {{name: string, label: string, count: number}[]} */
    get filters() {
        return [];
    }

    nextFilter(step) {
        const names = this.filters.map((filter) => filter.name);
        if (names.length) {
            const index = names.indexOf(this.state.filter);
            this.state.setFilter(names.at((index + step) % names.length));
        }
    }

    /**
     * What stands where no row is.
     *
     * @returns {{icon: string, text: string, submit?: string}} with the words of a button
     *  that finishes the job, where this is what comes next
     */
    get empty() {
        return this.state.text
            ? {
                  icon: "fa-search",
                  text: _t(
                      "No row has “%s” in it. Press Enter to look for it among all products.",
                      this.state.text
                  ),
              }
            : { icon: "fa-inbox", text: _t("No rows here.") };
    }

    /** The address of the image of a row's product. */
    imageUrl() {
        return "";
    }

    getIcon() {
        return "fa-circle-o";
    }

    /**
     * @returns {{done: number, expected: number|null, share: number}} how much is done,
     *  of how much if that is known and may be, and the percentage of what is under way
     */
    getQuantity(row) {
        return { done: row.came, expected: null, share: 0 };
    }

    /** Where the goods of a row stand. */
    getPlace() {
        return "";
    }

    /** What else is good to know of a row, said small. */
    getNote() {
        return "";
    }

    /** What is out of order: [{ name, icon, text }] */
    getMarks() {
        return [];
    }

    /** Small signs behind the name: [{ name, icon, label, title }] */
    getSigns(row) {
        const label = _t("Not saved yet");
        return row.isPending
            ? [
                  {
                      name: "pending",
                      icon: "fa-clock-o o_count_pending",
                      label,
                      title: label,
                  },
              ]
            : [];
    }

    /** How far the row at work is: { text, cssClass }, or nothing. */
    getStatus() {
        return null;
    }

    /**
     * Buttons for the row at work: [{ name, label, title, icon, cssClass, run }], where
     * there is no label with a title.
     */
    getRowActions() {
        return [];
    }

    /** The state can undo: there is a button and a key for it. */
    get canUndo() {
        return false;
    }

    /** More buttons beside the one of Undo, of the same kind. */
    get actions() {
        return [];
    }

    /** What single keys do besides those of the screen: [{ key, text, run }] */
    get shortcuts() {
        return [];
    }

    /**
     * What the state's question can be answered with.
     *
     * @returns {{choices: {id: number, label: string, cssClass?: string,
     *  choose: () => void}[], label?: string, answer?: (text: string) => void}|null}
     *  with a field named by the label where there is an `answer`
     */
    get question() {
        return null;
    }

    /**
     * What can lie over the screen, by the name that the state's openPanel() gets: a
     * component each, with the job as its prop. "help" has a button, "closed" comes by
     * itself when the job is over.
     */
    get panels() {
        return {};
    }

    /** When it changes, what the open panel is about has changed. */
    get panelStep() {
        return null;
    }
}
