from odoo.tests import tagged

from .common_apps import COST_METHODS, AppsCase


@tagged("post_install", "-at_install")
class TestAppsFacts(AppsCase):
    """What goods cost when they left, where Odoo reckons what they cost."""

    def make_products(self):
        products = self.env["product.product"]
        for cost_method in COST_METHODS:
            product = self._create_valued_product(f"{cost_method} goods", cost_method)
            self._buy(self.ec, product, 10, 2)
            products += product
        return products

    def test_later_purchases_do_not_change_it(self):
        products = self.make_products()
        transfer = self.make_shipped_transfer(dict.fromkeys(products, 4))
        self.assertEqual(transfer.line_ids.mapped("unit_cost"), [2, 2, 2])
        for product in products:
            self._buy(self.ec, product, 10, 5)
        costs = products.with_company(self.company).mapped("standard_price")
        self.assertTrue(all(cost > 2 for cost in costs))
        self.receive_all(transfer)
        self.assertEqual(transfer.line_ids.mapped("unit_cost"), [2, 2, 2])

    def test_what_leaves_the_company_costs_what_it_did_before(self):
        """By FIFO, what is left costs something else at once."""
        products = self.make_products()
        for product in products:
            self._buy(self.ec, product, 10, 5)
        costs = products.with_company(self.company).mapped("standard_price")
        dispatch = self.make_transfer(
            kind="dispatch", lines=dict.fromkeys(products, 10)
        )
        self.submit(dispatch)
        self.ship(dispatch)
        self.assertEqual(dispatch.line_ids.mapped("unit_cost"), costs)
        fifo = products[2].with_company(self.company)
        self.assertNotEqual(fifo.standard_price, costs[2])
