# Real transactions, so they have to commit.
# pylint: disable=invalid-commit
from odoo import api
from odoo.tests import tagged

from .common_concurrency import TransferConcurrencyCase


@tagged("post_install", "-at_install")
class TestChangesConcurrency(TransferConcurrencyCase):
    """Transactions end in another order than they began, and nothing is missed."""

    def setUp(self):
        super().setUp()
        self.cursor = None
        self.read_news()

    def read_news(self):
        """Return the transfers that were changed since the last call."""
        with self.registry.cursor() as cr:
            asking = api.Environment(cr, self.head_office.id, {})["store.transfer.api"]
            answer = asking.get_changes(self.cursor)
        self.cursor = answer["cursor"]
        return {shape["id"] for shape in answer["transfers"]}

    def test_what_ends_late_is_not_missed(self):
        # Of two products: Odoo lets who works with the same goods wait.
        slow, fast = (
            self.make_transfer({self.mug: 1}),
            self.make_transfer({self.tea: 1}),
        )
        self.read_news()
        with self.registry.cursor() as slow_cr:
            env = api.Environment(slow_cr, self.shop_approver.id, {})
            env["store.transfer"].browse(slow.id).action_approve()
            # All but the commit itself.
            slow_cr.flush()
            fast.with_user(self.shop_approver).action_approve()
            self.env.cr.commit()
            self.assertEqual(self.read_news(), {fast.id})
            self.assertEqual(self.read_news(), set())
            slow_cr.commit()
        self.assertEqual(self.read_news(), {slow.id})

    def test_what_is_taken_back_is_no_change(self):
        transfer = self.make_transfer()
        self.read_news()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.shop_approver.id, {})
            env["store.transfer"].browse(transfer.id).action_approve()
            cr.flush()
            cr.rollback()
        self.assertEqual(self.read_news(), set())

    def test_many_read_while_many_work(self):
        products = (self.tea, self.mug, self.lamp)
        transfers = [self.make_transfer({product: 1}) for product in products]
        self.read_news()
        calls = [(each, self.shop_approver, "action_approve", ()) for each in transfers]
        readers = [(self.env["store.transfer.api"], self.head_office)] * 3
        calls += [(*reader, "get_changes", (self.cursor,)) for reader in readers]
        answers = self.call_each_at_once(calls)
        for answer in answers[3:]:
            self.assertIn("cursor", answer)
        # Each goes on from its own answer, and has seen all in the end.
        for answer in answers[3:]:
            seen = {shape["id"] for shape in answer["transfers"]}
            self.cursor = answer["cursor"]
            self.assertEqual(seen | self.read_news(), {each.id for each in transfers})
