import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { makeId } from "../../scan/device/device";
import { getTillKey } from "../till_storage";

function getKey(name) {
    return `${getTillKey("store_transfer_till_order")}/${name}`;
}

function makeEmpty() {
    return {
        // By this the server knows it again when it is sent twice
        uuid: makeId(),
        // {id, name}
        other: null,
        date: "",
        remark: "",
        // [{productId, name, sku, quantity}]
        lines: [],
        // What was scanned, and the server has not said yet of which product it is:
        // [{id, code}]
        codes: [],
        // It may be on the server already: it was sent, and no answer came.
        isSent: false,
    };
}

/**
 * An order that is being written at this till. Each change is kept on the device at once,
 * so that the saver, a lock, a reload or a sale in between lose nothing of it.
 */
class OrderDraft {
    constructor(name) {
        this.name = name;
        this.values = { ...makeEmpty(), ...this.load() };
    }

    load() {
        return JSON.parse(browser.localStorage.getItem(getKey(this.name)));
    }

    get isEmpty() {
        const { other, date, remark, lines, codes } = this.values;
        return !other && !date && !remark && !lines.length && !codes.length;
    }

    change(values) {
        Object.assign(this.values, values);
        this.keep();
    }

    keep() {
        try {
            browser.localStorage.setItem(
                getKey(this.name),
                JSON.stringify(this.values)
            );
        } catch {
            // No room on the device: it is on the screen all the same.
        }
    }

    /** Begin a new one: this one is on the server, or nobody wants it any more. */
    forget() {
        browser.localStorage.removeItem(getKey(this.name));
        this.values = makeEmpty();
    }

    /**
     * Add to a product, one piece or as much as a packaging has that was scanned:
     * `{id, name, sku, quantity}`; the last one added is the first.
     */
    addProduct({ id, name, sku = "", quantity: added = 1 }) {
        const { lines } = this.values;
        const known = lines.find((line) => line.productId === id);
        const quantity = (known?.quantity || 0) + added;
        const others = lines.filter((line) => line !== known);
        const line = known
            ? { ...known, quantity }
            : { productId: id, name, sku, quantity };
        this.change({ lines: [line, ...others] });
    }

    /** Keep what was scanned until it is known; return it. */
    addCode(code) {
        const scanned = { id: makeId(), code };
        this.change({ codes: [...this.values.codes, scanned] });
        return scanned;
    }

    /** Take out what was scanned; tell whether it was still there. */
    takeCode({ id }) {
        const codes = this.values.codes.filter((scanned) => scanned.id !== id);
        const isTaken = codes.length < this.values.codes.length;
        this.change({ codes });
        return isTaken;
    }

    setQuantity(productId, quantity) {
        const lines = this.values.lines.map((line) =>
            line.productId === productId ? { ...line, quantity } : line
        );
        this.change({ lines });
    }

    removeProduct(productId) {
        const lines = this.values.lines.filter((line) => line.productId !== productId);
        this.change({ lines });
    }
}

const drafts = {};

/** Return the draft of an order; an answer that comes late finds the same one. */
export function getDraft(name) {
    drafts[name] ||= reactive(new OrderDraft(name));
    return drafts[name];
}
