from odoo.tests import tagged

from .common_performance import PerformanceCase


@tagged("post_install", "-at_install")
class TestPerformanceOfMany(PerformanceCase):
    """What a transfer more costs, where a step is done to many at once."""

    FEW, SOME, MANY = 5, 15, 25
    PRODUCTS = 3

    def make_waiting_ones(self, number_of_transfers):
        """Make transfers of three products each, to be approved by the shop."""
        products = self._create_many_products("P", self.PRODUCTS)
        self._add_stock(self.ec, products, 1000)
        first = self.make_transfer(lines=dict.fromkeys(products, 2))
        # At once: Odoo goes through all that has happened in a transaction.
        values = first.copy_data()[0]
        transfers = first.create([values] * number_of_transfers)
        self.submit(transfers)
        return transfers

    def make_approved_ones(self, number_of_transfers):
        transfers = self.make_waiting_ones(number_of_transfers)
        self.approve(transfers)
        return transfers

    def make_shipped_ones(self, number_of_transfers):
        transfers = self.make_approved_ones(number_of_transfers)
        transfers.with_user(self.ec_staff).ship_many()
        return transfers

    def ask(self, transfers, step, user):
        action = getattr(transfers.with_user(user), f"action_open_many_{step}")()
        question = self.env[action["res_model"]].with_user(user)
        return question.browse(action["res_id"])

    def prepare_asking(self, make, step, user):
        def prepare(number_of_transfers):
            transfers = make(number_of_transfers)
            return lambda: self.open_form(self.ask(transfers, step, user))

        return prepare

    def prepare_doing(self, make, step, user):
        def prepare(number_of_transfers):
            question = self.ask(make(number_of_transfers), step, user)
            return question.action_do

        return prepare

    def test_ask_what_is_approved(self):
        self.assertCostPerLine(
            self.prepare_asking(self.make_waiting_ones, "approve", self.shop_approver),
            0.1,
        )

    def test_approve(self):
        self.assertCostPerLine(
            self.prepare_doing(self.make_waiting_ones, "approve", self.shop_approver),
            # Two pickings have a number each, and all want to reserve the same goods.
            13,
        )

    def test_ask_what_is_shipped(self):
        self.assertCostPerLine(
            self.prepare_asking(self.make_approved_ones, "ship", self.ec_staff), 0.1
        )

    def make_without_lots(self, number_of_transfers):
        """Make approved ones of goods that stand there without their lots."""
        cheese = self._create_product("Cheese", "CHS-001", tracking="lot")
        self._add_stock(self.ec, cheese, 1000)
        first = self.make_transfer(lines={cheese: 2})
        transfers = first.create(first.copy_data() * number_of_transfers)
        self.submit(transfers)
        self.approve(transfers)
        return transfers

    def test_ask_what_misses_its_lots(self):
        self.assertCostPerLine(
            self.prepare_asking(self.make_without_lots, "ship", self.ec_staff), 0.1
        )

    def test_ship(self):
        self.assertCostPerLine(
            self.prepare_doing(self.make_approved_ones, "ship", self.ec_staff),
            # Odoo locks the same goods for each, and writes down what it tracks.
            23,
        )

    def test_ask_what_has_arrived(self):
        self.assertCostPerLine(
            self.prepare_asking(
                self.make_shipped_ones, "confirm_arrival", self.shop_staff
            ),
            0.1,
        )

    def test_confirm_arrival(self):
        self.assertCostPerLine(
            self.prepare_doing(
                self.make_shipped_ones, "confirm_arrival", self.shop_staff
            ),
            # The state is tracked: a message, and what has changed.
            2,
        )
