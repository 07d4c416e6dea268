from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestHostileDates(StoreTransferCase):
    """Days that nobody can mean: lists that count days from them would stop for all."""

    def test_a_day_at_the_end_of_the_calendar(self):
        transfer = self.make_transfer().with_user(self.ec_staff)
        for day in ("0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"):
            with self.subTest(day), self.assertRefused("enter the day"):
                transfer.expected_date = day
            with self.subTest(day, new=True), self.assertRefused("enter the day"):
                self.make_transfer(expected_date=day)

    def test_no_day_after_it_was_submitted(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        with self.assertRefused("enter the day"):
            transfer.with_user(self.ec_staff).expected_date = False

    def test_the_work_of_all_is_found(self):
        self.company.transfer_transit_days = 30
        for day in ("2000-01-01", "2099-12-31"):
            transfer = self.make_transfer(expected_date=day)
            self.submit(transfer)
            self.approve(transfer)
            work = self.env["store.transfer.work"].with_user(self.head_office)
            with self.subTest(day):
                rows = work.search_read([("transfer_id", "=", transfer.id)])
                self.assertEqual([row["kind"] for row in rows], ["ship"])
