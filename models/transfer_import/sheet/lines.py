"""What a row of an import file says of a product."""

from ....spreadsheets.cells.numbers import MAX_QUANTITY
from ....spreadsheets.cells.texts import to_key
from ....spreadsheets.errors import SpreadsheetError
from ....tools.quantities import format_quantity
from .orders import Line
from .products import ProductReader, get_code_column
from .quantity import QuantityReader

# More rows than that, on average, are no list of what somebody wants.
MOST_ROWS_OF_LINE = 20


class LineReader:
    """Reads which product is asked for, and how much of it.

    :param notation: :class:`Notation` of the user's language
    :param max_lines: how many lines the orders may have, all together; None for any
    """

    def __init__(self, env, findings, notation, max_lines=None):
        self.env = env
        self.max_lines = max_lines
        self.findings = findings
        self.notation = notation
        self._formatted = {}

    def read_rows(self, rows, orders_by_row):
        """Add what rows ask for to their orders.

        :param orders_by_row: ``{id of a row: list of Order}``; what is wrong is
            said also of a row without any
        """
        reader = ProductReader(self.env, self.findings, rows)
        products = reader.read_rows(rows)
        self._check_line_count(rows, products, orders_by_row)
        quantities = QuantityReader(self.env, self.findings, self.notation).read_rows(
            rows, products
        )
        reader.check_rows(rows, products, orders_by_row)
        for row in rows:
            product, quantity = products[row.id], quantities[row.id]
            if product and quantity:
                self._add(row, orders_by_row[row.id], product, quantity)

    def _check_line_count(self, rows, products, orders_by_row):
        """Refuse far too many lines before any is made."""
        asked = sum(len(orders) for orders in orders_by_row.values())
        if not self.max_lines or asked <= self.max_lines:
            return
        lines = set()
        for row in rows:
            product = products[row.id]
            lines.update(
                (id(order), product.id) for order in orders_by_row[row.id] if product
            )
            is_endless = asked > self.max_lines * MOST_ROWS_OF_LINE
            if is_endless or len(lines) > self.max_lines:
                raise SpreadsheetError("too_many_lines")

    def _add(self, row, orders, product, quantity):
        self._check_added_up(row, orders, product, quantity)
        for order in orders:
            line = order.lines.get(product)
            if not line:
                line = order.lines[product] = Line(
                    row.number, product.uom_id, row.sheet
                )
            line.add(quantity)
            line.remarks += self._get_remarks(row, order)

    def _check_added_up(self, row, orders, product, quantity):
        """Tell of a product that an order has already, once for all orders."""
        lines = [order.lines[product] for order in orders if product in order.lines]
        if not lines:
            return
        before = max(line.quantity for line in lines)
        self.findings.add_notice(
            row,
            get_code_column(row),
            self.env._(
                "%(product)s is in row %(row)s already, for the same transfer.",
                product=product.display_name,
                row=lines[0].row,
            ),
            self.env._(
                "Its quantities are added up: %(before)s + %(more)s.",
                before=self._format(before),
                more=self._format(quantity),
            ),
        )
        if before + quantity > MAX_QUANTITY:
            self.findings.add_error(
                row,
                "quantity",
                self.env._("This is not a quantity."),
                self.env._("All rows of this product together are too many."),
            )

    def _format(self, quantity):
        """Return a quantity as a text: thousands of rows may have the same one."""
        if quantity not in self._formatted:
            self._formatted[quantity] = format_quantity(self.env, quantity)
        return self._formatted[quantity]

    def _get_remarks(self, row, order):
        """Return what is remarked on the line, and not on the order as a whole."""
        remarks = [row.get_text("line_remark")]
        if row.goes_on() and to_key(row.get_text("remark")) != order.key.remark:
            remarks.append(row.get_text("remark"))
        return list(filter(None, remarks))
