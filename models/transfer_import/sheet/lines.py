"""What a row of an import file says of a product."""

from ....spreadsheets.cells import MAX_QUANTITY, to_key
from ....tools.quantities import format_quantity
from .orders import Line
from .products import ProductReader
from .quantity import QuantityReader


class LineReader:
    """Reads which product is asked for, and how much of it.

    :param rows: those whose codes are looked up at once
    :param notation: :class:`Notation` of the user's language
    """

    def __init__(self, env, findings, rows, notation):
        self.env = env
        self.findings = findings
        self.products = ProductReader(env, findings, rows)
        self.quantities = QuantityReader(env, findings, notation)

    def read_row(self, row, orders, *, goes_on):
        """Add what a row asks for to its orders.

        :param orders: list of :class:`Order`; what is wrong is said also without any
        :param goes_on: whether these are the orders of a row above
        """
        # A barcode of its own column makes up for a SKU that is not there.
        column = "sku" if row.get_text("sku") else "barcode"
        product = self.products.read_row(row, column)
        quantity = self.quantities.read_row(row, product)
        if product:
            self.products.check(row, column, product, orders)
        if product and quantity:
            self._check_added_up(row, column, product, quantity, orders)
            for order in orders:
                line = order.lines.setdefault(product, Line(row.number))
                line.quantity += quantity
                line.remarks += self._get_line_remarks(row, order, goes_on)

    def _check_added_up(self, row, column, product, quantity, orders):
        """Tell of a product that an order has already, once for all orders."""
        lines = [order.lines[product] for order in orders if product in order.lines]
        if not lines:
            return
        before = max(line.quantity for line in lines)
        self.findings.add_notice(
            row,
            column,
            self.env._(
                "%(product)s is in row %(row)s already, for the same transfer.",
                product=product.display_name,
                row=lines[0].row,
            ),
            self.env._(
                "Its quantities are added up: %(before)s + %(more)s.",
                before=format_quantity(self.env, before),
                more=format_quantity(self.env, quantity),
            ),
        )
        if before + quantity > MAX_QUANTITY:
            self.findings.add_error(
                row,
                "quantity",
                self.env._("This is not a quantity."),
                self.env._("All rows of this product together are too many."),
            )

    def _get_line_remarks(self, row, order, goes_on):
        """Return what is remarked on the line, and not on the order as a whole."""
        remarks = [row.get_text("line_remark")]
        if goes_on and to_key(row.get_text("remark")) != order.key.remark:
            remarks.append(row.get_text("remark"))
        return list(filter(None, remarks))
