import { DocumentScreen } from "../scan/document/document_screen";
import { CountJob } from "./count_job";

/** The scan screen with a count on it. */
export class CountScreen extends DocumentScreen {
    static props = {
        ...DocumentScreen.props,
        // (row id) => address of the photo of a row
        photoUrl: Function,
        // (transfer id) => void: count another transfer
        openTransfer: { type: Function, optional: true },
    };

    makeJob(host) {
        return new CountJob(host);
    }
}
