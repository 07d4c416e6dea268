from odoo.tests import tagged

from .common_tours import TourCase


@tagged("post_install", "-at_install")
class TestReportTour(TourCase):
    """Head office wants to know what is in transit, and of which transfer it is."""

    def test_from_a_figure_to_its_transfer(self):
        self.make_shipped_transfer()
        self.start_tour(
            "/odoo/store-transfer-in-transit",
            "store_transfer_report",
            login=self.head_office.login,
        )


@tagged("post_install", "-at_install")
class TestReportTourOnPhone(TestReportTour):
    browser_size = "375x667"
    touch_enabled = True
