import { readCartonCode } from "../../scan/document/carton_codes";

/** The cartons of a delivery: which of them may come, and which are here. */
export class CountCartons {
    /**
     * @param {Object[]} cartons as the server's get_screen() describes them: `id`, `name`,
     *  `number`, `total`, and `parts`, pairs of a row's id and how many of it are in it
     * @param {Object[]} cartonsHere those that were scanned, each with its `user`
     */
    constructor(cartons = [], cartonsHere = []) {
        this.byId = new Map(cartons.map((carton) => [carton.id, carton]));
        this.byName = new Map(cartons.map((carton) => [carton.name, carton]));
        this.learn(cartonsHere);
    }

    get list() {
        return [...this.byId.values()];
    }

    /** One that was shipped since the count began is known once it was scanned. */
    learn(cartonsHere = []) {
        this.here = new Map(cartonsHere.map((carton) => [carton.id, carton]));
        for (const carton of cartonsHere) {
            if (!this.byId.has(carton.id)) {
                this.byId.set(carton.id, { ...carton, parts: [] });
                this.byName.set(carton.name, this.byId.get(carton.id));
            }
        }
    }

    find(code) {
        const name = readCartonCode(code).find((each) => this.byName.has(each));
        return name && this.byName.get(name);
    }
}

/** How many of a row are in the carton that an event is about. */
export function getPart(event, row) {
    return event.parts?.find(([rowId]) => rowId === row.id)?.[1] ?? 0;
}
