// More than that nobody chooses from.
const MOST_FOUND = 20;

/**
 * Find records as everywhere in Odoo, by their name and what else they are found by.
 *
 * @returns {Promise<{id: number, name: string}[]>}
 */
async function findByName(till, model, text, domain, kwargs = {}) {
    const args = [text, domain, "ilike", MOST_FOUND];
    const found = await till.callModel(model, "name_search", args, kwargs);
    return found.map(([id, name]) => ({ id, name }));
}

/** Who may bring goods, vendors first: as in the back office, none of one's own people. */
export function findVendors(till, text) {
    const domain = [["partner_share", "=", true]];
    const context = { res_partner_search_mode: "supplier" };
    return findByName(till, "res.partner", text.trim(), domain, { context });
}

/** The products that a word stands for: by name, SKU or barcode; null for no word. */
export async function findProducts(till, text) {
    const word = text.trim();
    const domain = [["is_storable", "=", true]];
    return word ? findByName(till, "product.product", word, domain) : null;
}
