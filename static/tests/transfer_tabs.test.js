import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { describe, expect, test } from "@odoo/hoot";
import { queryAll, queryAllTexts } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    toggleMenuItem,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class StoreTransfer extends models.Model {
    _name = "store.transfer";

    name = fields.Char();
    state = fields.Char();
    late = fields.Boolean();

    _records = [
        { id: 1, name: "ST1", state: "waiting", late: true },
        { id: 2, name: "ST2", state: "waiting" },
        { id: 3, name: "ST3", state: "done" },
    ];
}

defineModels([StoreTransfer]);
defineMailModels();

onRpc("store.transfer", "count_tabs", function ({ args: [domain, tabDomains] }) {
    const transfers = this.env["store.transfer"];
    return tabDomains.map((tabDomain) =>
        transfers.search_count([...domain, ...tabDomain])
    );
});

const archs = {
    list: `<list js_class="store_transfer_list"><field name="name"/></list>`,
    kanban: `
        <kanban js_class="store_transfer_kanban">
            <templates><t t-name="card"><field name="name"/></t></templates>
        </kanban>`,
};

function mountTransfers(params = {}) {
    const type = params.type || "list";
    return mountView({
        type,
        resModel: "store.transfer",
        arch: archs[type],
        searchViewArch: `
            <search>
                <filter name="to_approve" string="To Approve" domain="[('state', '=', 'waiting')]"/>
                <filter name="received" string="Received" domain="[('state', '=', 'done')]"/>
                <filter name="draft" string="Draft" domain="[('state', '=', 'draft')]"/>
                <separator/>
                <filter name="late" string="Late" domain="[('late', '=', True)]"/>
            </search>`,
        context: { store_transfer_tabs: ["to_approve", "received"] },
        ...params,
    });
}

const getNames = () => queryAllTexts(".o_data_cell[name=name]");

/** Return the words of each tab, and the number beside them. */
function getTabs() {
    return queryAll(".o_transfer_tabs button").map((button) => {
        const texts = [...button.childNodes].map((node) => node.textContent.trim());
        return texts.filter(Boolean).join(" ");
    });
}

test("A tab for each filter, with how many there are", async () => {
    await mountTransfers();
    expect(getTabs()).toEqual(["All", "To Approve 2", "Received 1"]);
    expect(".o_transfer_tabs .btn-primary").toHaveText("All");
});

test("A press shows what the tab says, a second one shows all again", async () => {
    await mountTransfers();
    await contains("[data-tab=to_approve]").click();
    expect(getNames()).toEqual(["ST1", "ST2"]);
    expect(".o_facet_value").toHaveText("To Approve");
    expect("[data-tab=to_approve]").toHaveAttribute("aria-pressed", "true");

    await contains("[data-tab=received]").click();
    expect(getNames()).toEqual(["ST3"]);
    expect(getTabs()).toEqual(["All", "To Approve 2", "Received 1"]);

    await contains("[data-tab=received]").click();
    expect(getNames()).toEqual(["ST1", "ST2", "ST3"]);
    expect(".o_facet_value").toHaveCount(0);
});

test("Other filters stay, and the numbers follow them", async () => {
    await mountTransfers();
    await toggleSearchBarMenu();
    await toggleMenuItem("Late");
    expect(getTabs()).toEqual(["All", "To Approve 1", "Received"]);
    await toggleMenuItem("Draft");
    await contains("[data-tab=to_approve]").click();
    expect(queryAllTexts(".o_facet_value")).toEqual(["Late", "To Approve"]);
    expect(getNames()).toEqual(["ST1"]);
});

test("A tab is the filter of the search bar", async () => {
    await mountTransfers();
    await toggleSearchBarMenu();
    await toggleMenuItem("Received");
    expect(".o_transfer_tabs .btn-primary").toHaveAttribute("data-tab", "received");
});

test("Above the cards, too", async () => {
    await mountTransfers({ type: "kanban" });
    await contains("[data-tab=received]").click();
    expect(".o_kanban_record:not(.o_kanban_ghost)").toHaveText("ST3");
});

test("No tabs where the action names none", async () => {
    onRpc("store.transfer", "count_tabs", () => expect.step("count_tabs"));
    await mountTransfers({ context: {} });
    expect(".o_transfer_tabs").toHaveCount(0);
    expect.verifySteps([]);
});

test("Of very many, it is not counted how many exactly", async () => {
    onRpc("store.transfer", "count_tabs", () => [1000, 999]);
    await mountTransfers();
    expect(getTabs()).toEqual(["All", "To Approve 999+", "Received 999"]);
});
