/* global posmodel */
import { registry } from "@web/core/registry";
import { scan, seeRow, seeSync, submit } from "./scan_steps";
import { goOn, openScan } from "./till_scan_steps";
import {
    backToSale,
    openRegisterAs,
    openTransfer,
    openTransfers,
    ringUp,
    seeSale,
} from "./till_steps";

const tours = registry.category("web_tour.tours");

const TEA = "4710000000011";

function lock() {
    return [
        {
            isActive: ["desktop"],
            trigger: ".pos-topheader .lock-screen",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".pos-rightheader button:has(.fa-bars)",
            run: "click",
        },
        {
            isActive: ["mobile"],
            trigger: ".pos-burger-menu-items .dropdown-item:contains(Lock)",
            run: "click",
        },
    ];
}

/** Lock, let somebody else open the till, and go on with the count. */
function lockAndGoOn(name) {
    return [
        ...lock(),
        ...openRegisterAs(name),
        ...seeSale("Paper Lamp"),
        ...openTransfers(),
        ...goOn("ST/"),
    ];
}

/** Somebody else takes the place of who counts; on a phone that needs a lock. */
function changeCashier(name) {
    const onPhone = lockAndGoOn(name).filter(
        ({ isActive }) => !isActive?.includes("desktop")
    );
    return [
        {
            isActive: ["desktop"],
            trigger: ".pos-topheader .cashier-name",
            run: "click",
        },
        {
            isActive: ["desktop"],
            trigger: `.modal .selection-item:contains(${name})`,
            run: "click",
        },
        ...onPhone.map((step) => ({ ...step, isActive: ["mobile"] })),
        {
            trigger: "body:not(:has(.modal))",
            run() {
                const cashier = posmodel.getCashier().name;
                if (cashier !== name) {
                    throw new Error(`${cashier} stands at the till, and not ${name}.`);
                }
            },
        },
    ];
}

tours.add("store_transfer_till_cashiers_count", {
    steps: () => [
        ...openRegisterAs("Mei"),
        ...ringUp("Paper Lamp"),
        ...openTransfers(),
        ...openTransfer("processing", "EC Warehouse"),
        ...openScan("count"),
        scan(TEA),
        seeRow("TEA-001", "1/4"),
        ...changeCashier("Bo"),
        {
            content: "The count stays where it is",
            ...seeRow("TEA-001", "1/4"),
        },
        scan(TEA),
        seeRow("TEA-001", "2/4"),
        seeSync("Saved"),
        ...lockAndGoOn("Mei"),
        seeRow("TEA-001", "2/4"),
        scan(TEA, TEA),
        seeRow("TEA-001", "4/4"),
        seeSync("Saved"),
        ...submit("was submitted"),
        {
            content: "The trail names who has submitted it",
            trigger: ".o_till_transfer_screen .o_till_trail:contains(Mei)",
        },
        ...backToSale(),
        ...seeSale("Paper Lamp"),
    ],
});
