from odoo.tests import tagged

from .common_performance import DiscrepancyPerformanceCase


@tagged("post_install", "-at_install")
class TestPerformanceOfDifferences(DiscrepancyPerformanceCase):
    """Deciding on many differences takes a few queries more for each of them."""

    def test_settle_as_not_sent(self):
        self.assertQueriesPerLine(self.prepare_settle("not_sent"), 2)

    def test_settle_as_returned(self):
        self.assertQueriesPerLine(self.prepare_settle("returned"), 2)

    def test_settle_as_lost(self):
        self.assertQueriesPerLine(self.prepare_settle("lost"), 2)

    def test_settle_as_damaged(self):
        self.assertQueriesPerLine(self.prepare_settle("damaged"), 2)

    def test_settle_some_of_each(self):
        self.assertQueriesPerLine(self.prepare_settle("lost", quantity=1), 2)

    def test_submit_with_shorts(self):
        self.assertQueriesPerLine(self.prepare_submit(counted_quantity=7), 3)

    def test_submit_with_shorts_that_a_rule_settles(self):
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
        self.assertQueriesPerLine(self.prepare_submit(counted_quantity=9), 4)

    def test_submit_with_damaged(self):
        self.assertQueriesPerLine(
            self.prepare_submit(counted_quantity=8, damaged_quantity=2), 3
        )

    def test_submit_with_a_surplus_that_is_accepted(self):
        self.assertQueriesPerLine(
            self.prepare_submit(user=self.shop_approver, counted_quantity=12), 3
        )

    def test_submit_with_a_surplus_that_is_held(self):
        self.assertQueriesPerLine(self.prepare_submit(counted_quantity=12), 3)

    def test_accept(self):
        self.assertQueriesPerLine(
            self.prepare_step("action_accept", self.shop_approver, counted_quantity=12),
            1,
        )

    def test_refuse(self):
        self.assertQueriesPerLine(
            self.prepare_step("action_refuse", self.shop_approver, counted_quantity=12),
            1,
        )

    def test_uphold(self):
        self.assertQueriesPerLine(
            self.prepare_step(
                "action_uphold",
                self.shop_approver,
                counted_quantity=8,
                damaged_quantity=2,
            ),
            1,
        )

    def test_answer(self):
        self.assertQueriesPerLine(
            self.prepare_step(
                "action_answer", self.ec_staff, answer="Sorry", counted_quantity=7
            ),
            1,
        )

    def test_dispute(self):
        self.assertQueriesPerLine(
            self.prepare_step(
                "action_dispute", self.ec_staff, answer="No", counted_quantity=7
            ),
            1,
        )
