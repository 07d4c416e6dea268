/* global posmodel */

/**
 * What people do at the till, on the desktop and on a phone.
 *
 * With selectors only: a tour that imports Point of Sale's own helpers would break all
 * other tours where Point of Sale is not installed.
 */

/** The till has started; what that takes is up to the machine. */
export const tillIsThere = {
    trigger: ".screen-login .open-register-btn",
    timeout: 60000,
};

/** From the login screen to the sale. */
export function openRegister() {
    return [
        {
            ...tillIsThere,
            run: "click",
        },
        {
            trigger: ".product-screen",
        },
    ];
}

/** From the till that a shop has open all day to the cashier who stands there. */
export function openRegisterAs(cashier) {
    return [
        {
            ...tillIsThere,
            run: "click",
        },
        {
            trigger: ".login-overlay .select-cashier",
            run: "click",
        },
        {
            trigger: `.modal .selection-item:contains(${cashier})`,
            run: "click",
        },
        {
            trigger: ".product-screen",
        },
    ];
}

/** Add a product to the sale that is being rung up. */
export function ringUp(product) {
    return [
        {
            trigger: `.product-screen article.product:contains(${product})`,
            run: "click",
        },
        {
            isActive: ["desktop"],
            trigger: `.product-screen .orderline:contains(${product})`,
        },
        {
            isActive: ["mobile"],
            trigger: `.product-screen article.product:contains(${product}) .product-cart-qty`,
        },
    ];
}

/** See that the sale is still the one that is being rung up. */
export function seeSale(product) {
    return [
        {
            trigger: ".product-screen",
        },
        {
            isActive: ["mobile"],
            trigger: ".product-screen .review-button",
            run: "click",
        },
        {
            content: "No other sale was begun",
            trigger: `.product-screen .orderline:contains(${product})`,
            run() {
                const open = posmodel.models["pos.order"].filter(
                    (order) => !order.finalized
                );
                if (open.length !== 1) {
                    throw new Error(`${open.length} sales are open.`);
                }
            },
        },
        {
            isActive: ["mobile"],
            trigger: ".product-screen .back-button, .pos-topheader .back-button",
            run: "click",
        },
    ];
}

/** Press the way to transfers, from wherever one is. */
export function pressTransfers() {
    return [
        {
            isActive: ["desktop"],
            trigger: ".pos-topheader .o_till_transfers",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".pos-rightheader button:has(.fa-bars)",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".pos-burger-menu-items .dropdown-item:contains(Transfers)",
            run: "click",
        },
    ];
}

export function openTransfers() {
    return [
        ...pressTransfers(),
        {
            content: "The first time, the screens have to be loaded",
            trigger: ".o_till_transfers_screen",
            timeout: 60000,
        },
    ];
}

export function showTab(name) {
    const tab = `.o_till_tabs [data-tab=${name}]`;
    return [
        {
            trigger: tab,
            run: "click",
        },
        {
            trigger: `${tab}.active`,
        },
    ];
}

/** Open the only transfer of a tab that has `text` in it. */
export function openTransfer(tab, text) {
    return [
        ...showTab(tab),
        {
            trigger: `.o_till_row:contains(${text})`,
            run: "click",
        },
        {
            trigger: ".o_till_transfer_screen",
        },
    ];
}

export function backToList() {
    return [
        {
            trigger: ".o_till_transfer_screen .o_till_back",
            run: "click",
        },
        {
            trigger: ".o_till_transfers_screen",
        },
    ];
}

export function backToSale() {
    return [
        {
            trigger: ".register-label",
            run: "click",
        },
        {
            trigger: ".product-screen",
        },
    ];
}

/** Press what can be done with a transfer; a phone has all but the first in a menu. */
export function pressStep(name, label) {
    return [
        {
            isActive: ["desktop"],
            trigger: `.o_till_actions [data-step=${name}]:enabled`,
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: `.o_till_actions [data-step=${name}]:enabled, .o_till_actions .o_till_more:enabled`,
            async run() {
                const button = document.querySelector(
                    `.o_till_actions [data-step=${name}]`
                );
                if (button) {
                    button.click();
                    return;
                }
                this.anchor.click();
                await pressInMenu(label);
            },
        },
    ];
}

async function pressInMenu(label) {
    let item;
    while (!item) {
        await new Promise(requestAnimationFrame);
        item = [...document.querySelectorAll(".modal .selection-item")].find(
            ({ textContent }) => textContent.trim() === label
        );
    }
    item.click();
}

/** Say yes to the question that is asked a second time. */
export function confirm(label) {
    return [
        {
            trigger: `.modal-footer .btn-primary:enabled:contains(${label})`,
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ];
}

export function choose(label) {
    return [
        {
            trigger: `.modal .o_till_choice button:contains(${label})`,
            run: "click",
        },
        {
            trigger: `.modal .o_till_choice button.active:contains(${label})`,
        },
    ];
}

export function seeState(label) {
    return [
        {
            trigger: `body:not(:has(.modal)) .o_till_transfer_screen .badge:contains(${label})`,
        },
    ];
}

/** The till is locked, or its saver comes; somebody logs in again. */
export function leaveTill(page) {
    return [
        {
            trigger: ".pos",
            run: () =>
                page === "SaverScreen"
                    ? posmodel.navigate(page)
                    : posmodel.showLoginScreen(),
        },
        ...(page === "SaverScreen"
            ? [
                  {
                      trigger: ".timer-hours",
                      run: () => posmodel.navigate("LoginScreen"),
                  },
              ]
            : []),
        ...openRegister(),
    ];
}

export function reload() {
    return [
        {
            trigger: ".pos",
            run: async () => {
                // What the till writes into its own database is there by then.
                while (posmodel.data.indexedDB.activeTransactions.size) {
                    await new Promise((resolve) => setTimeout(resolve, 50));
                }
                window.location.reload();
            },
            expectUnloadPage: true,
        },
    ];
}
