import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { click, press, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { Component, xml } from "@odoo/owl";
import { ScanJob } from "@store_transfer/scan/scan_job";
import { ScanScreen } from "@store_transfer/scan/screen/scan_screen";
import { ScanState } from "@store_transfer/scan/scan_state";
import { scan, type } from "../count/count_helpers";

defineMailModels();

/** Cartons that are loaded into a van: the smallest job there is. */
class LoadState extends ScanState {
    constructor(cartons, options) {
        super({ filter: "all", ...options });
        this.cartons = cartons;
    }

    get rows() {
        return this.cartons.filter(
            (row) =>
                row.name.includes(this.text) &&
                (this.filter === "all" || row.kind === this.filter)
        );
    }

    getRow(id) {
        return this.cartons.find((row) => row.id === id);
    }

    isKnown(code) {
        return this.cartons.some(({ sku }) => sku === code);
    }

    scan(code) {
        const rows = this.cartons.filter(({ sku }) => sku === code);
        this.question = rows.length > 1 ? { rows } : null;
        if (!rows.length) {
            this.addProblem({ uuid: code, code, message: `What is ${code}?` });
        } else if (!this.question) {
            this.step(rows[0], 1);
        }
        this.changed();
    }

    step(row, quantity) {
        this.load(row, row.came + quantity);
    }

    enterQuantity(text) {
        this.load(this.active, Number(text));
        return true;
    }

    load(row, came) {
        Object.assign(row, { came, kind: came ? "done" : "remaining" });
        this.typed = null;
        this.question = null;
        this.activate(row.id);
        this.say("counted", `${row.name}: ${came}`, "counted");
    }

    openReview() {
        this.openPanel("leave");
    }
}

class LeavePanel extends Component {
    static template = xml`
        <h2>Drive off?</h2>
        <button class="btn btn-light" t-on-click="() => props.job.state.closePanel()">No</button>
        <button class="btn btn-primary" t-on-click="() => props.job.exit()">Yes</button>`;
    static props = { job: ScanJob };
}

class LoadJob extends ScanJob {
    exit() {
        expect.step("gone");
    }

    get title() {
        return "Van 7";
    }

    get texts() {
        return { rows: "Cartons", hint: "Scan a carton.", submit: "drive off" };
    }

    get progress() {
        const done = this.state.cartons.filter(({ came }) => came).length;
        const number = this.state.cartons.length;
        return {
            percent: (100 * done) / number,
            text: `${done} of ${number} cartons`,
            isDone: done === number,
        };
    }

    get filters() {
        return [
            { name: "all", label: "All", count: this.state.cartons.length },
            { name: "remaining", label: "Still here", count: 0 },
        ];
    }

    get question() {
        const { question } = this.state;
        return (
            question && {
                choices: question.rows.map((row) => ({
                    id: row.id,
                    label: row.name,
                    choose: () => this.state.load(row, 1),
                })),
            }
        );
    }

    get panels() {
        return { leave: LeavePanel };
    }
}

function makeCarton(id, sku = `C-${id}`) {
    return { id, sku, name: `Carton ${id}`, unit: "pc", came: 0, kind: "remaining" };
}

let job;
let sounds;

beforeEach(() => {
    sounds = [];
    const cartons = [
        makeCarton(1),
        makeCarton(2),
        makeCarton(3, "TWIN"),
        makeCarton(4, "TWIN"),
    ];
    job = new LoadJob(new LoadState(cartons, { sound: (name) => sounds.push(name) }));
});

function getRow(id) {
    return queryFirst(`#o_count_row_${id}`);
}

test("the screen shows a job that is not counting", async () => {
    await mountWithCleanup(ScanScreen, { props: { job } });
    expect("h1").toHaveText("Van 7");
    expect("[role=listbox]").toHaveAttribute("aria-label", "Cartons");
    expect(".o_count_hint").toHaveText("Scan a carton.");
    expect(queryAllTexts(".o_count_row .o_count_name")).toEqual([
        "Carton 1",
        "Carton 2",
        "Carton 3",
        "Carton 4",
    ]);
    expect(".o_count_numbers").toHaveText("0 of 4 cartons");
    // What the job says nothing of, is left out.
    expect("[title=Help], .o_count_sync, .o_count_camera").toHaveCount(0);
    expect(".o_count_actions button").toHaveCount(0);
    await type("?");
    expect(".o_count_panel").toHaveCount(0);
});

test("a scanner works on it", async () => {
    await mountWithCleanup(ScanScreen, { props: { job } });
    await scan("C-2");
    expect(getRow(2)).toHaveClass("o_count_active");
    expect(getRow(2)).toHaveAttribute("data-kind", "done");
    expect("[aria-live]").toHaveText("Carton 2: 1");
    expect(".o_count_numbers").toHaveText("1 of 4 cartons");
    expect(sounds).toEqual(["counted"]);
    await scan("NOBODY");
    expect(".o_count_message").toHaveText("What is NOBODY?");
    expect(".o_count_problems").toHaveText("1");
    await scan("TWIN");
    expect(queryAllTexts(".o_count_question .btn-outline-primary")).toEqual([
        "Carton 3",
        "Carton 4",
    ]);
    await click(".o_count_question button:contains(Carton 4)");
    await animationFrame();
    expect(getRow(4)).toHaveAttribute("data-kind", "done");
    expect(".o_count_question").toHaveCount(0);
});

test("the keyboard works on it", async () => {
    await mountWithCleanup(ScanScreen, { props: { job } });
    await press("ArrowDown");
    await type("+");
    expect(".o_count_card .o_count_name").toHaveText("Carton 1");
    expect(job.state.getRow(1).came).toBe(1);
    await type("5");
    await press("Enter");
    await animationFrame();
    expect(job.state.getRow(1).came).toBe(5);
    await press("ArrowRight");
    await animationFrame();
    expect("[data-filter=remaining]").toHaveAttribute("aria-pressed", "true");
    expect(".o_count_row").toHaveCount(3);
    await type("/");
    expect(".o_count_search").toBeFocused();
});

test("its own panel lies over it, with the focus in it", async () => {
    await mountWithCleanup(ScanScreen, { props: { job } });
    await type("s");
    expect("[data-panel=leave] h2").toHaveText("Drive off?");
    expect("[data-panel=leave] .btn-primary").toBeFocused();
    expect(".o_count_main").toHaveAttribute("inert");
    await press("Escape");
    await animationFrame();
    expect(".o_count_panel").toHaveCount(0);
    await click(".o_count_submit");
    await animationFrame();
    await click("[data-panel=leave] .btn-primary");
    expect.verifySteps(["gone"]);
});
