import { Component } from "@odoo/owl";
import { useForwardRefToParent } from "@web/core/utils/hooks";

/** What is asked before a scan counts: buttons to choose from, or a field. */
export class ScanQuestion extends Component {
    static template = "store_transfer.ScanQuestion";
    static props = {
        // As a job's question
        question: Object,
        // The parent's reference to the field
        answer: Function,
        cancel: Function,
    };

    setup() {
        this.field = useForwardRefToParent("answer");
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.altKey) {
            ev.preventDefault();
            ev.stopPropagation();
            this.enter();
        }
    }

    enter() {
        const text = this.field.el.value.trim();
        if (text) {
            this.props.question.answer(text);
        }
    }
}
