import { _t } from "@web/core/l10n/translation";

/**
 * Submitting a document: what it will do, shown by the server, and asked for once.
 *
 * `step` is null while nobody looks at it, else "loading"; "waiting" for a network;
 * "refused", with an `error`; or "summary". A job's own review extends it.
 */
export class ScanReview {
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

    /** What is shown where nothing is to show. */
    get nothing() {
        return { error: "", summary: "" };
    }

    /** What submitting needs to know besides what was scanned. */
    get answers() {
        return [];
    }

    set(values) {
        Object.assign(this, this.nothing, values);
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

    /** @param {Object} answer what get_review() said */
    show({ summary }) {
        this.set({ step: "summary", summary });
    }

    refuse(error) {
        this.set({
            step: "refused",
            error:
                error.data?.message ||
                _t("The server can't be reached. Nothing is lost: try again soon."),
        });
    }

    /** Do it, once. */
    async submit() {
        if (this.isSubmitting) {
            return;
        }
        this.isSubmitting = true;
        this.onChange();
        try {
            this.onSubmitted(await this.call("action_submit", this.answers));
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
