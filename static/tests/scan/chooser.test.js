import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { ScanChooser } from "@store_transfer/scan_actions/chooser/scan_chooser";
import { scan, type } from "../count/count_helpers";
import { getKeys, pressKeys } from "./key_times";

defineMailModels();

const TRANSFER = { id: 5, name: "ST/5", is_late: false, line_count: 3 };

async function mountChooser(props) {
    await mountWithCleanup(ScanChooser, {
        props: {
            transfers: [TRANSFER],
            leftovers: [],
            find: async (text) => (text === "ST/5" ? [TRANSFER] : []),
            open: ({ name }) => expect.step(`open ${name}`),
            openLeftovers: (id) => expect.step(`look at ${id}`),
            describe: () => ({
                place: "EC",
                date: "Nov 25",
                badge: { text: "In Transit", cssClass: "text-bg-secondary" },
            }),
            texts: {
                title: "Which?",
                hint: "Scan it.",
                sought: "Number",
                date: "Expected date",
                empty: "None.",
            },
            getUnknownText: (number) => `${number} is unknown`,
            sound: (name) => expect.step(name),
            ...props,
        },
    });
}

test("a transfer is chosen by scanning its number, and asked about", async () => {
    await mountChooser({
        leftovers: [{ id: 9, size: 4 }],
        getQuestion: ({ name }) => ({
            title: `${name} from EC`,
            text: "Here?",
            yes: "Yes",
            no: "No",
        }),
    });
    await click(".alert-warning button");
    await scan("ST/6");
    await animationFrame();
    expect(".alert-danger").toHaveText("ST/6 is unknown");
    await scan("ST/5");
    await animationFrame();
    expect(".o_count_panel h2").toHaveText("ST/5 from EC");
    expect(".o_count_start").toBeFocused();
    await click(".o_count_start");
    await pressKeys(getKeys("ST/5", "Enter"), (index) => (index === 2 ? 149 : 12));
    await animationFrame();
    await type("7");
    expect.verifySteps(["look at 9", "wrong", "open ST/5"]);
    expect(".o_count_panel h2").toHaveText("ST/5 from EC");
    expect("input").toHaveValue("");
    await click(".o_count_panel .btn-light");
    await animationFrame();
    await type("7");
    expect("input").toHaveValue("7");
    expect("input").toBeFocused();
});

test("where nothing is to be asked, it opens at once", async () => {
    await mountChooser({ getQuestion: () => null });
    await click(".o_count_choice");
    expect.verifySteps(["open ST/5"]);
});

test("a product that several bring shows these alone", async () => {
    const others = [6, 7].map((id) => ({ ...TRANSFER, id, name: `ST/${id}` }));
    await mountChooser({
        transfers: [TRANSFER, ...others],
        find: async (text) => (text === "4710000000011" ? others : []),
    });
    expect(".o_count_choice").toHaveCount(3);
    await scan("4710000000011");
    await animationFrame();
    expect(".o_count_found").toHaveText(/These have 4710000000011/);
    expect(".o_count_choice").toHaveCount(2);
    await click(".o_count_found button");
    await animationFrame();
    expect(".o_count_choice").toHaveCount(3);
});

test("what is missing of a transfer is said", async () => {
    await mountChooser({
        describe: () => ({
            place: "EC",
            date: "Nov 25",
            note: "3 Units missing",
            badge: { text: "Partial", cssClass: "text-bg-secondary" },
        }),
    });
    expect(".o_count_choice_info").toHaveText(/3 Units missing/);
});
