import { expect, test } from "@odoo/hoot";
import { isLess, proposeQuantities } from "@store_transfer/pos/steps/proposal";

const rows = [
    { id: 1, product_id: 7, asked: 5, source_free: 8 },
    { id: 2, product_id: 7, asked: 5, source_free: 8 },
    { id: 3, product_id: 9, asked: 2, source_free: -1 },
];

test("the source proposes what it has free, once for all lines of a product", () => {
    const quantities = proposeQuantities({ rows, is_inbound: false });
    expect(quantities).toEqual({ 1: 5, 2: 3, 3: 0 });
    expect(isLess({ rows }, quantities)).toBe(true);
});

test("the destination proposes what is offered", () => {
    const quantities = proposeQuantities({ rows, is_inbound: true });
    expect(quantities).toEqual({ 1: 5, 2: 5, 3: 2 });
    expect(isLess({ rows }, quantities)).toBe(false);
});
