"""Products of which the sources of an import have less than it asks for."""

from collections import defaultdict

from ....tools.quantities import format_quantity
from .findings import ERROR, NOTICE, Finding


class ShortageCheck:
    """Compares what orders ask for with what their sources have free.

    :param findings: where the shortages are added
    :param blocks_shortage: whether a shortage is an error, and not a notice only
    """

    def __init__(self, env, findings, *, blocks_shortage):
        self.env = env
        self.findings = findings
        self.blocks_shortage = blocks_shortage

    def check(self, orders):
        by_source = defaultdict(list)
        for order in orders:
            if order.key.source and not order.has_errors:
                by_source[order.key.source].append(order)
        for source, orders in by_source.items():
            self._check_source(source, orders)

    def _check_source(self, source, orders):
        products = self.env["product.product"].union(
            *(product for order in orders for product in order.lines)
        )
        stock = source._get_product_stock(products)
        free = {product.id: product.free_qty for product in stock}
        lines = defaultdict(list)
        for order in orders:
            for product, line in order.lines.items():
                lines[product].append((order, line))
        for product, of_product in lines.items():
            self._check_product(source, product, free[product.id], of_product)

    def _check_product(self, source, product, free, of_product):
        """Compare what all orders ask for, and each of them where that is refused."""
        asked = sum(line.quantity for _order, line in of_product)
        too_large = [
            (order, line)
            for order, line in of_product
            if self.blocks_shortage and product.uom_id.compare(line.quantity, free) > 0
        ]
        values = {
            "store": source.name,
            "product": product.display_name,
            "free": format_quantity(self.env, free),
        }
        for order, line in too_large:
            order.has_errors = True
            quantity = format_quantity(self.env, line.quantity)
            problem = self.env._(
                "%(store)s has %(free)s free of %(product)s. This transfer asks for "
                "%(asked)s.",
                asked=quantity,
                **values,
            )
            self._add_shortage(ERROR, line, quantity, problem)
        if not too_large and product.uom_id.compare(asked, free) > 0:
            quantity = format_quantity(self.env, asked)
            problem = self.env._(
                "%(store)s has %(free)s free of %(product)s. All transfers of this "
                "file together ask for %(asked)s.",
                asked=quantity,
                **values,
            )
            self._add_shortage(NOTICE, of_product[0][1], quantity, problem)

    def _add_shortage(self, level, line, quantity, problem):
        remedy = self.env._("Ask for less, or have the stock filled up first.")
        heading = self.findings.get_heading("quantity")
        self.findings.append(
            Finding(
                level,
                line.row,
                heading,
                quantity,
                problem,
                remedy,
                sheet=line.sheet,
            )
        )
