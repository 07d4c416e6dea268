from odoo.tests import tagged

from .common_till_tours import PHONE, TillTourCase


@tagged("post_install", "-at_install")
class TestTillTours(TillTourCase):
    """Transfers at the till, in a real browser."""

    def test_transfers_are_looked_at_and_the_sale_stays(self):
        self.make_waiting(lines={self.tea: 10, self.mug: 5})
        self.play_at_till("look")


@tagged("post_install", "-at_install")
class TestTillToursOnPhone(TestTillTours):
    """The same on a phone."""

    browser_size = PHONE
    touch_enabled = True
