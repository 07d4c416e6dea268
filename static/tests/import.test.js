import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAttribute, setInputFiles, waitFor } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    MockServer,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Import extends models.Model {
    state = fields.Selection({
        selection: [
            ["draft", "To Check"],
            ["checking", "Checking"],
            ["importing", "Importing"],
            ["done", "Imported"],
        ],
        default: "draft",
    });
    file = fields.Binary();
    file_name = fields.Char();
    note = fields.Char();
    progress = fields.Float();
    row_count = fields.Integer();
    done_count = fields.Integer();
    transfer_count = fields.Integer();

    _records = [
        {
            id: 1,
            state: "importing",
            progress: 40,
            row_count: 3000,
            done_count: 8,
            transfer_count: 20,
        },
        { id: 2, state: "checking", row_count: 3000 },
        { id: 3, state: "done", progress: 100 },
    ];
}

defineModels([Import]);
defineMailModels();

function mountImport(resId) {
    return mountView({
        type: "form",
        resModel: "import",
        resId,
        arch: `
            <form>
                <widget name="store_transfer_import_progress"/>
                <field name="note"/>
                <field name="file" widget="store_transfer_import_file" filename="file_name"/>
                <field name="file_name" invisible="1"/>
            </form>`,
    });
}

test("The bar shows how far the import is, also to a screen reader", async () => {
    await mountImport(1);
    expect(".o_import_progress").toHaveText(/made: 8 of 20/);
    expect(queryAttribute("[role=progressbar]", "aria-valuenow")).toBe("40");
});

test("A check has no parts, and the bar says no number", async () => {
    await mountImport(2);
    expect(".o_import_progress").toHaveText(/checking the rows \(3000\)/);
    expect("[role=progressbar]").not.toHaveAttribute("aria-valuenow");
});

test("There is no bar when nothing goes on", async () => {
    await mountImport(3);
    expect(".o_import_progress").toHaveCount(0);
});

test("It looks again by itself, until the import is done", async () => {
    await mountImport(1);
    onRpc("import", "web_read", () => expect.step("looked"));
    await advanceTime(2100);
    await animationFrame();
    expect.verifySteps(["looked"]);
    MockServer.env.import.write([1], { state: "done" });
    await advanceTime(2100);
    await animationFrame();
    expect.verifySteps(["looked"]);
    expect(".o_import_progress").toHaveCount(0);
    await advanceTime(10000);
    expect.verifySteps([]);
});

test("What is being typed is not lost by looking again", async () => {
    await mountImport(1);
    onRpc("import", "web_read", () => expect.step("looked"));
    await contains("[name=note] input").edit("not saved yet", { confirm: false });
    await advanceTime(2100);
    expect.verifySteps([]);
    expect("[name=note] input").toHaveValue("not saved yet");
});

test("A file is checked as soon as it is there", async () => {
    onRpc("import", "web_save", () => expect.step("saved"));
    onRpc("import", "action_check", () => {
        expect.step("checked");
        return true;
    });
    await mountImport();
    await contains(".o_select_file_button").click();
    await setInputFiles([new File(["x"], "season.xlsx")]);
    await waitFor(".o_clear_file_button");
    await animationFrame();
    expect.verifySteps(["saved", "checked"]);
});
