import { readTransferNumber } from "./transfer_link";

/**
 * What any job on the scan screen knows: which rows there are, which one is at work,
 * what was said last, what is asked, and what is typed and not confirmed.
 *
 * It draws nothing and knows no page. A job's own state extends it: it says what its
 * rows are, and what becomes of a scan. Each row is an object with at least `id`, `name`
 * and `came`, how many pieces of it are done.
 */
export class ScanState {
    /**
     * @param {Object} params
     * @param {string} params.filter the rows that are shown first
     * @param {(name: string) => void} [params.sound] plays "counted", "complete",
     *  "surplus", "wrong" or "undone"
     * @param {(message: string) => void} [params.notify] tells what went wrong
     */
    constructor({ filter, sound = () => {}, notify = () => {} }) {
        Object.assign(this, { filter, sound, notify });
        // Set by the screen, which draws itself anew.
        this.onChange = () => {};
        // A ScanSync, where a document on the server is kept in step with this device
        this.sync = null;
        this.text = "";
        this.activeId = null;
        // Where the list is to stand: a new object each time it is to move there.
        this.place = { isTop: true };
        this.typed = null;
        this.message = null;
        this.messageNumber = 0;
        this.question = null;
        this.panel = null;
        // [{ uuid, code, message }]: what was not counted, until somebody has seen it
        this.problems = [];
    }

    /** The rows of the filter, or those in which the text is found. */
    get rows() {
        return [];
    }

    getRow(id) {
        return this.rows.find((row) => row.id === id);
    }

    get active() {
        return this.getRow(this.activeId);
    }

    /** The job is over: nothing is taken any more. */
    get isClosed() {
        return Boolean(this.sync?.isOver);
    }

    /** Closing the page now would lose something. */
    get mustStayOpen() {
        return Boolean(this.sync?.size) && !this.sync.isKept;
    }

    /**
     * What becomes of a code, from wherever: a scanner, the camera, or the search.
     *
     * @param {string} code
     */
    scan() {}

    /**
     * Tell whether this device knows a code.
     *
     * @param {string} code
     */
    isKnown() {
        return false;
    }

    /**
     * Return what a known code stands for: two codes on one label are one piece.
     *
     * @param {string} code
     * @returns {string|null}
     */
    identify() {
        return null;
    }

    /**
     * Add to a row, or take off it.
     *
     * @param {Object} row
     * @param {number} quantity 1 or -1
     */
    step() {}

    /** Take back the last thing that was done here. */
    undo() {}

    /**
     * The active row gets what was typed; tells whether that was a quantity.
     *
     * @param {string} text
     */
    enterQuantity() {
        return false;
    }

    /** Show what finishing the job will do, and ask. */
    openReview() {}

    /** Send what is kept on this device. */
    flush() {
        this.sync?.flush();
    }

    /** Ask the server what colleagues did. */
    async askForChanges() {
        await this.sync?.askForChanges();
    }

    /** The screen goes. */
    close() {
        this.sync?.close();
    }

    changed() {
        this.onChange();
    }

    /** Say something, for the eye, and for the ear where a sound is named. */
    say(kind, text, sound) {
        this.messageNumber += 1;
        this.message = { kind, text, id: this.messageNumber };
        if (sound) {
            this.sound(sound);
        }
        this.changed();
    }

    addProblem(problem) {
        this.problems = [...this.problems, problem];
        this.say("wrong", problem.message, "wrong");
    }

    forgetProblems() {
        this.problems = [];
        this.closePanel();
    }

    /** A code from a scanner: whatever is open is put aside. */
    onScan(code) {
        this.leaveFields();
        this.panel = null;
        this.scan(readTransferNumber(code));
        this.changed();
    }

    /** What is typed and not confirmed doesn't count. */
    leaveFields() {
        this.dropTyped();
    }

    dropTyped() {
        const { typed } = this;
        this.typed = null;
        if (typed && this.active) {
            this.tellDropped(this.active, typed);
        }
    }

    /**
     * What was typed for a row is dropped: who typed it may want to know.
     *
     * @param {Object} row
     * @param {string} text
     */
    tellDropped() {}

    typeQuantity(text) {
        this.typed = text;
        this.changed();
    }

    activate(id) {
        if (id !== this.activeId) {
            this.dropTyped();
        }
        this.activeId = id;
        this.place = { rowId: id };
        this.changed();
    }

    move(steps) {
        const { rows } = this;
        if (rows.length) {
            const index = rows.findIndex((row) => row.id === this.activeId);
            const next = index < 0 ? 0 : index + steps;
            this.activate(rows[Math.max(0, Math.min(rows.length - 1, next))].id);
        }
    }

    setFilter(filter) {
        this.dropTyped();
        Object.assign(this, { filter, text: "", activeId: null });
        this.place = { isTop: true };
        this.changed();
    }

    search(text) {
        this.text = text;
        this.place = { isTop: true };
        this.changed();
    }

    /** Enter after a text: a code that is known, the only row found, or a code to ask. */
    enterSearch() {
        const text = this.text.trim();
        const [row] = this.rows;
        if (text && (this.question || this.isKnown(text) || !row)) {
            this.scan(readTransferNumber(text));
        } else if (text) {
            this.activate(row.id);
        }
    }

    openPanel(name) {
        this.dropTyped();
        this.panel = name;
        this.changed();
    }

    closePanel() {
        this.panel = null;
        this.changed();
    }

    cancelQuestion() {
        this.question = null;
        this.changed();
    }

    /** Put aside what is typed, asked and searched for. */
    reset() {
        Object.assign(this, { typed: null, question: null, text: "" });
        this.changed();
    }
}
