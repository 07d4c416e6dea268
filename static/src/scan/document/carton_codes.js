const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z]/;
const ADDRESS = /^[a-z]+:\/\/[^/]+\/(?:[^?#]*\/)?([^/?#]+)\/?(?:[?#].*)?$/i;
const GS1_SSCC = /^\(?00\)?(\d{18})/;
const LONGEST_CODE = 200;

/**
 * Return the numbers that a carton with this code may have: what a label has is the
 * number itself, a GS1 code, or the address of a page that ends with it.
 *
 * By the same rule as on the server (tools/carton_codes.py).
 */
export function readCartonCode(code) {
    let text = code.trim().replace(SYMBOLOGY, "");
    if (text.startsWith("\x1d")) {
        text = text.slice(1);
    }
    if (text.length > LONGEST_CODE) {
        return [];
    }
    text = text.match(ADDRESS)?.[1] ?? text;
    const sscc = text.match(GS1_SSCC)?.[1];
    return [...new Set([text, text.toUpperCase(), sscc])].filter(Boolean);
}
