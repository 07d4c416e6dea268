/** What people do in one go, on the desktop and on a phone. */

/** Press what leads to another screen, and wait: until it is there, the former one stays. */
function goTo(device, trigger) {
    return [
        {
            isActive: [device],
            trigger,
            run: (helpers) => {
                for (const screen of document.querySelectorAll(
                    ".o_action_manager > *"
                )) {
                    screen.setAttribute("data-left", "");
                }
                return helpers.click();
            },
        },
        {
            isActive: [device],
            trigger: ".o_action_manager > :not([data-left])",
        },
    ];
}

/** Choose the app, from wherever one is. */
export function openApp() {
    const app = `[data-menu-xmlid="store_transfer.menu_store_transfer_root"]`;
    return [
        {
            isActive: ["desktop"],
            trigger: ".o_navbar_apps_menu button:enabled",
            run: "click",
        },
        ...goTo("desktop", `.o_app${app}`),
        {
            isActive: ["mobile"],
            trigger: ".o_main_navbar .o_menu_toggle",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".o_app_menu_sidebar .o_sidebar_topbar a.btn-primary",
            run: "click",
        },
        ...goTo("mobile", `.o_app_menu_sidebar ${app}`),
        {
            isActive: ["mobile"],
            trigger: "body:not(:has(.o_app_menu_sidebar)) .o_transfer_tabs",
        },
    ];
}

/** Choose the app and one of its menus, from wherever one is. */
export function openMenu(name) {
    return [...openApp(), ...chooseMenu(name)];
}

/** Choose a menu of the app that one is in. */
export function chooseMenu(name) {
    const menu = `[data-menu-xmlid="store_transfer.menu_store_transfer_${name}"]`;
    return [
        ...goTo("desktop", `.o_menu_sections ${menu}`),
        {
            isActive: ["mobile"],
            trigger: ".o_main_navbar .o_menu_toggle",
            run: "click",
        },
        ...goTo("mobile", `.o_app_menu_sidebar ${menu}`),
        {
            isActive: ["mobile"],
            trigger: "body:not(:has(.o_app_menu_sidebar))",
        },
    ];
}

/** Press the button of a row of *My Work*, which is what one sees first. */
export function pressInWork(text, action) {
    return [
        {
            trigger: ".o_breadcrumb:contains(My Work)",
        },
        {
            trigger: [".o_data_row", ".o_kanban_record"]
                .map((row) => `${row}:contains(${text}) button[name=${action}]:enabled`)
                .join(),
            run: "click",
        },
    ];
}

export function seeNoWork() {
    return [
        {
            trigger: `body:not(:has(.modal)) .o_view_nocontent:contains("Nothing waits for you")`,
        },
    ];
}

export function pressNew() {
    return [
        {
            isActive: ["desktop"],
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".o_control_panel .o-kanban-button-new",
            run: "click",
        },
    ];
}

/** Press a tab above the list, then the only transfer that has `text` in it. */
export function openTransfer(tab, text) {
    const button = `.o_transfer_tabs [data-tab=${tab}]`;
    return [
        {
            content: "The number on the tab says that something is to do",
            trigger: `${button} .badge`,
            run: "click",
        },
        {
            trigger: `${button}.btn-primary`,
        },
        {
            isActive: ["desktop"],
            trigger: `.o_data_row:contains(${text}) .o_data_cell[name=name]`,
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: `.o_kanban_record:contains(${text})`,
            run: "click",
        },
        {
            trigger: `.o_form_view .o_field_widget[name=line_ids]`,
        },
    ];
}

/** Press the button that a phone shows, too. */
export function press(action) {
    return [
        {
            trigger: `.o_statusbar_buttons > button[name=${action}].btn-primary:enabled`,
            run: "click",
        },
    ];
}

/** Press a button that a phone has in a menu. */
export function pressOther(action) {
    return [
        {
            isActive: ["desktop"],
            trigger: `.o_statusbar_buttons > button[name=${action}]:enabled`,
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".o_statusbar_buttons button[title=More]",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: `.o-dropdown--menu button[name=${action}]:enabled`,
            run: "click",
        },
    ];
}

/** Press a button of the dialog. */
export function pressInDialog(action) {
    return [
        {
            trigger: `.modal-footer button[name=${action}]:enabled`,
            run: "click",
        },
    ];
}

/** Say yes to the question that is asked a second time. */
export function confirm(question) {
    return [
        {
            trigger: `.modal:contains("${question}") .modal-footer .btn-primary`,
            run: "click",
        },
    ];
}

export function seeState(label) {
    return [
        {
            trigger: [
                `body:not(:has(.modal)) .o_arrow_button_current:contains(${label})`,
                `body:not(:has(.modal)) .o_statusbar_status .dropdown-toggle:contains(${label})`,
            ].join(),
        },
    ];
}

/** Find what a many2one field is to hold: by typing, or in the list of a phone. */
export function choose(field, typed, found) {
    const input = `.o_field_widget[name=${field}] input`;
    return [
        {
            isActive: ["desktop"],
            trigger: input,
            run: `edit ${typed}`,
        },
        {
            isActive: ["desktop"],
            trigger: `.o-autocomplete--dropdown-item:contains(${found})`,
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: input,
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: `.modal:contains(Search) .o_kanban_record:contains(${found})`,
            run: "click",
        },
        {
            trigger: `${input}:value(${found})`,
        },
    ];
}

/** Press the button that says why. */
export function chooseReason(reason) {
    return [
        {
            trigger: `.modal .o_reason_buttons label:contains(${reason})`,
            run: "click",
        },
        {
            trigger: `.modal .o_reason_buttons input:checked + label:contains(${reason})`,
        },
    ];
}

/** Add a line: in the list, or in the dialog that a phone opens. */
export function addLine(typed, found, quantity) {
    return [
        {
            isActive: ["desktop"],
            trigger: ".o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            isActive: ["desktop"],
            content: "The new line is there, still without a product",
            trigger: ".o_selected_row:not(:has(.o_stores_stock))",
        },
        {
            isActive: ["mobile"],
            trigger: "[name=line_ids] .o-kanban-button-new",
            run: "click",
        },
        ...choose("product_id", typed, found),
        {
            content: "The product is chosen when its stock can be asked for",
            trigger: ".o_selected_row .o_stores_stock, .modal .o_stores_stock",
        },
        {
            trigger:
                ".o_selected_row [name=quantity] input, .modal [name=quantity] input",
            run: `edit ${quantity}`,
        },
        {
            isActive: ["mobile"],
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: `body:not(:has(.modal)) [name=line_ids] .o_kanban_record:contains(${found}):contains(${quantity})`,
        },
    ];
}

export function setExpectedDate(days) {
    return [
        {
            trigger: "[name=expected_date] button",
            run: "click",
        },
        {
            trigger: "[name=expected_date] input",
            run: `edit +${days}d && press Enter`,
        },
        {
            content: "The calendar is closed",
            trigger: "body:not(:has(.o_datetime_picker))",
        },
    ];
}
