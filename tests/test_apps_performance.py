from odoo.tests import tagged

from .common_performance import DiscrepancyPerformanceCase


@tagged("post_install", "-at_install")
class TestAppsPerformance(DiscrepancyPerformanceCase):
    """Neither kits, costs nor purchases are looked up for each line by itself."""

    def test_settle_as_lost(self):
        self.assertQueriesPerLine(self.prepare_settle("lost"), 2)

    def test_submit_with_shorts(self):
        self.assertQueriesPerLine(self.prepare_submit(counted_quantity=7), 3)

    def test_submit_with_a_surplus_that_is_accepted(self):
        self.assertQueriesPerLine(
            self.prepare_submit(user=self.shop_approver, counted_quantity=12), 3
        )

    def test_accept(self):
        self.assertQueriesPerLine(
            self.prepare_step("action_accept", self.shop_approver, counted_quantity=12),
            1,
        )
