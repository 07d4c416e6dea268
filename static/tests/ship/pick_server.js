import { makeRow, Server } from "../count/count_server";

/** A row of a pick list as the server describes it. */
export function makePickRow(id, values = {}) {
    const expected = values.expected ?? 3;
    return makeRow(id, {
        line: id,
        to_ship: expected,
        reserved: expected,
        free: 9,
        location: `A-${id}`,
        location_order: id,
        is_missing: false,
        is_expired: false,
        step: 1,
        ...values,
    });
}

/** What the server of a pick list does, as far as the screen can tell. */
export class PickServer extends Server {
    constructor(rows, options = {}) {
        super(rows, options);
        this.reasons = options.reasons || [];
        // (event) => result of what only the server can know
        this.look = options.look || (() => null);
        this.submitted = [];
    }

    getChanges() {
        const changes = super.getChanges();
        delete changes.cartons_here;
        return { ...changes, cartons: this.cartons.map((carton) => ({ ...carton })) };
    }

    /** Begin a carton, or remove it. */
    beginCarton({ uuid }) {
        const number = this.cartons.length + 1;
        const name = `CT0000000${number}`;
        this.cartons.push({ uuid, name, number, total: number, quantity: 0 });
        return { status: "counted", message: "", line_id: false, quantity: 0, name };
    }

    removeCarton(uuid) {
        this.cartons = this.cartons.filter((carton) => carton.uuid !== uuid);
        return { status: "counted", message: "", line_id: false, quantity: 0 };
    }

    getScreen() {
        const { count, ...screen } = super.getScreen();
        return { ...screen, pick: count };
    }

    apply(event) {
        if (event.kind === "carton") {
            return this.beginCarton(event);
        }
        if (this.cartons.some(({ uuid }) => uuid === event.undoes)) {
            return this.removeCarton(event.undoes);
        }
        const result = (!event.line_id && this.look(event)) || super.apply(event);
        const carton = this.cartons.find(({ uuid }) => uuid === event.carton);
        if (carton) {
            carton.quantity += result.quantity;
        }
        return result;
    }

    async call(method, args) {
        if (method === "get_review") {
            return this.getReview();
        }
        if (method === "action_print_carton") {
            return this.printCarton(...args);
        }
        if (method === "action_submit") {
            this.submitted.push(args);
        }
        return super.call(method, args);
    }

    printCarton(name) {
        if (this.printer === "broken") {
            throw Object.assign(new Error(), { data: { message: "No paper." } });
        }
        return { name };
    }

    getReview() {
        const rows = [...this.rows.values()]
            .map((row) => ({ ...row, difference: row.came - row.expected }))
            .filter((row) => row.difference < 0);
        return {
            summary: "Leaves: 1 Unit.",
            rows,
            outcomes: rows.map(({ id }) => ({ line_id: id, sentence: "It stays." })),
            expired: "",
            is_partial: Boolean(rows.length),
            can_close: Boolean(this.reasons.length),
            reasons: this.reasons,
            nothing: [...this.rows.values()].every((row) => !row.came),
        };
    }
}
