from odoo.tests import tagged

from .common_discrepancies import OUTCOMES
from .common_performance import DiscrepancyPerformanceCase


@tagged("post_install", "-at_install")
class TestPerformanceOfDifferences(DiscrepancyPerformanceCase):
    """Deciding on many differences takes a few queries more for each of them."""

    def live(self, number_of_lines):
        transfer = self.ship_many(number_of_lines)
        with self.taken_back():
            self.live_with_a_rule(transfer)
        with self.taken_back():
            self.live_with_damaged(transfer)
        self.live_with_surplus_accepted(transfer)
        with self.taken_back():
            self.live_with_surplus_held(transfer)
        self.live_with_shorts(transfer)

    def live_with_a_rule(self, transfer):
        self.company.write(
            {
                "transfer_settles_small": True,
                "transfer_small_pieces": 1000,
                "transfer_small_value": 1,
                "transfer_small_number": 1000,
                "transfer_small_store_number": 1000,
                "transfer_small_reason_id": self.env.ref(
                    "store_transfer.reason_stolen"
                ).id,
            }
        )
        settled = self.measure_submit(
            "submit_with_shorts_that_a_rule_settles", transfer, counted_quantity=9
        )
        self.assertEqual(set(settled.mapped("state")), {"settled"})

    def live_with_damaged(self, transfer):
        damaged = self.measure_submit(
            "submit_with_damaged", transfer, counted_quantity=8, damaged_quantity=2
        )
        self.measure_step("action_uphold", damaged, self.shop_approver)

    def live_with_surplus_held(self, transfer):
        surplus = self.measure_submit(
            "submit_with_a_surplus_that_is_held", transfer, counted_quantity=12
        )
        self.measure_step("action_accept", surplus, self.shop_approver)
        self.measure_step("action_refuse", surplus, self.shop_approver)

    def live_with_shorts(self, transfer):
        short = self.measure_submit("submit_with_shorts", transfer, counted_quantity=7)
        for outcome in OUTCOMES:
            self.measure_settle(f"settle_as_{outcome}", transfer, outcome)
        self.measure_settle("settle_some_of_each", transfer, "lost", quantity=1)
        self.measure_step("action_answer", short, self.ec_staff, answer="Sorry")
        self.measure_step("action_dispute", short, self.ec_staff, answer="No")

    def test_settle_as_not_sent(self):
        self.assertQueriesPerLine("settle_as_not_sent", 2)

    def test_settle_as_returned(self):
        self.assertQueriesPerLine("settle_as_returned", 2)

    def test_settle_as_lost(self):
        self.assertQueriesPerLine("settle_as_lost", 2)

    def test_settle_as_damaged(self):
        self.assertQueriesPerLine("settle_as_damaged", 2)

    def test_settle_some_of_each(self):
        self.assertQueriesPerLine("settle_some_of_each", 2)

    def test_submit_with_shorts(self):
        self.assertQueriesPerLine("submit_with_shorts", 3)

    def test_submit_with_shorts_that_a_rule_settles(self):
        self.assertQueriesPerLine("submit_with_shorts_that_a_rule_settles", 4)

    def test_submit_with_damaged(self):
        self.assertQueriesPerLine("submit_with_damaged", 3)

    def test_submit_with_a_surplus_that_is_accepted(self):
        self.assertQueriesPerLine("submit_with_a_surplus_that_is_accepted", 3)

    def test_submit_with_a_surplus_that_is_held(self):
        self.assertQueriesPerLine("submit_with_a_surplus_that_is_held", 3)

    def test_accept(self):
        self.assertQueriesPerLine("accept", 1)

    def test_refuse(self):
        self.assertQueriesPerLine("refuse", 1)

    def test_uphold(self):
        self.assertQueriesPerLine("uphold", 1)

    def test_answer(self):
        self.assertQueriesPerLine("answer", 1)

    def test_dispute(self):
        self.assertQueriesPerLine("dispute", 1)
