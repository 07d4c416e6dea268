from odoo.tests import tagged

from .common_apps import COST_METHODS, AppsCase
from .common_owners import OwnersCase


@tagged("post_install", "-at_install")
class TestAppsOwners(AppsCase, OwnersCase):
    """What belongs to somebody else is worth nothing to the company, wherever it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = cls.env["product.product"]
        for cost_method in COST_METHODS:
            product = cls._create_valued_product(
                f"{cost_method} consigned", cost_method, "real_time", standard_price=5
            )
            cls._consign(cls.ec, product, 10, cls.potter)
            cls.products += product

    def assertWorthNothing(self):
        for product in self.products:
            with self.subTest(product.name):
                self.assertEqual(self.get_booked_value(product), 0)
                # What has no history, Odoo shows at its price, whosever it is.
                if product.cost_method != "fifo":
                    self.assertEqual(self.get_value(product), 0)

    def assertExpectedAgainIsWorthNothing(self, outcome):
        transfer = self.expect_again(outcome, lines=dict.fromkeys(self.products, 10))
        self.assertWorthNothing()
        self.receive_all(transfer)
        self.assertWorthNothing()

    def test_lost_and_expected_again(self):
        self.assertExpectedAgainIsWorthNothing("lost")

    def test_damaged_and_expected_again(self):
        self.assertExpectedAgainIsWorthNothing("damaged")

    def test_not_sent_and_expected_again(self):
        self.assertExpectedAgainIsWorthNothing("not_sent")

    def test_returned_and_expected_again(self):
        self.assertExpectedAgainIsWorthNothing("returned")

    def test_a_dispatch(self):
        transfer = self.make_transfer(
            lines=dict.fromkeys(self.products, 10), kind="dispatch"
        )
        self.submit(transfer)
        self.ship(transfer)
        self.assertWorthNothing()
