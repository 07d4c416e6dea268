"""The quantities in the cells of an import file."""

from ....spreadsheets.cells import to_quantity


class QuantityReader:
    """Reads the column with the quantity, in the product's own unit.

    :param notation: :class:`Notation` of the user's language
    """

    def __init__(self, env, findings, notation):
        self.env = env
        self.findings = findings
        self.notation = notation
        self._impossible = {}

    def read_rows(self, rows, products):
        """Return ``{id of a row: quantity}``, None where it is of no use.

        :param products: ``{id of a row: product}``, None where there is none
        """
        return {row.id: self._read_row(row, products[row.id]) for row in rows}

    def _read_row(self, row, product):
        remedy = self.env._("Enter a number above zero.")
        if not row.get_text("quantity"):
            return self.findings.add_missing(row, "quantity", remedy)
        try:
            quantity = to_quantity(row.cells["quantity"], self.notation)
        except ValueError:
            return self.findings.add_error(
                row, "quantity", self.env._("This is not a quantity."), remedy
            )
        if quantity <= 0:
            return self.findings.add_error(
                row,
                "quantity",
                self.env._("The quantity must be above zero."),
                remedy,
            )
        return self._check_quantity(row, product, quantity) if product else None

    def _check_quantity(self, row, product, quantity):
        key = product, quantity
        if key not in self._impossible:
            unit = product.uom_id
            self._impossible[key] = (
                product._get_impossible_quantity_sentence(quantity, unit)
                if unit.is_zero(quantity)
                else product._get_quantity_error(quantity, unit)
            )
        error = self._impossible[key]
        if not error:
            return product.uom_id.round(quantity)
        return self.findings.add_error(
            row,
            "quantity",
            error,
            self.env._(
                "Enter a quantity that can be handed over in %s.", product.uom_id.name
            ),
        )
