import { DocumentScreen } from "../scan/document/document_screen";
import { ShipJob } from "./ship_job";

/** The scan screen with a pick list on it. */
export class ShipScreen extends DocumentScreen {
    makeJob(host) {
        return new ShipJob(host);
    }
}
