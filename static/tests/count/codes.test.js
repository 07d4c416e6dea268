import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { SCAN_RULES } from "./scan_rules";
import { mountScreen, scan } from "./count_helpers";
import { makeRow, Server } from "./count_server";

defineMailModels();

/** Make the rows of a rule; a product has an id of its own, whatever lots it has. */
function makeRuleRows(rows) {
    const skus = [...new Set(rows.map(({ product }) => product))];
    return rows.map(({ product, tracking = "none", lot = "", expected }, index) =>
        makeRow(index + 1, {
            product_id: 100 + skus.indexOf(product),
            name: product,
            sku: product,
            tracking,
            lot,
            expected,
        })
    );
}

/** What became of the last scan: as the server answers it. */
function getOutcome(server, before) {
    const products = queryAllTexts(".o_count_product");
    if (products.length) {
        return { status: "asks_product", products };
    }
    if (queryFirst(".o_count_question")) {
        return { status: "asks_lot" };
    }
    const [event] = server.events.slice(before);
    if (!event) {
        return { status: "refused" };
    }
    const row = server.rows.get(event.line_id);
    return row ? { status: "counted", row: [row.sku, row.lot] } : { status: "unknown" };
}

for (const { name, rows, scans } of SCAN_RULES) {
    test(`as the server has it: ${name}`, async () => {
        const server = new Server(makeRuleRows(rows));
        await mountScreen(server);
        for (const { code, ...outcome } of scans) {
            const before = server.events.length;
            await scan(code);
            await animationFrame();
            expect(getOutcome(server, before)).toEqual(outcome);
        }
    });
}
