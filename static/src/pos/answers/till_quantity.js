import { Component, useEffect, useRef, useState } from "@odoo/owl";
import {
    formatQuantity,
    getQuantityError,
    parseQuantity,
} from "@store_transfer/quantities/quantities";

/** A quantity to press up and down, or to type. */
export class TillQuantity extends Component {
    static template = "store_transfer.TillQuantity";
    static props = {
        // What it is of, for who can't see
        label: String,
        quantity: Number,
        most: Number,
        // (quantity) => void
        onChange: Function,
    };

    setup() {
        this.state = useState({ error: "" });
        this.input = useRef("input");
        // Only then: what is being typed stays, whatever else is shown anew meanwhile.
        useEffect(
            () => {
                this.input.el.value = this.text;
            },
            () => [this.props.quantity]
        );
    }

    get text() {
        return formatQuantity(this.props.quantity);
    }

    step(difference) {
        this.change(Math.min(this.props.most, this.props.quantity + difference));
    }

    change(quantity) {
        this.state.error = "";
        this.props.onChange(Math.max(0, quantity));
    }

    type(ev) {
        const quantity = parseQuantity(ev.target.value);
        if (Number.isNaN(quantity)) {
            this.state.error = getQuantityError(ev.target.value);
        } else {
            this.change(Math.min(this.props.most, quantity));
        }
        ev.target.value = this.text;
    }
}
