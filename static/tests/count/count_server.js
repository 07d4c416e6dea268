/** What behaves like localStorage. */
export class Store {
    values = new Map();
    get length() {
        return this.values.size;
    }
    key(index) {
        return [...this.values.keys()][index];
    }
    getItem(key) {
        return this.values.get(key) ?? null;
    }
    setItem(key, value) {
        this.values.set(key, value);
    }
    removeItem(key) {
        this.values.delete(key);
    }
}

/** A row as the server describes it. */
export function makeRow(id, values = {}) {
    return {
        id,
        product_id: 100 + id,
        name: `Product ${id}`,
        sku: `SKU-${id}`,
        unit: "Units",
        tracking: "none",
        lot: "",
        needs_lot: false,
        is_unsent: false,
        expected: 3,
        came: 0,
        damaged: 0,
        is_counted: false,
        remark: "",
        has_photo: false,
        ...values,
    };
}

/** What the server does, as far as the screen can tell. */
export class Server {
    constructor(rows, { barcodes = [], policies = {}, cartons = [] } = {}) {
        this.rows = new Map(rows.map((row) => [row.id, row]));
        this.barcodes = [
            ...rows.map((row) => [row.sku, row.product_id, 1]),
            ...barcodes,
        ];
        this.policies = {
            blind: false,
            every_line: false,
            trusts_cartons: true,
            ...policies,
        };
        this.cartons = cartons;
        this.cartonsHere = [];
        this.missingCartons = "";
        this.known = new Map();
        this.state = "open";
        this.photos = [];
        this.events = [];
        this.calls = [];
        this.isDown = false;
        this.losesAnswers = false;
    }

    getScreen() {
        return {
            count: { id: 1, transfer_id: 5, name: "ST/1", from: "EC", to: "Shop" },
            policies: this.policies,
            user: { id: 7, name: "Mei" },
            barcodes: this.barcodes,
            undoable: [],
            cartons: this.cartons,
            ...this.getChanges(),
        };
    }

    getChanges() {
        return {
            rows: [...this.rows.values()].map((row) => ({ ...row })),
            people: [],
            now: String(this.calls.length),
            state: this.state,
            cartons_here: this.cartonsHere,
        };
    }

    async call(method, args) {
        this.calls.push(method);
        if (this.isDown) {
            throw new Error("Connection lost");
        }
        if (this.wait) {
            await this.wait;
        }
        if (method === "record_scans") {
            const results = {};
            const isBroken = args[0].some(({ barcode }) => barcode === "BAD");
            if (this.isLoggedOut || isBroken) {
                throw Object.assign(new Error(), { data: { message: "Broken" } });
            }
            for (const event of args[0]) {
                results[event.uuid] = this.record(event);
            }
            if (this.losesAnswers) {
                throw new Error("Connection lost");
            }
            return { results, ...this.getChanges() };
        }
        if (method === "get_review") {
            const summary = "Into stock: 1 Unit.";
            const missing_cartons = this.missingCartons;
            return { summary, missing_cartons, matching: 0, rows: [], outcomes: [] };
        }
        return this.getChanges();
    }

    record(event) {
        this.events.push(event);
        if (this.state !== "open") {
            return { status: "closed", message: "Over" };
        }
        if (!this.known.has(event.uuid)) {
            this.known.set(event.uuid, this.apply(event));
        }
        return this.known.get(event.uuid);
    }

    /** Count a carton, or take it back: by a sign, plus or minus one. */
    moveCarton(carton, sign) {
        this.cartonsHere = this.cartonsHere.filter(({ id }) => id !== carton.id);
        if (sign > 0) {
            this.cartonsHere.push({ ...carton, user: "Mei" });
        }
        for (const [rowId, quantity] of this.policies.trusts_cartons
            ? carton.parts
            : []) {
            this.rows.get(rowId).came += sign * quantity;
        }
        const message = `Carton ${carton.name} it is`;
        return { status: "counted", message, line_id: false, quantity: 0, carton };
    }

    apply(event) {
        const taken = this.known.get(event.undoes)?.carton;
        const scanned = this.cartons.find(({ name }) => name === event.barcode);
        if (taken || scanned) {
            return this.moveCarton(taken || scanned, taken ? -1 : 1);
        }
        const row = this.rows.get(event.line_id);
        if (!row) {
            return { status: "unknown", message: `What is ${event.barcode}?` };
        }
        if (event.image === "BAD") {
            return { status: "refused", message: "No picture" };
        }
        const before = row.came;
        if (event.kind === "scan") {
            row.came += event.quantity;
        } else if (event.kind === "set") {
            row.came = event.quantity;
            row.is_counted = true;
        } else if (event.kind === "all_came") {
            row.came = row.expected;
            row.is_counted = true;
        } else if (event.kind === "undo") {
            row.came -= this.known.get(event.undoes).quantity;
        } else if (event.kind === "damaged") {
            row.damaged = event.quantity;
        } else if (event.kind === "photo") {
            row.has_photo = true;
            this.photos.push(event.image);
        }
        const quantity = row.came - before;
        return {
            status: "counted",
            message: "",
            line_id: row.id,
            quantity,
            damaged: 0,
        };
    }
}
