from freezegun import freeze_time

from odoo.tests import tagged

from .common_in_transit import MONDAY, InTransitRows
from .common_lead_times import PastTransfers
from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestDelayed(InTransitRows, PastTransfers, StoreTransferCase):
    """To Shop North goods were on their way for 1, 2 … 10 days: 9 of 10 for 9 at most.

    Of the way to Shop South nothing is known: 7 days are usual.
    """

    def setUp(self):
        super().setUp()
        for days in range(1, 11):
            self.write_done((2, 1, days, 0), "2026-10-20 10:00")
        with freeze_time(MONDAY):
            self.env["store.transfer.lane"]._cron_look_up()

    def make_on_the_way(self):
        with self.in_days(0):
            north = self.make_shipped_transfer()
            south = self.make_transfer(destination_store_id=self.shop_south.id)
            self.submit(south)
            self.approve(south, self.head_office)
            self.ship(south)
        return north, south

    def get_delayed(self, days, user=None):
        """Return the transfers that are delayed after so many days."""
        with self.in_days(days):
            return self.get_rows(user, [("is_delayed", "=", True)]).transfer_id

    def test_longer_than_its_lane_takes(self):
        north, south = self.make_on_the_way()
        for days, delayed in (
            (7, north.browse()),
            (8, south),
            (9, south),
            (10, north | south),
        ):
            with self.subTest(days):
                self.assertEqual(self.get_delayed(days), delayed)
        found = self.get_goods("usual_days", "age", "is_delayed")
        self.assertEqual({usual for usual, *_others in found}, {9, 7})

    def test_each_role_sees_its_own(self):
        north, south = self.make_on_the_way()
        for user, transfers in (
            (self.head_office, north | south),
            (self.ec_staff, north | south),
            (self.ec_approver, north | south),
            (self.shop_staff, north),
            (self.south_staff, south),
        ):
            with self.subTest(user.login):
                self.assertEqual(self.get_delayed(20, user), transfers)
        self.shop.transfer_blind_count = True
        self.assertFalse(self.get_delayed(20, self.shop_staff))

    def test_few_transfers_say_nothing(self):
        """Nine of a lane: it takes what is usual."""
        self.env["store.transfer.lane"].search([]).number_of_transfers = 9
        north, south = self.make_on_the_way()
        self.assertEqual(self.get_delayed(8), north | south)

    def test_goods_of_no_transfer_have_no_lane(self):
        quants = self.env["stock.quant"]
        quants._update_available_quantity(self.lamp, self.transit, 2)
        self.assertEqual(
            self.get_goods("direction", "usual_days", "is_delayed"),
            [("none", 0, False)],
        )
