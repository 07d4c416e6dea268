from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from ..reports.sides import join_sides
from ..tools.days import day_of, join_place
from .common_report import ReportCase, at

MOMENTS = (
    datetime(2030, 5, 3, 9, 59),
    datetime(2030, 5, 3, 10, 0),
    datetime(2030, 5, 3, 18, 14),
    datetime(2030, 5, 3, 18, 15),
    datetime(2030, 10, 27, 0, 59),
    datetime(2030, 12, 31, 23, 59),
)
ZONES = (
    "Asia/Taipei",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "America/St_Johns",
    "Europe/London",
    "Etc/GMT+12",
    "UTC",
    False,
)


@tagged("post_install", "-at_install")
class TestReportDays(ReportCase):
    """A day is the one where the goods go, for every reader."""

    def set_zones(self, store=False, company=False, user=False):
        self.shop.partner_id.tz = store
        self.company.partner_id.tz = company
        self.head_office.tz = user

    def read_days(self, transfer):
        """Return which day each moment is at the transfer's store, as SQL says."""
        env = self.env(user=self.head_office.id)
        self.env.flush_all()
        days = SQL(", ").join(day_of(env, SQL("%s", one)) for one in MOMENTS)
        [row] = self.env.execute_query(
            SQL(
                "SELECT %s FROM store_transfer transfer"
                " JOIN res_company company ON company.id = transfer.company_id"
                " %s %s WHERE transfer.id = %s",
                days,
                join_sides(env),
                join_place(),
                transfer.id,
            )
        )
        return list(row)

    def assertSameDays(self, transfer, store):
        store = store.with_user(self.head_office).with_context(tz=False)
        expected = [store._get_today(moment) for moment in MOMENTS]
        self.assertEqual(self.read_days(transfer), expected)

    def test_sql_and_python_agree(self):
        transfer = self.make_transfer()
        for zone in ZONES:
            for where in ("store", "company", "user"):
                with self.subTest(zone, where=where):
                    self.set_zones(**{where: zone})
                    self.assertSameDays(transfer, self.shop)

    def test_the_store_s_goes_before_the_company_s(self):
        transfer = self.make_transfer()
        self.set_zones("Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC")
        self.assertSameDays(transfer, self.shop)
        self.assertEqual(self.read_days(transfer)[1], date(2030, 5, 4))
        self.shop.partner_id.tz = False
        self.assertSameDays(transfer, self.shop)
        self.assertEqual(self.read_days(transfer)[1], date(2030, 5, 2))

    def test_an_archived_store_keeps_its_days(self):
        transfer = self.make_transfer()
        self.set_zones("Pacific/Kiritimati")
        self.shop.partner_id.active = False
        self.shop.active = False
        self.assertSameDays(transfer, self.shop)

    def test_goods_for_a_third_party_have_the_days_of_the_source(self):
        dispatch = self.make_transfer(kind="dispatch")
        self.ec.partner_id.tz = "Pacific/Kiritimati"
        self.assertSameDays(dispatch, self.ec)

    def test_a_day_is_over_where_the_goods_go(self):
        """At 17 o'clock in London it is the next day in Taipei."""
        self.make_shipped({self.tea: 2})
        rows = self.get_report().with_context(tz="Europe/London")
        domain = [("company_id", "=", self.company.id), ("is_late", "=", True)]
        for hour, number in ((15, 0), (17, 1)):
            with freeze_time(at(3, hour)):
                self.assertEqual(rows.search_count(domain), number)

    def test_differences_are_found_and_late_where_the_goods_go(self):
        """Their list calls late what their analysis says is past its deadline."""
        transfer = self.make_shipped({self.tea: 10})
        self.run_at(at(3), self.count, transfer, {self.tea: 7})
        discrepancy = self.get_discrepancies(transfer)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE store_transfer_discrepancy SET open_date = %s WHERE id = %s",
            [at(3, 17), discrepancy.id],
        )
        self.env.invalidate_all()
        rows = self.env["store.transfer.discrepancy.report"]
        rows = rows.with_user(self.head_office).with_context(tz="Europe/London")
        domain = [("transfer_id", "=", transfer.id)]
        [[day, number]] = rows._read_group(domain, ["open_day:day"], ["__count"])
        self.assertEqual((day, number), (date(2030, 5, 4), 1))
        for hour in (15, 17):
            with freeze_time(datetime(2030, 5, discrepancy.deadline.day, hour)):
                discrepancy.invalidate_recordset(["is_late"])
                [found] = rows.search(domain).mapped("is_overdue")
                self.assertEqual(found, hour == 17)
                self.assertEqual(found, discrepancy.is_late)
                rows.invalidate_model()
                [[late]] = rows._read_group(domain, [], ["number_overdue:sum"])
                self.assertEqual(late, int(found))

    def test_a_third_party_has_no_day_of_its_own(self):
        """At 11 o'clock in London it is the next day on Kiritimati, at the shop."""
        self.shop.partner_id.tz = "Pacific/Kiritimati"
        self.company.partner_id.tz = "Europe/London"
        receipt = self.make_transfer(user=self.shop_staff, kind="receipt")
        self.run_at(at(2, 11), self.submit, receipt, self.shop_staff)
        self.assertEqual(receipt.submit_day, at(3).date())
        # As it was written before, in a database that is updated.
        self.env.flush_all()
        self.cr.execute(
            "UPDATE store_transfer SET submit_day = '2030-05-02' WHERE id = %s",
            [receipt.id],
        )
        self.run_migration("19.0.1.9.0/post-submit_day.py")
        self.assertEqual(receipt.submit_day, at(3).date())
