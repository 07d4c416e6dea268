import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { click, queryAll } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

class Reason extends models.Model {
    _name = "store.transfer.reason";

    name = fields.Char();
    usage = fields.Char();
}

class Question extends models.Model {
    _name = "store.transfer.reject";

    reason_id = fields.Many2one({
        string: "Reason",
        relation: "store.transfer.reason",
        domain: [["usage", "=", "reject"]],
    });

    _records = [{ id: 1 }];
}

defineModels([Reason, Question]);
defineMailModels();

async function openQuestion(names) {
    Reason._records = names.map((name, index) => ({
        id: index + 1,
        name,
        usage: "reject",
    }));
    Reason._records.push({ id: 99, name: "Stolen", usage: "short" });
    await mountView({
        type: "form",
        resModel: "store.transfer.reject",
        resId: 1,
        arch: `<form><field name="reason_id" widget="reason_buttons"/></form>`,
    });
}

test("Each reason for this is one press away", async () => {
    await openQuestion(["No space", "Wrong date"]);
    expect("[role=radiogroup]").toHaveAttribute("aria-label", "Reason");
    expect("[role=radiogroup] label").toHaveCount(2);
    expect("input:checked").toHaveCount(0);
    await click("label:contains(Wrong date)");
    await animationFrame();
    expect("input:checked + label").toHaveText("Wrong date");
});

test("They are one group for the keyboard", async () => {
    await openQuestion(["No space", "Wrong date"]);
    const names = queryAll("input[type=radio]").map((input) => input.name);
    expect(names[0]).toBe(names[1]);
    expect("input[type=radio]:first").toHaveProperty("tabIndex", 0);
});

test("Of many, one is found by typing", async () => {
    await openQuestion("abcdefghij".split(""));
    expect("[role=radiogroup]").toHaveCount(0);
    expect(".o_field_widget[name=reason_id] input[type=text]").toHaveCount(1);
});
