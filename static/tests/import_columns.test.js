import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAllTexts, queryAllValues } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";

class Import extends models.Model {
    state = fields.Selection({
        selection: [
            ["draft", "To Check"],
            ["checked", "Checked"],
        ],
    });
    problem = fields.Char();
    question = fields.Text();
    after_import = fields.Selection({
        selection: [
            ["draft", "Make drafts"],
            ["submit", "Submit them at once"],
        ],
    });
    column_ids = fields.One2many({ relation: "import.column" });
    finding_ids = fields.One2many({ relation: "import.finding" });

    _records = [
        { id: 1, problem: "There is no column …", column_ids: [1, 2, 3, 4] },
        { id: 2, column_ids: [1, 2, 3, 4], finding_ids: [1, 2] },
        { id: 3, column_ids: [2], question: "2 of 3 come from a third party." },
        { id: 4, problem: "More than one column …", column_ids: [1, 5] },
    ];
}

class ImportColumn extends models.Model {
    _name = "import.column";

    letter = fields.Char();
    sheet = fields.Char();
    heading = fields.Char();
    samples = fields.Char();
    column_name = fields.Selection({
        selection: [
            ["sku", "SKU"],
            ["source", "From store"],
            ["ignored", "Not needed"],
        ],
    });
    fixed_reason = fields.Selection({
        selection: [
            ["own", "Means the same in every file"],
            ["known", "Only head office can change what it means"],
        ],
    });
    said_by_id = fields.Many2one({ relation: "res.users" });

    _records = [
        { id: 1, letter: "A", heading: "Abgang", samples: "TN · XY" },
        { id: 2, letter: "B", heading: "Artikel", column_name: "sku" },
        {
            id: 3,
            letter: "C",
            heading: "SKU",
            column_name: "sku",
            fixed_reason: "own",
        },
        {
            id: 4,
            letter: "D",
            heading: "Farbe",
            column_name: "ignored",
            said_by_id: serverState.userId,
        },
        { id: 5, letter: "E", heading: "Qty", fixed_reason: "known" },
    ];
}

class ImportFinding extends models.Model {
    _name = "import.finding";

    suggestion = fields.Char();

    _records = [{ id: 1, suggestion: "HOM-001" }, { id: 2 }];
}

defineModels([Import, ImportColumn, ImportFinding]);
defineMailModels();

function mountImport(resId) {
    return mountView({
        type: "form",
        resModel: "import",
        resId,
        arch: `
            <form js_class="store_transfer_import_form">
                <header>
                    <button name="action_import" type="object" string="Import"/>
                </header>
                <field name="problem" invisible="1"/>
                <field name="question" invisible="1"/>
                <field name="after_import"/>
                <field name="column_ids" mode="list" widget="store_transfer_import_columns">
                    <list editable="bottom">
                        <field name="letter"/>
                        <field name="sheet"/>
                        <field name="heading"/>
                        <field name="samples"/>
                        <field name="column_name"/>
                        <field name="fixed_reason"/>
                        <field name="said_by_id"/>
                    </list>
                </field>
                <field name="finding_ids" mode="list">
                    <list edit="0" delete="0">
                        <field name="suggestion" widget="store_transfer_import_suggestion"/>
                    </list>
                </field>
            </form>`,
    });
}

test("A file that is no use has all its columns explained that can be", async () => {
    await mountImport(1);
    expect(queryAllTexts(".o_import_column b")).toEqual(["Abgang", "Artikel", "Farbe"]);
    expect(queryAllValues(".o_import_column select")).toEqual(["", "sku", "ignored"]);
    expect(".o_import_column:eq(0)").toHaveText(/TN · XY/);
    expect(".o_import_column:eq(2)").toHaveText(/Said by/);
});

test("What one of our own headings means can't be said", async () => {
    await mountImport(1);
    await contains(".o_import_columns button[aria-expanded=false]").click();
    expect(queryAllTexts(".o_import_column b")).toEqual([
        "Abgang",
        "Artikel",
        "SKU",
        "Farbe",
    ]);
    expect(".o_import_column:eq(2) select").toHaveCount(0);
    expect(".o_import_column:eq(2)").toHaveText(/Means the same in every file/);
});

test("What only head office can change is shown with that reason", async () => {
    await mountImport(4);
    expect(queryAllTexts(".o_import_column b")).toEqual(["Abgang", "Qty"]);
    expect(".o_import_column:eq(1) select").toHaveCount(0);
    expect(".o_import_column:eq(1)").toHaveText(/Only head office can change/);
});

test("Each choice says aloud of which column it is", async () => {
    await mountImport(1);
    expect(".o_import_column select:eq(0)").toHaveAttribute(
        "aria-label",
        "What is the column Abgang?"
    );
});

test("Otherwise only what is not read is asked about", async () => {
    await mountImport(2);
    expect(queryAllTexts(".o_import_column b")).toEqual(["Abgang"]);
    await contains(".o_import_columns button[aria-expanded=false]").click();
    expect(".o_import_column").toHaveCount(4);
});

test("Nothing is asked when everything was understood", async () => {
    await mountImport(3);
    expect(".o_import_columns").toHaveText(/All columns of the file were understood/);
    expect(".o_import_column").toHaveCount(0);
});

test("What is chosen is saved and checked by one press", async () => {
    onRpc("import", "web_save", ({ args }) => {
        expect.step(args[1].column_ids);
    });
    onRpc("import", "action_check", () => {
        expect.step("checked");
        return true;
    });
    await mountImport(2);
    expect(".o_import_columns_check").toHaveCount(0);
    await contains(".o_import_column select").select("source");
    expect(".o_import_column select").toHaveValue("source");
    await contains(".o_import_columns_check").click();
    await animationFrame();
    expect.verifySteps([[[1, 1, { column_name: "source" }]], "checked"]);
});

test("What is suggested is one press away", async () => {
    onRpc("import.finding", "action_use_suggestion", ({ args }) => {
        expect.step(args[0]);
        return true;
    });
    await mountImport(2);
    expect("[name=suggestion] button").toHaveCount(1);
    await contains(".o_data_row button:contains(Use HOM-001)").click();
    await animationFrame();
    expect.verifySteps([[1]]);
});

test("The question is asked before the import, and No means no", async () => {
    onRpc("import", "action_import", () => {
        expect.step("imported");
        return true;
    });
    await mountImport(3);
    await contains("button[name=action_import]").click();
    expect(".modal-body").toHaveText("2 of 3 come from a third party.");
    await contains(".modal-footer button:contains(Cancel)").click();
    await animationFrame();
    expect.verifySteps([]);
    await contains("button[name=action_import]").click();
    await contains(".modal-footer .btn-primary").click();
    await animationFrame();
    expect.verifySteps(["imported"]);
});

test("Nothing is asked where there is nothing to ask", async () => {
    onRpc("import", "action_import", () => {
        expect.step("imported");
        return true;
    });
    await mountImport(2);
    await contains("button[name=action_import]").click();
    await animationFrame();
    expect(".modal").toHaveCount(0);
    expect.verifySteps(["imported"]);
});
