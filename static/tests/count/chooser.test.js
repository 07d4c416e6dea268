import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { CountChooser } from "@store_transfer/count/chooser/count_chooser";
import { getKeys, pressKeys } from "../scan/key_times";
import { scan, type } from "./count_helpers";

defineMailModels();

test("a delivery is chosen by scanning its number", async () => {
    const transfer = {
        id: 5,
        name: "ST/5",
        from: "EC",
        expected_date: "2026-11-25",
        is_late: false,
        line_count: 3,
        count_id: false,
        counter: "",
        state: "In Transit",
        has_arrived: false,
    };
    await mountWithCleanup(CountChooser, {
        props: {
            transfers: [transfer],
            leftovers: [{ countId: 9, size: 4 }],
            find: async (text) => (text === "ST/5" ? [transfer] : []),
            open: ({ name }) => expect.step(`open ${name}`),
            openCount: (countId) => expect.step(`look at ${countId}`),
            sound: (name) => expect.step(name),
            formatDate: (date) => date,
        },
    });
    await click(".alert-warning button");
    await scan("ST/6");
    await animationFrame();
    expect(".alert-danger").toHaveText(/ST\/6 is no transfer that you can count now/);
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
