import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAll } from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

class Discrepancy extends models.Model {
    _name = "store.transfer.discrepancy";

    state = fields.Selection({
        selection: [
            ["open", "Open"],
            ["settled", "Settled"],
            ["parked", "Parked"],
        ],
    });

    _records = [
        { id: 1, state: "open" },
        { id: 2, state: "settled" },
        // Of another addon.
        { id: 3, state: "parked" },
    ];
}

defineModels([Discrepancy]);
defineMailModels();

async function getBadges(attributes) {
    await mountView({
        type: "list",
        resModel: "store.transfer.discrepancy",
        arch: `<list><field name="state" widget="transfer_badge" ${attributes}/></list>`,
    });
    return queryAll(".o_field_badge .badge").map((badge) => [
        badge.textContent,
        [...badge.classList].find((name) => name.startsWith("text-bg-")),
    ]);
}

test("A state has its colour", async () => {
    expect(await getBadges("")).toEqual([
        ["Open", "text-bg-warning"],
        ["Settled", "text-bg-success"],
        ["Parked", "text-bg-300"],
    ]);
});

test("A view can say otherwise", async () => {
    expect(await getBadges(`decoration-danger="state == 'open'"`)).toEqual([
        ["Open", "text-bg-danger"],
        ["Settled", "text-bg-300"],
        ["Parked", "text-bg-300"],
    ]);
});
