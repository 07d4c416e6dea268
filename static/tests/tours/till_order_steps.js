/** What people do on the screen of a new order at the till. */
import { pressCode } from "./scan_steps";
import { openRegister, openTransfers, ringUp } from "./till_steps";

export function begin(kind) {
    return [
        {
            trigger: ".o_till_transfers_screen .o_till_new",
            run: "click",
        },
        {
            trigger: `.modal .selection-item:contains(${kind})`,
            run: "click",
        },
        seeOrder(),
    ];
}

/** From the login to an order to another shop, beside a sale of tea. */
export function beginBesideSale() {
    return [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        ...begin("Send to Another Store"),
        ...chooseOther("Shop South"),
    ];
}

export function seeOrder() {
    return { trigger: ".o_till_order_screen:not(:has(.fa-spin))" };
}

/** Calls that are answered, and whose answer never arrives. */
export const answers = {
    isLost: false,
    lose(method) {
        const { open } = XMLHttpRequest.prototype;
        this.isLost = true;
        XMLHttpRequest.prototype.open = function (verb, url, ...args) {
            if (answers.isLost && url.endsWith(`/${method}`)) {
                // As of a server between, that has lost Odoo
                Object.defineProperty(this, "response", { value: "" });
            }
            return open.call(this, verb, url, ...args);
        };
    },
    mend() {
        this.isLost = false;
    },
};

/** A scanner that acts as a keyboard. */
export function scan(...codes) {
    return {
        trigger: ".o_till_order_screen",
        run: () => codes.forEach(pressCode),
    };
}

/** Choose the other store, or the third party. */
export function chooseOther(name) {
    return [askForOther(), ...findOther(name)];
}

export function askForOther() {
    return {
        trigger: ".o_till_order_screen .o_till_other:enabled",
        run: "click",
    };
}

export function findOther(name) {
    return [
        {
            trigger: ".modal input[type=search]",
            run: `edit ${name}`,
        },
        {
            trigger: `.modal .o_till_other_side:contains(${name})`,
            run: "click",
        },
        {
            trigger: `.o_till_order_screen .o_till_other:contains(${name})`,
        },
    ];
}

export function searchProduct(text, name) {
    return [
        {
            trigger: ".o_till_product_search",
            run: `edit ${text}`,
        },
        {
            trigger: `.o_till_found button:contains(${name})`,
            run: "click",
        },
    ];
}

export function line(name) {
    return `.o_till_order_line:contains(${name})`;
}

export function seeLine(name, quantity, free) {
    return [
        {
            trigger: `${line(name)}:has(input:value("${quantity}"))`,
        },
        {
            trigger: `${line(name)} .o_till_free:contains(${free})`,
        },
    ];
}

export function setQuantity(name, quantity) {
    return {
        trigger: `${line(name)} .o_till_quantity input`,
        run: `edit ${quantity} && press Tab`,
    };
}

export function submit() {
    return {
        trigger: ".o_till_order_screen .o_till_submit:enabled",
        run: "click",
    };
}

export function seeTransfer(...texts) {
    return texts.map((text) => ({
        trigger: `.o_till_transfer_screen:contains(${text})`,
    }));
}
