import { addJob, begin, chooseFile, pressKey, scanCodes, typeWord } from "./presses";
import { chooseMenu, press, pressNew, seeState } from "./steps";

const PRODUCT = ".o_selected_row [name=product_id] input";
const QUANTITY = ".o_selected_row [name=quantity] input";

/** Type a word, and choose what it found by the key that goes on. */
function typeAndFind(field, word, found) {
    return [
        typeWord(field, word),
        { trigger: `.o-autocomplete--dropdown-item:contains(${found})` },
        pressKey(field, "Tab"),
    ];
}

/** The cursor is in a line that is still empty. */
function typeLine(sku, quantity) {
    return [...typeAndFind(PRODUCT, sku, sku), typeWord(QUANTITY, quantity)];
}

function typeThreeLines() {
    return [
        ...typeLine("TEA-001", "10"),
        pressKey(QUANTITY, "Enter"),
        ...typeLine("MUG-001", "5"),
        pressKey(QUANTITY, "Enter"),
        ...typeLine("LMP-001", "2"),
    ];
}

function scanThreeLines() {
    return [
        scanCodes(PRODUCT, "4710000000011", "4710000000028", "LMP-001"),
        { trigger: ".o_data_row:contains(Paper Lamp)" },
    ];
}

function startSending() {
    return [
        begin("Send"),
        ...typeAndFind("[name=destination_store_id] input", "North", "Shop North"),
    ];
}

function submit() {
    return [...press("action_submit"), ...seeState("To Approve")];
}

// The shop and the main warehouse are filled in: what is empty is the first product.
addJob("order 3 lines, scanned", { before: 9, atMost: 2 }, () => [
    begin("Ask"),
    ...scanThreeLines(),
    ...submit(),
]);

addJob("order 3 lines, typed", { before: 24, atMost: 13 }, () => [
    begin("Ask"),
    ...typeThreeLines(),
    ...submit(),
]);

addJob("send 3 lines, scanned", { before: 8, atMost: 4 }, () => [
    ...startSending(),
    ...scanThreeLines(),
    ...submit(),
]);

addJob("send 3 lines, typed", { before: 23, atMost: 15 }, () => [
    ...startSending(),
    ...typeThreeLines(),
    ...submit(),
]);

addJob("third-party receipt", { before: 14, atMost: 8 }, () => [
    ...chooseMenu("third_party"),
    { trigger: ".o_breadcrumb:contains(Third Party)" },
    ...pressNew(),
    ...typeAndFind("[name=partner_id] input", "Tea Garden", "Tea Garden"),
    ...typeLine("TEA-001", "30"),
    ...press("action_submit"),
    ...seeState("Approved"),
]);

addJob("import", { before: 7, atMost: 5 }, () => [
    begin("Import"),
    chooseFile(
        ".o_field_widget[name=file] .o_select_file_button",
        ".o_field_widget[name=file] input[type=file]",
        "orders.xlsx"
    ),
    { trigger: ".alert-success:contains(Ready to import)" },
    {
        trigger: ".o_statusbar_buttons button[name=action_import]",
        run: "click",
    },
    { trigger: ".o_list_view .o_data_row:contains(Shop North):contains(Draft)" },
]);
