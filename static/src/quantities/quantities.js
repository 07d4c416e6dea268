import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/views/fields/formatters";

const MOST_DECIMALS = 5;

/** Write a quantity as the user's language does, without zeros at its end. */
export function formatQuantity(quantity) {
    return formatFloat(quantity, { digits: [16, MOST_DECIMALS], trailingZeros: false });
}

/**
 * What Odoo's units that count pieces are called in English, where there is one of them.
 * All others, and all units in other languages, are called what they are called.
 */
const ONE_OF = { Units: "Unit", Dozens: "Dozen" };

/** Name a unit as it stands behind this quantity of it. */
export function nameUnit(quantity, unit) {
    return (formatQuantity(quantity) === formatQuantity(1) && ONE_OF[unit]) || unit;
}

/** Write a quantity with its unit behind it. */
export function formatWithUnit(quantity, unit) {
    return `${formatQuantity(quantity)} ${nameUnit(quantity, unit)}`;
}

/** Full-width digits and all kinds of spaces are what they look like. */
function simplify(text) {
    return text.normalize("NFKC").trim();
}

/**
 * Read what somebody typed, by the rules of the user's language.
 *
 * @param {string} text
 * @returns {number} NaN where it is no quantity; never what it might have meant
 */
export function parseQuantity(text) {
    const [whole, decimals = "", ...more] = simplify(text).split(
        localization.decimalPoint
    );
    const separator = simplify(localization.thousandsSep || "") || " ";
    const digits = whole.replaceAll(separator, "");
    const isGrouped =
        whole === digits || whole === simplify(formatQuantity(Number(digits)));
    const isQuantity = /^\d+$/.test(digits + decimals) && isGrouped && !more.length;
    return isQuantity ? Number(`${digits}.${decimals}`) : NaN;
}

/** What to tell who typed something that is no quantity. */
export function getQuantityError(text) {
    return _t("“%(text)s” is not a quantity. Write it like %(example)s.", {
        text,
        example: formatQuantity(1234.5),
    });
}
