from odoo.tests import tagged

from .common_overview import OverviewCase
from .common_tours import TourCase


@tagged("post_install", "-at_install")
class TestOverviewTour(OverviewCase, TourCase):
    """Head office looks at the overview in the morning, at a desk.

    What a phone shows of it is looked at in `test_accessibility`.
    """

    def test_from_a_number_to_its_list_and_to_what_waits(self):
        self.approve_new({self.tea: 3})
        self.make_shipped_transfer({self.mug: 2})
        self.play("overview", self.head_office)
