/* global posmodel */
import { registry } from "@web/core/registry";
import {
    answers,
    askForOther,
    begin,
    beginBesideSale,
    chooseOther,
    findOther,
    line,
    scan,
    searchProduct,
    seeLine,
    seeOrder,
    seeTransfer,
    setQuantity,
    submit,
} from "./till_order_steps";
import { tillNetwork } from "./till_scan_steps";
import { backToSale, openRegister, openTransfers, ringUp, seeSale } from "./till_steps";

const tours = registry.category("web_tour.tours");

const TEA = "4710000000011";
const BOX_OF_TEA = "4710000000066";
const MUG = "4710000000028";

tours.add("store_transfer_till_send", {
    steps: () => [
        ...beginBesideSale(),
        scan(TEA),
        ...seeLine("Oolong Tea", "1", "Shop North: 8 Units free"),
        scan(TEA),
        ...seeLine("Oolong Tea", "2", "Shop South: 0 Units free"),
        ...searchProduct("mug", "Clay Mug"),
        setQuantity("Clay Mug", 3),
        ...seeLine("Clay Mug", "3", "Shop North: 5 Units free"),
        {
            content: "Other stores have some of it",
            trigger: `${line("Clay Mug")} .o_till_stores`,
            run: "click",
        },
        {
            trigger: `${line("Clay Mug")} .o_till_stores_list:contains(EC Warehouse)`,
        },
        {
            trigger: ".o_till_remark",
            run: "edit For the window",
        },
        submit(),
        ...seeTransfer("Shop South", "Clay Mug", "For the window"),
        ...backToSale(),
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        {
            content: "Nothing is left of it at the till",
            trigger: ".o_till_transfers_screen:not(:has(.o_till_kept_order))",
        },
    ],
});

tours.add("store_transfer_till_kept_order", {
    steps: () => [
        ...beginBesideSale(),
        scan(TEA, MUG, MUG),
        ...seeLine("Clay Mug", "2", "Shop North: 5 Units free"),
        {
            trigger: ".o_till_remark",
            run: "edit For the window",
        },
        {
            trigger: ".o_till_order_screen",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        seeOrder(),
        ...seeLine("Clay Mug", "2", "Shop North: 5 Units free"),
        {
            trigger: ".o_till_order_screen",
            run: () => window.history.go(-2),
        },
        {
            trigger: ".o_till_transfers_screen",
            run: () => window.history.go(2),
        },
        ...seeLine("Clay Mug", "2", "Shop North: 5 Units free"),
        {
            content: "Locked",
            trigger: ".o_till_order_screen",
            run: () => posmodel.showLoginScreen(),
        },
        ...openRegister(),
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        {
            trigger: ".o_till_kept_order[data-kind=send]:contains(2 products) button",
            run: "click",
        },
        ...seeLine("Clay Mug", "2", "Shop North: 5 Units free"),
        {
            content: "No connection: it is kept, and selling goes on",
            trigger: ".o_till_order_screen",
            run: () => tillNetwork.cut(),
        },
        submit(),
        {
            trigger: ".o_till_order_screen .o_till_problem:contains(No connection)",
        },
        ...backToSale(),
        ...seeSale("Oolong Tea"),
        ...openTransfers(),
        {
            trigger: ".o_till_kept_order[data-kind=send] button",
            run: "click",
        },
        {
            trigger: ".o_till_order_screen",
            run: () => tillNetwork.mend(),
        },
        {
            trigger: ".o_till_order_screen:not(:has(.o_till_problem))",
            timeout: 20000,
        },
        submit(),
        ...seeTransfer("Shop South", "Clay Mug", "For the window"),
    ],
});

tours.add("store_transfer_till_answer_lost", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...begin("Send to Another Store"),
        ...chooseOther("Shop South"),
        scan(TEA),
        ...seeLine("Oolong Tea", "1", "Shop North: 8 Units free"),
        {
            content: "The server makes it, and its answer is lost",
            trigger: ".o_till_order_screen",
            run: () => answers.lose("order"),
        },
        submit(),
        {
            trigger: ".o_till_order_screen:contains(no answer has come yet)",
        },
        {
            content: "Nothing can be changed any more",
            trigger: ".o_till_order_screen:not(:has(.o_till_quantity))",
            run: () => answers.mend(),
        },
        submit(),
        ...seeTransfer("Shop South", "Oolong Tea"),
    ],
});

tours.add("store_transfer_till_request", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Oolong Tea"),
        ...openTransfers(),
        ...begin("Request from Another Store"),
        ...searchProduct("mug", "Clay Mug"),
        setQuantity("Clay Mug", 4),
        {
            content: "Who has it is asked",
            trigger: `${line("Clay Mug")} .o_till_stores`,
            run: "click",
        },
        {
            trigger: `${line("Clay Mug")} .o_till_stores_list button:contains(EC Warehouse)`,
            run: "click",
        },
        {
            trigger: ".o_till_order_screen .o_till_other:contains(EC Warehouse)",
        },
        submit(),
        ...seeTransfer("EC Warehouse", "Clay Mug"),
        ...backToSale(),
        ...seeSale("Oolong Tea"),
    ],
});

tours.add("store_transfer_till_receipt", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...begin("Receive from a Third Party"),
        askForOther(),
        {
            content: "A vendor comes before customers, and colleagues are none",
            trigger:
                ".modal:contains(Aunt Mei):not(:contains(shop_staff)) .o_till_other_side:first-child:contains(Tea Farm)",
        },
        ...findOther("Tea Farm"),
        scan(TEA, TEA, TEA),
        ...seeLine("Oolong Tea", "3", "Shop North: 8 Units free"),
        {
            content: "A packaging counts as much as is in it",
            ...scan(BOX_OF_TEA),
        },
        ...seeLine("Oolong Tea", "15", "Shop North: 8 Units free"),
        submit(),
        ...seeTransfer("Tea Farm", "Oolong Tea"),
        {
            content: "It can be counted at once",
            isActive: ["desktop"],
            trigger: ".o_till_transfer_screen [data-step=count]",
        },
    ],
});

tours.add("store_transfer_till_order_by_camera", {
    steps: () => [
        ...openRegister(),
        ...openTransfers(),
        ...begin("Send to Another Store"),
        ...chooseOther("Shop South"),
        {
            trigger: ".o_till_camera_button",
            run: "click",
        },
        {
            content: "As long as it is in sight it is one piece",
            trigger: `${line("Oolong Tea")}:has(input:value("1"))`,
            timeout: 20000,
        },
        {
            trigger: ".o_till_camera .o_count_camera_close",
            run: "click",
        },
        {
            trigger: ".o_till_order_screen:not(:has(.o_till_camera))",
        },
        ...seeLine("Oolong Tea", "1", "Shop North: 8 Units free"),
        submit(),
        ...seeTransfer("Shop South", "Oolong Tea"),
    ],
});
