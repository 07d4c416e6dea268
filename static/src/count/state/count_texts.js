import { _t } from "@web/core/l10n/translation";
import { formatQuantity, formatWithUnit, nameUnit } from "../../quantities/quantities";
import { describeRows } from "../../scan/document/rows_text";

/** Where nothing was expected of a row, no number is better than a zero. */
export function hasExpected(sheet, row) {
    return !sheet.isBlind && row.expected > 0;
}

/** Say how much of a row has come. */
export function describe(sheet, row) {
    // Of new lots each has its own number, and only all together an expected one.
    const { came, expected } = row.new_lot_of ? row : sheet.getTotals(row);
    const values = {
        product: row.lot ? `${row.name} ${row.lot}` : row.name,
        came: formatQuantity(came),
        expected: formatQuantity(expected || 0),
        unit: nameUnit(hasExpected(sheet, row) ? expected : came, row.unit),
    };
    return hasExpected(sheet, row)
        ? _t("%(product)s: %(came)s of %(expected)s %(unit)s", values)
        : _t("%(product)s: %(came)s %(unit)s", values);
}

/** Say how much came of all that has this unit. */
function describeAmount(sheet, unit, { came, expected }) {
    return sheet.isBlind
        ? formatWithUnit(came, unit)
        : _t("%(came)s of %(expected)s %(unit)s", {
              came: formatQuantity(came),
              expected: formatQuantity(expected),
              unit: nameUnit(expected, unit),
          });
}

export function describeProgress(sheet, progress) {
    const texts = [...progress.amounts].map(([unit, amount]) =>
        describeAmount(sheet, unit, amount)
    );
    return [describeRows(progress), texts.join(", ")].filter(Boolean).join(" · ");
}

/** Ask whether so much more than is expected is right. */
export function describeDoubt(sheet, { kind, row, quantity }) {
    const values = {
        quantity: formatQuantity(quantity),
        expected: formatQuantity(sheet.getTotals(row).expected),
        unit: row.unit,
    };
    if (kind === "damaged") {
        return _t("%(quantity)s %(unit)s are damaged?", values);
    }
    return sheet.isBlind
        ? _t("%(quantity)s %(unit)s came?", values)
        : _t("%(quantity)s %(unit)s came? %(expected)s are expected.", values);
}

export function getDamagedText(row) {
    return _t("%s damaged", formatQuantity(row.damaged));
}

/** A lot beside those that were shipped; a third party's lots are never known. */
function isUnsentLot(sheet, row) {
    return Boolean(
        row.lot && row.came > 0 && !row.expected && !row.new_lot_of && !sheet.isBlind
    );
}

/** Where a row differs from what is expected, or nothing. */
function getDifferenceMark(sheet, row) {
    const difference = sheet.isBlind ? 0 : row.difference;
    if (row.is_unsent) {
        const text = _t("Nobody sent this");
        return { name: "unsent", icon: "fa-question-circle", text };
    }
    if (isUnsentLot(sheet, row)) {
        const text = _t("Nobody sent this lot");
        return { name: "unsent", icon: "fa-question-circle", text };
    }
    if (difference > 0) {
        const text = _t("%s too many", formatQuantity(difference));
        return { name: "surplus", icon: "fa-plus-circle", text };
    }
    if (difference < 0 && row.is_counted) {
        const text = _t("%s missing", formatQuantity(-difference));
        return { name: "short", icon: "fa-minus-circle", text };
    }
    return null;
}

/** What is out of order on a row, each with a sign and words: not by colour alone. */
export function getMarks(sheet, row) {
    const marks = [getDifferenceMark(sheet, row)];
    if (row.damaged) {
        const text = getDamagedText(row);
        marks.push({ name: "damaged", icon: "fa-exclamation-triangle", text });
    }
    return marks.filter(Boolean);
}

/** The number of a carton, and which of how many it is. */
export function describeCarton({ name, number, total }) {
    return _t("%(name)s (%(number)s of %(total)s)", { name, number, total });
}

export function getCartonHereText(carton) {
    return _t(
        "Carton %s is here. Open it, and count what is in it.",
        describeCarton(carton)
    );
}

export function getCartonTwiceText(carton) {
    return _t(
        "Carton %s was scanned already. It is counted once.",
        describeCarton(carton)
    );
}

/** Say how much was counted with a carton. */
export function getCartonText(sheet, carton) {
    const amounts = new Map();
    for (const [rowId, quantity] of carton.parts) {
        const { unit } = sheet.rows.get(rowId);
        amounts.set(unit, (amounts.get(unit) || 0) + quantity);
    }
    const quantities = [...amounts].map(([unit, quantity]) =>
        formatWithUnit(quantity, unit)
    );
    return _t("Carton %(carton)s: %(quantities)s counted.", {
        carton: describeCarton(carton),
        quantities: quantities.join(", "),
    });
}

/** How many of the cartons are here; nothing where there are none. */
export function describeCartons(sheet) {
    const { list } = sheet.cartons;
    const here = list.filter((carton) => sheet.isHere(carton)).length;
    if (list.length === 1) {
        return _t("%s of 1 carton", here);
    }
    return list.length
        ? _t("%(here)s of %(total)s cartons", { here, total: list.length })
        : "";
}
