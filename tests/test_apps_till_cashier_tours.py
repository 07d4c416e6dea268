from odoo.tests import tagged

from .common_till_tours import CashierTourCase
from .common_tours import ScanTourCase


@tagged("post_install", "-at_install")
class TestTillCashierTours(CashierTourCase, ScanTourCase):
    """Cashiers take turns at a till that is logged in all day.

    On the desktop only: a phone is in one hand all day, and the screens are those of
    a count.
    """

    def test_a_count_goes_through_a_change_of_cashiers_and_a_lock(self):
        transfer = self.make_shipped_transfer({self.tea: 4})
        self.confirm_arrival(transfer)
        self.play_at_till("cashiers_count")
        self.assertState("done")
        count = transfer.sudo().count_ids.ensure_one()
        self.assertEachOnce(count)
        self.assertEqual(
            count.scan_ids.sorted("id").mapped("cashier"), ["Mei", "Bo", "Mei", "Mei"]
        )
        self.assertEqual((count.cashier, count.user_id), ("Mei", self.shop_staff))
