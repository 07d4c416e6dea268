"""The quantities in the cells of an import file."""

from collections import Counter

from ....spreadsheets.cells.numbers import MAX_QUANTITY, to_measure
from ....tools.quantities import format_quantity
from .units import UnitSearch


class QuantityReader:
    """Reads the columns with the quantity and its unit, into the product's own unit.

    :param notation: :class:`Notation` of the user's language
    """

    def __init__(self, env, findings, notation):
        self.env = env
        self.findings = findings
        self.notation = notation
        self.units = UnitSearch(env)
        self._checked = {}
        self._merged = Counter()

    def read_rows(self, rows, products):
        """Return ``{id of a row: quantity}``, None where it is of no use.

        :param products: ``{id of a row: product}``, None where there is none
        """
        self._merged.update(
            self._get_merge(row) for row in rows if "quantity" in row.merged
        )
        return {row.id: self._read_row(row, products[row.id]) for row in rows}

    def _get_merge(self, row):
        return row.sheet, row.merged["quantity"]

    def _read_row(self, row, product):
        remedy = self.env._("Enter a number above zero.")
        if not row.get_text("quantity"):
            return self.findings.add_missing(row, "quantity", remedy)
        if "quantity" in row.merged and self._merged[self._get_merge(row)] > 1:
            return self._add_merged(row)
        measure = self._read_measure(row)
        if not measure:
            return self.findings.add_error(
                row, "quantity", self.env._("This is not a quantity."), remedy
            )
        if measure.number <= 0:
            return self.findings.add_error(
                row,
                "quantity",
                self.env._("The quantity must be above zero."),
                remedy,
            )
        return self._read_unit(row, product, measure) if product else None

    def _add_merged(self, row):
        return self.findings.add_error(
            row,
            "quantity",
            self.env._("This quantity is merged over several cells."),
            self.env._("Unmerge them, and enter how many are meant in each of them."),
        )

    def _read_measure(self, row):
        """Return a number, whose unit is one of Odoo's if there is one, or None."""
        try:
            measure = to_measure(row.cells["quantity"], self.notation)
        except ValueError:
            return None
        is_known = not measure.unit or self.units.is_known(measure.unit)
        return measure if is_known else None

    def _read_unit(self, row, product, measure):
        text = row.get_text("unit")
        if not text and not measure.unit:
            return self._check_quantity(row, product, measure.number, product.uom_id)
        found = {
            name: self.units.find(of_column, product)
            for name, of_column in (("unit", text), ("quantity", measure.unit))
            if of_column
        }
        for name, unit in found.items():
            if not unit:
                return self._add_wrong_unit(row, name, product, text, measure)
        if len({unit.unit for unit in found.values()}) > 1:
            return self._add_two_units(row)
        unit = next(iter(found.values())).unit
        quantity = self._check_quantity(row, product, measure.number, unit)
        is_guess = any(unit.is_guess for unit in found.values())
        if quantity and (is_guess or (measure.unit and unit != product.uom_id)):
            self._tell_unit(row, product, quantity, unit)
        return quantity

    def _add_wrong_unit(self, row, name, product, text, measure):
        is_column = name == "unit"
        units = (product.uom_id | product.uom_ids).mapped("name")
        return self.findings.add_error(
            row,
            name,
            self.env._(
                "%(product)s is not counted in %(unit)s.",
                product=product.display_name,
                unit=text if is_column else measure.unit,
            ),
            self.env._("Its units are: %s.", ", ".join(units)),
            suggestion=units[0] if is_column and len(units) == 1 else "",
        )

    def _add_two_units(self, row):
        return self.findings.add_error(
            row,
            "quantity",
            self.env._("The quantity and the unit beside it differ in their units."),
            self.env._("Enter the number alone, and its unit beside it."),
        )

    def _tell_unit(self, row, product, quantity, unit):
        self.findings.add_notice(
            row,
            "quantity",
            self.env._(
                "Read as %(quantity)s: the unit is %(unit)s.",
                quantity=format_quantity(self.env, quantity, product.uom_id),
                unit=unit.name,
            ),
            self.env._("Look whether this is how many are meant."),
        )

    def _check_quantity(self, row, product, quantity, unit):
        """Return the quantity in the product's own unit, None if it is impossible."""
        key = product.id, quantity, unit.id
        if key not in self._checked:
            self._checked[key] = self._convert(product, quantity, unit)
        in_stock_unit, problem = self._checked[key]
        if not problem:
            return in_stock_unit
        remedy = self.env._(
            "Enter a quantity that can be handed over in %s.", unit.name
        )
        return self.findings.add_error(row, "quantity", problem, remedy)

    def _convert(self, product, quantity, unit):
        """Return the quantity in the product's own unit, and why it is impossible."""
        if unit.is_zero(quantity):
            return None, product._get_impossible_quantity_sentence(quantity, unit)
        if problem := product._get_quantity_error(quantity, unit):
            return None, problem
        in_stock_unit = product.uom_id.round(
            unit._compute_quantity(quantity, product.uom_id, round=False)
        )
        if in_stock_unit > MAX_QUANTITY:
            return None, self.env._("This is not a quantity.")
        return in_stock_unit, None
