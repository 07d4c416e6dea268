import { expect, test } from "@odoo/hoot";
import { readTransferNumber } from "@store_transfer/scan/transfer_link";

test("the address in a QR code is the number of its transfer", () => {
    const link = "https://odoo.example.com/store-transfer/ST/2026/00012";
    for (const text of [
        link,
        ` ${link}`,
        "http://h:8069/x/store-transfer/ST/2026/00012",
    ]) {
        expect(readTransferNumber(text)).toBe("ST/2026/00012");
    }
    expect(readTransferNumber("https://h/store-transfer/%E8%AA%BF/7")).toBe("調/7");
});

test("any other text stays as it is", () => {
    for (const text of [
        "ST/2026/00012",
        "4710000000011",
        "https://example.com/other/ST/2026/00012",
        "https://example.com/odoo/store-transfer-inbound/12",
        "https://h/store-transfer/%E8",
    ]) {
        expect(readTransferNumber(text)).toBe(text);
    }
});
