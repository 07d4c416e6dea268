import { registry } from "@web/core/registry";

const names = new Set();

/**
 * Add a screen of transfers to the till.
 *
 * @param {typeof Component} Screen its class name is the name of the page
 * @param {string} path where it is under the till's own address; `{int:transferId}` in
 *  it is handed to the screen as a prop
 */
export function addTransferPage(Screen, path) {
    // Else "Register" would lead back to it, and not to the sale.
    Screen.storeOnOrder = false;
    names.add(Screen.name);
    registry.category("pos_pages").add(Screen.name, {
        name: Screen.name,
        component: Screen,
        route: `/pos/ui/${odoo.pos_config_id}/${path}`,
        params: {},
    });
}

export function isTransferPage(name) {
    return names.has(name);
}
