/**
 * Return `{line id: quantity}` that can be approved: what was asked for; where this shop
 * is the source, only what it has free. Lines of one product share what is free.
 *
 * @param {Object} transfer what the server's get_transfer() said
 */
export function proposeQuantities({ rows, is_inbound: isInbound }) {
    const left = {};
    const quantities = {};
    for (const line of rows) {
        left[line.product_id] ??= Math.max(0, line.source_free || 0);
        const most = isInbound ? line.asked : left[line.product_id];
        quantities[line.id] = Math.min(line.asked, most);
        left[line.product_id] -= quantities[line.id];
    }
    return quantities;
}

/** Tell whether less is approved of any line than was asked for. */
export function isLess({ rows }, quantities) {
    return rows.some((line) => quantities[line.id] < line.asked);
}
