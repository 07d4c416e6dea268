import { _t } from "@web/core/l10n/translation";
import { formatQuantity, nameUnit } from "../../quantities/quantities";
import { describeRows } from "../../scan/document/rows_text";

/** Say how much of a row is picked. */
export function describe(row) {
    const values = {
        product: row.lot ? `${row.name} ${row.lot}` : row.name,
        picked: formatQuantity(row.came),
        expected: formatQuantity(row.expected),
        unit: nameUnit(row.expected > 0 ? row.expected : row.came, row.unit),
    };
    return row.expected > 0
        ? _t("%(product)s: %(picked)s of %(expected)s %(unit)s", values)
        : _t("%(product)s: %(picked)s %(unit)s", values);
}

export function describeProgress(progress) {
    const picked = [...progress.amounts].map(([unit, { came, expected }]) =>
        _t("%(picked)s of %(expected)s %(unit)s", {
            picked: formatQuantity(came),
            expected: formatQuantity(expected),
            unit: nameUnit(expected, unit),
        })
    );
    return [describeRows(progress), ...picked].join(" · ");
}

/** Say that a row is complete, and where to go next. */
export function describeNext(row, next) {
    const place = [next.location, next.name].filter(Boolean).join(" · ");
    return _t("%(done)s. Next: %(place)s", { done: describe(row), place });
}

/** More than is approved does not leave. */
export function getTooManyText(row) {
    return _t(
        "%(product)s: %(quantity)s %(unit)s are to ship, and no more. Put the rest back.",
        { product: row.name, quantity: formatQuantity(row.to_ship), unit: row.unit }
    );
}

export function getNotInStockText(row) {
    return _t(
        "%s is not in stock for this row. If you have found some, scan it.",
        row.name
    );
}

export function getPastDateText(row) {
    return _t(
        "%(lot)s of %(product)s is past its date (%(date)s). It stays here, unless you " +
            "type how many are to leave.",
        { lot: row.lot, product: row.name, date: row.expiry }
    );
}

/** What is out of order on a row, each with a sign and words: not by colour alone. */
export function getMarks(sheet, row) {
    if (row.is_missing && row.kind !== "hidden") {
        const text = _t("%s not in stock", formatQuantity(row.expected));
        return [{ name: "short", icon: "fa-minus-circle", text }];
    }
    if (row.is_expired) {
        return [
            { name: "expired", icon: "fa-calendar-times-o", text: _t("Past its date") },
        ];
    }
    const toPick = row.is_counted ? sheet.getToPick(row) : 0;
    return toPick > 0
        ? [
              {
                  name: "short",
                  icon: "fa-minus-circle",
                  text: _t("%s not picked", formatQuantity(toPick)),
              },
          ]
        : [];
}

/** What a carton is called while it is packed: it may have no number yet. */
export function describeCarton({ number }) {
    return number ? _t("Carton %s", number) : _t("New carton");
}

export function getCartonOpenText(carton) {
    const values = { carton: describeCarton(carton), name: carton.name };
    return carton.name
        ? _t("%(carton)s is open (%(name)s): what you scan goes into it.", values)
        : _t("A new carton is open: what you scan goes into it.");
}

export function getCartonClosedText(carton) {
    return _t(
        "%s is closed. What you scan now goes in no carton.",
        describeCarton(carton)
    );
}
