from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common_apps import AppsCase
from .common_discrepancies import OUTCOMES, SettledCase


@tagged("post_install", "-at_install")
class TestAppsLockDates(AppsCase, SettledCase):
    """Goods that should have come in a month whose books are closed still move."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.lock_date = cls.today - timedelta(days=5)
        cls.date_long_ago = cls.today - timedelta(days=40)

    def long_ago(self):
        """Do something in a month whose books are closed by now."""
        return freeze_time(self.date_long_ago)

    def close_the_books(self):
        self.company.fiscalyear_lock_date = self.lock_date

    def make_transfer(self, user=None, lines=None, **values):
        """Make a draft that was expected long ago."""
        values = {"expected_date": self.date_long_ago, **values}
        return super().make_transfer(user, lines, **values)

    def assertDone(self, transfer):
        """All of it is done, and what was done since then is not planned before."""
        self.env.flush_all()
        self.assertEqual(transfer.state, "done")
        done = transfer.sudo().picking_ids.filtered(
            lambda picking: picking.date_done and picking.date_done.date() >= self.today
        )
        self.assertGreater(min(done.mapped("scheduled_date")).date(), self.lock_date)

    def test_everything_of_a_late_transfer(self):
        self.close_the_books()
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 6})
        self.ship(transfer)
        self.confirm_arrival(transfer)
        self.count(transfer, {self.tea: 7})
        self.receive_all(transfer)
        self.assertDone(transfer)

    def test_what_is_due_later_keeps_its_day(self):
        self.close_the_books()
        later = self.today + timedelta(days=9)
        transfer = self.make_transfer(expected_date=later)
        self.submit(transfer)
        self.approve(transfer)
        dates = self.get_pickings(transfer, "incoming").mapped("scheduled_date")
        self.assertEqual([date.date() for date in dates], [later])

    def make_approved(self, **values):
        transfer = self.make_transfer(**values)
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def test_approve(self):
        with self.long_ago():
            transfer = self.make_transfer()
            self.submit(transfer)
        self.close_the_books()
        self.approve_less(transfer, {self.tea: 4})
        self.assertEqual(transfer.state, "approved")

    def test_ship(self):
        with self.long_ago():
            transfer = self.make_approved()
        self.close_the_books()
        self.ship(transfer, {self.tea: 6})
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertDone(transfer)

    def test_cancel(self):
        with self.long_ago():
            transfer = self.make_approved()
        self.close_the_books()
        transfer.with_user(self.ec_staff).action_cancel()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "cancelled")

    def test_close_the_rest(self):
        with self.long_ago():
            transfer = self.make_approved()
            self.ship(transfer, {self.tea: 6})
        self.close_the_books()
        self.close_rest(transfer)
        self.receive_all(transfer)
        self.assertDone(transfer)

    def test_receive_in_two_counts(self):
        with self.long_ago():
            transfer = self.make_shipped_transfer()
        self.close_the_books()
        self.count(transfer, {self.tea: 6})
        self.receive_all(transfer)
        self.assertDone(transfer)

    def test_count_damaged(self):
        with self.long_ago():
            transfer = self.make_shipped_transfer()
            count = self.start_count(transfer)
        self.close_the_books()
        count.line_ids.write({"counted_quantity": 8, "damaged_quantity": 2})
        count.action_submit()
        self.assertLedger(transfer)
        self.assertDone(transfer)

    def test_accept_a_surplus(self):
        with self.long_ago():
            transfer = self.make_shipped_transfer()
        self.close_the_books()
        self.count(transfer, {self.tea: 12}, self.shop_approver)
        self.assertDone(transfer)

    def test_settle(self):
        for outcome in OUTCOMES:
            with self.subTest(outcome):
                self.company.fiscalyear_lock_date = False
                with self.long_ago():
                    transfer, _discrepancy = self.make_short()
                self.close_the_books()
                self.settle(transfer, outcome)
                if outcome == "returned":
                    transfer.with_user(self.ec_staff).action_take_back()
                    self.assertLedger(transfer)
                self.assertDone(transfer)

    def test_decide_otherwise(self):
        for outcome in OUTCOMES:
            with self.subTest(outcome):
                self.company.fiscalyear_lock_date = False
                with self.long_ago():
                    transfer, discrepancy = self.make_disputed(outcome)
                self.close_the_books()
                self.decide_otherwise(discrepancy, "expected")
                self.receive_all(transfer)
                self.assertDone(transfer)

    def test_receipt(self):
        with self.long_ago():
            transfer = self.make_transfer(
                kind="receipt", destination_store_id=self.ec.id
            )
            self.submit(transfer)
        self.close_the_books()
        self.count(transfer, {self.tea: 6}, self.ec_staff)
        self.close_rest(transfer)
        self.assertDone(transfer)

    def test_dispatch(self):
        with self.long_ago():
            transfer = self.make_transfer(kind="dispatch")
            self.submit(transfer)
        self.close_the_books()
        self.ship(transfer, {self.tea: 6})
        self.close_rest(transfer)
        self.assertDone(transfer)

    def test_both_legs_in_the_inventory_app(self):
        with self.long_ago():
            transfer = self.make_approved()
        self.close_the_books()
        outbound = self.get_pickings(transfer, "outgoing")
        self.validate_picking(outbound, {self.tea: 6}, backorder=False)
        self.validate_picking(self.get_pickings(transfer, "incoming"))
        self.assertLedger(transfer)
        self.assertDone(transfer)

    def test_outbound_returned_in_the_inventory_app(self):
        with self.long_ago():
            transfer = self.make_shipped_transfer()
        self.close_the_books()
        outbound = self.get_pickings(transfer, "outgoing", "done")
        self.validate_picking(self.return_picking(outbound, 4))
        self.assertLedger(transfer)
        self.receive_all(transfer)
        self.assertDone(transfer)

    def test_inbound_returned_in_the_inventory_app(self):
        with self.long_ago():
            transfer = self.make_shipped_transfer()
            self.receive_all(transfer)
        self.close_the_books()
        inbound = self.get_pickings(transfer, "incoming", "done")
        self.validate_picking(self.return_picking(inbound, 4))
        self.assertLedger(transfer)
        transfer.with_user(self.ec_staff).action_take_back()
        self.assertLedger(transfer)
        self.assertDone(transfer)

    def test_inbound_cancelled_in_the_inventory_app(self):
        """It comes again, not in the past."""
        with self.long_ago():
            transfer = self.make_shipped_transfer()
        self.close_the_books()
        self.get_pickings(transfer, "incoming").action_cancel()
        self.assertLedger(transfer)
        self.receive_all(transfer)
        self.assertDone(transfer)

    def test_scrapped_on_the_way(self):
        """On the picking that is open: what is done in closed books is closed."""
        with self.long_ago():
            transfer = self.make_shipped_transfer()
        self.close_the_books()
        self.scrap_on_the_way(transfer, self.get_pickings(transfer, "incoming"))
        self.receive_all(transfer)
        self.assertDone(transfer)
