from odoo.tests import tagged

from .common_performance import DiscrepancyPerformanceCase


@tagged("post_install", "-at_install")
class TestAppsPerformance(DiscrepancyPerformanceCase):
    """Neither kits, costs nor purchases are looked up for each line by itself."""

    def live(self, number_of_lines):
        transfer = self.ship_many(number_of_lines)
        self.live_with_surplus_accepted(transfer)
        with self.taken_back():
            self.prepare_count(transfer, counted_quantity=12).action_submit()
            surplus = self.get_discrepancies(transfer)
            self.measure_step("action_accept", surplus, self.shop_approver)
        self.measure_submit("submit_with_shorts", transfer, counted_quantity=7)
        self.measure_settle("settle_as_lost", transfer, "lost")

    def test_settle_as_lost(self):
        self.assertQueriesPerLine("settle_as_lost", 2)

    def test_submit_with_shorts(self):
        self.assertQueriesPerLine("submit_with_shorts", 3)

    def test_submit_with_a_surplus_that_is_accepted(self):
        self.assertQueriesPerLine("submit_with_a_surplus_that_is_accepted", 3)

    def test_accept(self):
        self.assertQueriesPerLine("accept", 1)
