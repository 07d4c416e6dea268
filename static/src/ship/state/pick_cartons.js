import { readCartonCode } from "../../scan/document/carton_codes";

/** The cartons that are packed for a transfer, and have not left yet. */
export class PickCartons {
    /**
     * @param {Object[]} cartons as the server describes them: `uuid` (of the event that
     *  began it), `name`, `number`, `total`, and `quantity`, how many are in it
     */
    constructor(cartons = []) {
        this.list = cartons;
    }

    learn(cartons = []) {
        this.list = cartons;
    }

    /** Find a carton by the event that began it, or by its number. */
    get(key) {
        return this.list.find(({ uuid, name }) => key && [uuid, name].includes(key));
    }

    /** Find a carton by what its label says. */
    find(code) {
        const names = readCartonCode(code);
        return this.list.find(({ name }) => names.includes(name));
    }
}
