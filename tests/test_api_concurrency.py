# Real transactions, so they have to commit.
# pylint: disable=invalid-commit
from odoo.tests import tagged

from .common_concurrency import TransferConcurrencyCase


@tagged("post_install", "-at_install")
class TestApiConcurrency(TransferConcurrencyCase):
    """Two requests with one key that come at the same moment."""

    def make_order(self, key, quantity=10):
        return {
            "key": key,
            "source": self.ec.code,
            "destination": self.shop.code,
            "lines": [{"sku": "TEA-001", "quantity": quantity}],
        }

    def call_all(self, method, *arguments, user=None):
        api = self.env["store.transfer.api"]
        return self.call_at_once(
            api, [(user or self.ec_staff, method, each) for each in arguments]
        )

    def test_one_order_that_is_sent_many_times_at_once(self):
        orders = [self.make_order("SAME")]
        answers = self.call_all("create_transfers", *[(orders,)] * 4)
        ids = {answer["transfer"]["id"] for [answer] in answers}
        self.assertEqual(len(ids), 1)
        self.assertEqual(sum(answer["created"] for [answer] in answers), 1)

    def test_orders_in_another_order(self):
        orders = [self.make_order(f"O-{number}") for number in range(5)]
        answers = self.call_all("create_transfers", (orders,), (orders[::-1],))
        ids = {each["transfer"]["id"] for answer in answers for each in answer}
        self.assertEqual(len(ids), 5)

    def test_two_contents_under_one_key(self):
        answers = self.call_all(
            "create_transfers",
            ([self.make_order("TWO", 1)],),
            ([self.make_order("TWO", 2)],),
        )
        refused = [answer for answer in answers if isinstance(answer, str)]
        self.assertEqual(len(refused), 1)
        self.assertIn("The key TWO was used before with another content", refused[0])

    def test_one_shipment_that_is_sent_twice_at_once(self):
        transfer = self.make_transfer({self.tea: 10})
        transfer.with_user(self.shop_approver).action_approve()
        self.env.cr.commit()
        lines = [{"sku": "TEA-001", "quantity": 3}]
        self.call_all("ship", *[(transfer.name, "SHIP", lines)] * 3)
        self.assertEqual(transfer.line_ids.shipped_quantity, 3)

    def test_one_count_that_is_sent_twice_at_once(self):
        transfer = self.make_transfer({self.tea: 10})
        transfer.with_user(self.shop_approver).action_approve()
        transfer.with_user(self.ec_staff).ship_many()
        self.env.cr.commit()
        lines = [{"sku": "TEA-001", "good": 4}]
        self.call_all(
            "receive", *[(transfer.name, "COUNT", lines)] * 3, user=self.shop_staff
        )
        self.assertEqual(transfer.line_ids.received_quantity, 4)
        self.assertEqual(len(transfer.count_ids), 1)
