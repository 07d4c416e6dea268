import { Component } from "@odoo/owl";

/** What is the matter, in place of what can't be shown, and a button to try again. */
export class TillProblem extends Component {
    static template = "store_transfer.TillProblem";
    static props = {
        problem: { type: Object, shape: { isOffline: Boolean, text: String } },
        retry: Function,
        // Above what is still shown, and not in its place
        isBar: { type: Boolean, optional: true },
    };
}
