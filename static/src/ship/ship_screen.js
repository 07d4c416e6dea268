import { DocumentScreen } from "../scan/document/document_screen";
import { ShipJob } from "./ship_job";

/** The scan screen with a pick list on it. */
export class ShipScreen extends DocumentScreen {
    static props = {
        ...DocumentScreen.props,
        // (what the server's action_print_carton() said) => Promise: it is printed
        print: Function,
    };

    makeJob(host) {
        return new ShipJob(host);
    }
}
