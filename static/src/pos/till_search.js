// More than that nobody chooses from.
const MOST_FOUND = 20;

/**
 * Find records as everywhere in Odoo, by their name and what else they are found by.
 *
 * @returns {Promise<{id: number, name: string}[]>}
 */
export async function findByName(till, model, text, domain = []) {
    const found = await till.callModel(model, "name_search", [
        text,
        domain,
        "ilike",
        MOST_FOUND,
    ]);
    return found.map(([id, name]) => ({ id, name }));
}

/** The products that a word stands for: by name, SKU or barcode; null for no word. */
export async function findProducts(till, text) {
    const word = text.trim();
    const domain = [["is_storable", "=", true]];
    return word ? findByName(till, "product.product", word, domain) : null;
}
