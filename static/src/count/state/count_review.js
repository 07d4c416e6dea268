import { _t } from "@web/core/l10n/translation";

/**
 * Submitting a count: what it will do, shown by the server, and asked twice.
 *
 * `step` is null while nobody looks at it, else "loading"; "waiting" for a network;
 * "refused", with an `error`; "summary"; or "sure", when it was agreed to once.
 */
export class CountReview {
    /**
     * @param {Object} params
     * @param {(method: string, args: Array) => Promise<Object>} params.call
     * @param {() => Promise<boolean>} params.flush tells whether the server has all scans
     * @param {(rows: Object[]) => void} params.onRows what the server says of the rows
     * @param {(answer: Object) => void} params.onSubmitted what action_submit() said
     * @param {(message: string) => void} params.notify
     * @param {() => void} params.onChange
     */
    constructor({ call, flush, onRows, onSubmitted, notify, onChange }) {
        Object.assign(this, { call, flush, onRows, onSubmitted, notify, onChange });
        this.isSubmitting = false;
        this.set({ step: null });
    }

    set(values) {
        const nothing = { error: "", summary: "", expired: "", rows: [] };
        Object.assign(this, nothing, values);
        this.onChange();
    }

    /** All that was scanned has to be there first. */
    async open() {
        this.set({ step: "loading" });
        if (!(await this.flush())) {
            this.set({ step: "waiting" });
            return;
        }
        try {
            const answer = await this.call("get_review", []);
            this.onRows(answer.rows);
            this.show(answer);
        } catch (error) {
            this.refuse(error);
        }
    }

    show({ summary, expired, rows, outcomes }) {
        const sentences = new Map(
            outcomes.map((outcome) => [outcome.line_id, outcome.sentence])
        );
        this.set({
            step: "summary",
            summary,
            expired,
            rows: rows.map((row) => ({ ...row, outcome: sentences.get(row.id) })),
        });
    }

    refuse(error) {
        this.set({
            step: "refused",
            error:
                error.data?.message ||
                _t("The server can't be reached. Nothing is lost: try again soon."),
        });
    }

    /** What is past its date goes beside sellable stock; then show what that means. */
    async countExpiredAsDamaged() {
        try {
            const { rows } = await this.call("count_expired_as_damaged", []);
            this.onRows(rows);
        } catch (error) {
            this.notify(error.data?.message || _t("The server can't be reached."));
        }
        return this.open();
    }

    askAgain() {
        this.step = "sure";
        this.onChange();
    }

    /** Put what was counted into stock, once. */
    async submit() {
        if (this.isSubmitting) {
            return;
        }
        this.isSubmitting = true;
        this.onChange();
        try {
            this.onSubmitted(await this.call("action_submit", []));
        } catch (error) {
            this.refuse(error);
        } finally {
            this.isSubmitting = false;
            this.onChange();
        }
    }

    close() {
        this.set({ step: null });
    }
}
