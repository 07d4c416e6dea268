/** Return the ways in which the same number is written: UPC-A is an EAN-13 with a 0. */
function getSpellings(code) {
    const isUpc = /^\d{12}$/.test(code);
    const isEan = /^0\d{12}$/.test(code);
    return isUpc ? [code, `0${code}`] : isEan ? [code, code.slice(1)] : [code];
}

/**
 * What a code stands for, as far as this device knows: a product, a box of it, or a lot.
 *
 * A product that is on its way comes first, else one of the lots: by the same rule as on
 * the server. static/tests/count/scan_rules.js has the cases.
 */
export class CodeBook {
    /** @param {[string, number, number][]} barcodes code, product id, and how many */
    constructor(barcodes) {
        this.byCode = new Map();
        this.byProduct = new Map();
        this.byLot = new Map();
        for (const [code, productId, quantity] of barcodes) {
            const others = (this.byCode.get(code) || []).filter(
                (known) => known.productId !== productId
            );
            this.byCode.set(code, [...others, { productId, quantity }]);
        }
    }

    addRow(row) {
        const { product_id: productId } = row.server;
        const same = this.byProduct.get(productId) || [];
        this.byProduct.set(productId, [...same, row]);
    }

    /** Several products may have a lot of the same name, and a name may be corrected. */
    learnLot(row) {
        const { lot } = row.server;
        this.byLot.get(row.knownLot)?.delete(row);
        row.knownLot = lot;
        const rows = this.byLot.get(lot) || new Set();
        this.byLot.set(lot, rows.add(row));
    }

    /** A code that only the server could read is known from now on. */
    learnCode(code, row, quantity) {
        if (!this.getMatches(code).length) {
            const { product_id: productId, lot } = row.server;
            this.byCode.set(code, [{ productId, quantity, lot: lot || undefined }]);
        }
    }

    /** Return what a code may stand for: several where products share it. */
    getMatches(code) {
        const known = getSpellings(code).find((spelling) => this.byCode.has(spelling));
        if (known) {
            return this.byCode.get(known);
        }
        const rows = [...(this.byLot.get(code) || [])];
        const productIds = new Set(rows.map((row) => row.server.product_id));
        return [...productIds].map((productId) => ({
            productId,
            quantity: 1,
            lot: code,
        }));
    }

    /**
     * Find the rows that a code stands for. What several products share is asked for; so
     * is the lot, where only the product is known.
     *
     * @returns {{rows?: Object[], quantity: number, lot?: string, needsLot?: Object[],
     *  needsProduct?: {id: number, name: string}[]}|null}
     *  null when this device does not know the code
     */
    find(code, productId) {
        const all = this.getMatches(code);
        const chosen = all.filter((match) => match.productId === productId);
        const [match, ...others] = chosen.length ? chosen : all;
        if (others.length) {
            return {
                needsProduct: all.map((each) => this.getProduct(each.productId)),
                lot: match.lot,
                quantity: match.quantity,
            };
        }
        return match ? this.findRows(match) : null;
    }

    findRows({ productId, quantity, lot }) {
        const rows = this.byProduct.get(productId) || [];
        if (!lot && rows.some((row) => this.needsLot(row))) {
            return { needsLot: rows, quantity };
        }
        const found = lot ? rows.filter((row) => row.server.lot === lot) : rows;
        return found.length ? { rows: found, quantity, lot } : null;
    }

    /** The label of a product and that of its lot are of the same piece. */
    needsLot(row) {
        return row.tracking !== "none" && Boolean(row.needs_lot || row.server.lot);
    }

    getProduct(productId) {
        const [row] = this.byProduct.get(productId) || [];
        return { id: productId, name: row ? row.name : "" };
    }

    /** Return what a known code stands for; two codes of the same piece are equal. */
    identify(code) {
        const [match, ...others] = this.getMatches(code);
        if (others.length) {
            return code;
        }
        return match && `${match.productId}/${match.lot || ""}/${match.quantity}`;
    }
}
