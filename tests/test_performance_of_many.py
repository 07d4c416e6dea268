from odoo.tests import tagged

from .common_performance import PerformanceCase


class ManyPerformanceCase(PerformanceCase):
    """What a transfer more costs, where a step is done to many at once."""

    FEW, SOME, MANY = SIZES = 5, 15, 25

    def make_waiting_ones(self, number_of_transfers, products):
        """Make transfers of some products, to be approved by the shop."""
        self._add_stock(self.ec, products, 1000)
        first = self.make_transfer(lines=dict.fromkeys(products, 2))
        # At once: Odoo goes through all that has happened in a transaction.
        values = first.copy_data()[0]
        transfers = first.create([values] * number_of_transfers)
        self.submit(transfers)
        return transfers

    def measure_asking(self, name, transfers, step, user):
        """Measure opening the question of a step, and return the question."""

        def ask():
            action = getattr(transfers.with_user(user), f"action_open_many_{step}")()
            question = self.env[action["res_model"]].with_user(user)
            question = question.browse(action["res_id"])
            self.open_form(question)
            return question

        return self.measure(name, transfers, ask)


@tagged("post_install", "-at_install")
class TestPerformanceOfMany(ManyPerformanceCase):
    """From one store to another."""

    PRODUCTS = 3

    def live(self, number_of_transfers):
        products = self._create_many_products("P", self.PRODUCTS)
        transfers = self.make_waiting_ones(number_of_transfers, products)
        question = self.measure_asking(
            "ask_what_is_approved", transfers, "approve", self.shop_approver
        )
        self.measure("approve", transfers, question.action_do)
        question = self.measure_asking(
            "ask_what_is_shipped", transfers, "ship", self.ec_staff
        )
        self.measure("ship", transfers, question.action_do)
        question = self.measure_asking(
            "ask_what_has_arrived", transfers, "confirm_arrival", self.shop_staff
        )
        self.measure("confirm_arrival", transfers, question.action_do)
        self.assertEqual(set(transfers.mapped("state")), {"arrived"})

    def test_ask_what_is_approved(self):
        self.assertCostPerLine("ask_what_is_approved", 0.1)

    def test_approve(self):
        # Two pickings have a number each, and all want to reserve the same goods.
        self.assertCostPerLine("approve", 13)

    def test_ask_what_is_shipped(self):
        self.assertCostPerLine("ask_what_is_shipped", 0.1)

    def test_ship(self):
        # Odoo locks the same goods for each, and writes down what it tracks.
        self.assertCostPerLine("ship", 23)

    def test_ask_what_has_arrived(self):
        self.assertCostPerLine("ask_what_has_arrived", 0.1)

    def test_confirm_arrival(self):
        # The state is tracked: a message, and what has changed.
        self.assertCostPerLine("confirm_arrival", 2)


@tagged("post_install", "-at_install")
class TestPerformanceOfManyWithoutLots(ManyPerformanceCase):
    """Goods that stand there without their lots."""

    def live(self, number_of_transfers):
        cheese = self._create_product("Cheese", "CHS-001", tracking="lot")
        transfers = self.make_waiting_ones(number_of_transfers, cheese)
        self.approve(transfers)
        self.measure_asking("ask_what_is_shipped", transfers, "ship", self.ec_staff)

    def test_ask_what_is_shipped(self):
        self.assertCostPerLine("ask_what_is_shipped", 0.1)
