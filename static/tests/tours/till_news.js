/* global posmodel */
import { registry } from "@web/core/registry";
import {
    backToSale,
    openRegister,
    openTransfers,
    ringUp,
    seeSale,
    showTab,
} from "./till_steps";

const tours = registry.category("web_tour.tours");

/** Which sounds the till has played. */
const played = [];

function listen() {
    return {
        trigger: ".pos",
        run() {
            const { play } = posmodel.sound;
            posmodel.sound.play = function (name, ...args) {
                played.push(name);
                return play.call(this, name, ...args);
            };
        },
    };
}

function hear(...names) {
    return {
        trigger: ".pos",
        run() {
            const heard = played.splice(0);
            if (`${heard}` !== `${names}`) {
                throw new Error(`Heard ${heard}, and not ${names}.`);
            }
        },
    };
}

/** The test stands in for the other store, and acts there once it is asked for this. */
function otherStoreShips() {
    return {
        trigger: ".pos",
        run: () =>
            posmodel.data.call("store.transfer.till", "find", [
                posmodel.config.raw.picking_type_id,
                "the other store ships",
            ]),
    };
}

function seeBadge(number) {
    return [
        {
            isActive: ["desktop"],
            trigger: `.pos-topheader .o_till_transfers .o_till_badge:contains(${number})`,
        },
        {
            isActive: ["mobile"],
            trigger: `.pos-rightheader .o_till_badge:contains(${number})`,
        },
    ];
}

function switchSound(isOn) {
    return [
        {
            trigger: ".o_till_sound",
            run: "click",
        },
        {
            trigger: `.o_till_sound[aria-pressed=${isOn}]`,
        },
    ];
}

/** How many in the list are on their way. */
function seeShipped(number) {
    const isOnItsWay = ({ textContent }) => textContent.includes("In Transit");
    const rows = () => [...document.querySelectorAll(".o_till_row")].filter(isOnItsWay);
    return {
        trigger: ".o_till_row",
        run: ({ waitUntil }) =>
            waitUntil(() => rows().length === number, { timeout: 10000 }),
    };
}

tours.add("store_transfer_till_news", {
    steps: () => [
        ...openRegister(),
        ...ringUp("Paper Lamp"),
        // Once it has looked what waits, it listens.
        ...seeBadge(1),
        listen(),
        otherStoreShips(),
        ...seeBadge(2),
        hear("notification"),
        ...seeSale("Paper Lamp"),
        ...openTransfers(),
        ...showTab("to_arrive"),
        seeShipped(2),
        ...switchSound(false),
        otherStoreShips(),
        {
            content: "The list says so, and nobody has pressed anything",
            ...seeShipped(3),
        },
        ...seeBadge(3),
        hear(),
        ...switchSound(true),
        hear("notification"),
        ...backToSale(),
        ...seeSale("Paper Lamp"),
    ],
});
