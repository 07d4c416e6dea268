import { addJob, chooseFile, pressKey, scanCodes, typeWord } from "./presses";
import { confirm, openMenu, press, pressNew, seeState } from "./steps";

const ASK = "Send this to the other store for approval?";
const QUANTITY = ".o_selected_row [name=quantity] input";
const PRODUCT = ".o_selected_row [name=product_id] input";

function click(trigger) {
    return { trigger, run: "click" };
}

function pick(found) {
    return click(`.o-autocomplete--dropdown-item:contains(${found})`);
}

function addTypedLine(sku, quantity) {
    return [
        click(".o_field_x2many_list_row_add a"),
        {
            content: "The new line is there, still without a product",
            trigger: ".o_selected_row:not(:has(.o_stores_stock))",
        },
        typeWord(PRODUCT, sku),
        pick(sku),
        { trigger: ".o_selected_row .o_stores_stock" },
        pressKey(PRODUCT, "Tab"),
        typeWord(QUANTITY, quantity),
    ];
}

function addThreeTypedLines() {
    return [
        ...addTypedLine("TEA-001", "10"),
        ...addTypedLine("MUG-001", "5"),
        ...addTypedLine("LMP-001", "2"),
    ];
}

function addThreeScannedLines() {
    return [
        scanCodes(".o_form_view", "4710000000011", "4710000000028", "LMP-001"),
        { trigger: ".o_data_row:contains(Paper Lamp)" },
    ];
}

function startOrder() {
    return [
        ...openMenu("inbound"),
        { trigger: ".o_breadcrumb:contains(Inbound)" },
        ...pressNew(),
        click("[name=source_store_id] input"),
        typeWord("[name=source_store_id] input", "EC"),
        pick("EC Warehouse"),
    ];
}

function startSending() {
    return [
        ...openMenu("outbound"),
        ...pressNew(),
        typeWord("[name=destination_store_id] input", "North"),
        pick("Shop North"),
    ];
}

function submit() {
    return [...press("action_submit"), ...confirm(ASK), ...seeState("To Approve")];
}

addJob("order 3 lines, scanned", { before: 9, atMost: 9 }, () => [
    ...startOrder(),
    ...addThreeScannedLines(),
    ...submit(),
]);

addJob("order 3 lines, typed", { before: 24, atMost: 24 }, () => [
    ...startOrder(),
    ...addThreeTypedLines(),
    ...submit(),
]);

addJob("send 3 lines, scanned", { before: 8, atMost: 8 }, () => [
    ...startSending(),
    ...addThreeScannedLines(),
    ...submit(),
]);

addJob("send 3 lines, typed", { before: 23, atMost: 23 }, () => [
    ...startSending(),
    ...addThreeTypedLines(),
    ...submit(),
]);

addJob("third-party receipt", { before: 14, atMost: 14 }, () => [
    ...openMenu("third_party"),
    { trigger: ".o_breadcrumb:contains(Third Party)" },
    ...pressNew(),
    click("[name=partner_id] input"),
    typeWord("[name=partner_id] input", "Tea Garden"),
    pick("Tea Garden"),
    ...addTypedLine("TEA-001", "30"),
    ...press("action_submit"),
    ...confirm("Nobody has to approve them"),
    ...seeState("Approved"),
]);

addJob("import", { before: 7, atMost: 7 }, () => [
    ...openMenu("import"),
    chooseFile(
        ".o_field_widget[name=file] .o_select_file_button",
        ".o_field_widget[name=file] input[type=file]",
        "orders.xlsx"
    ),
    { trigger: ".alert-success:contains(Ready to import)" },
    click(".o_statusbar_buttons button[name=action_import]"),
    { trigger: ".o_list_view .o_data_row:contains(Shop North):contains(Draft)" },
]);
