const LINK = /^https?:\/\/[^/?#\s]+(?:\/[^?#\s]*)?\/store-transfer\/([^?#\s]+)/i;

/**
 * Return the number of the transfer whose address was scanned, else the text itself: the
 * QR code on paper opens the transfer in any phone's camera, and is its number here.
 * tools/transfer_link.py reads it by the same rule.
 */
export function readTransferNumber(text) {
    const [, number] = LINK.exec(text.trim()) || [];
    if (!number) {
        return text;
    }
    try {
        return decodeURIComponent(number).replace(/\/+$/, "");
    } catch {
        return text;
    }
}
