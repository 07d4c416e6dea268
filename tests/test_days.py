from datetime import date, datetime, time, timedelta

import pytz
from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_discrepancies import DiscrepancyCase

ZONES = (
    "Pacific/Honolulu",
    "America/Los_Angeles",
    "UTC",
    "Asia/Taipei",
    "Pacific/Auckland",
)
HONOLULU, TAIPEI = "Pacific/Honolulu", "Asia/Taipei"


class DaysCase(DiscrepancyCase):
    """Monday the 30th in Taipei, while it is still Sunday the 29th in Honolulu."""

    NOW = "2026-11-29 22:00:00"
    SUNDAY, MONDAY = date(2026, 11, 29), date(2026, 11, 30)

    def setUp(self):
        super().setUp()
        clock = freeze_time(self.NOW)
        clock.start()
        self.addCleanup(clock.stop)

    def set_zone(self, store, zone):
        store.partner_id = self.env["res.partner"].create(
            {"name": store.name, "tz": zone}
        )

    def make_waiting(self, **values):
        transfer = self.make_transfer(**values)
        self.submit(transfer)
        return transfer

    def get_deadline(self, record, user):
        [activity] = record.sudo().activity_ids.filtered(
            lambda activity: activity.user_id == user
        )
        return activity.date_deadline


@tagged("post_install", "-at_install")
class TestDayOfTheStore(DaysCase):
    """The expected day is a day as the store lives it, wherever anybody else is."""

    def test_pickings_are_on_the_expected_day(self):
        for zone in ZONES:
            with self.subTest(zone=zone):
                self.company.partner_id.tz = zone
                self.shop.partner_id = self.company.partner_id
                expected = date(2026, 12, 10)
                transfer = self.make_waiting(expected_date=expected)
                self.approve(transfer)
                picking = self.get_pickings(transfer, "incoming")
                self.assertEqual(self.get_day(picking, zone), expected)
                picking = self.get_pickings(transfer, "outgoing")
                self.assertEqual(
                    self.get_day(picking, zone), expected - timedelta(days=1)
                )

    def get_day(self, picking, zone):
        [moment] = set(picking.move_ids.mapped("date")) | {picking.scheduled_date}
        return pytz.utc.localize(moment).astimezone(pytz.timezone(zone)).date()

    def test_each_leg_is_on_a_day_of_its_own_store(self):
        self.set_zone(self.ec, TAIPEI)
        self.set_zone(self.shop, HONOLULU)
        transfer = self.make_waiting(expected_date=date(2026, 12, 10))
        self.approve(transfer)
        leaves = self.get_pickings(transfer, "outgoing").scheduled_date
        arrives = self.get_pickings(transfer, "incoming").scheduled_date
        self.assertEqual(leaves, datetime.combine(date(2026, 12, 9), time(4)))
        self.assertEqual(arrives, datetime.combine(date(2026, 12, 10), time(22)))

    def test_what_should_have_moved_before_moves_now(self):
        transfer = self.make_waiting(expected_date=date(2026, 11, 1))
        self.approve(transfer)
        for code in ("outgoing", "incoming"):
            picking = self.get_pickings(transfer, code)
            self.assertEqual(picking.scheduled_date, datetime(2026, 11, 29, 22))

    def test_a_new_transfer_is_expected_on_the_store_s_today(self):
        for zone, today in ((HONOLULU, self.SUNDAY), (TAIPEI, self.MONDAY)):
            self.set_zone(self.shop, zone)
            transfers = self.env["store.transfer"].with_user(self.shop_staff)
            transfers = transfers.with_company(self.company)
            self.assertEqual(transfers.new({}).expected_date, today, zone)

    def test_what_is_late_depends_on_the_store_that_waits(self):
        self.set_zone(self.shop, TAIPEI)
        self.set_zone(self.shop_south, HONOLULU)
        late = self.make_waiting(expected_date=self.SUNDAY)
        in_time = self.make_waiting(
            expected_date=self.SUNDAY, destination_store_id=self.shop_south.id
        )
        both = late | in_time
        for user in (self.ec_staff, self.head_office):
            shown = both.with_user(user).with_context(tz="UTC")
            shown.invalidate_recordset(["is_late"])
            self.assertEqual(shown.filtered("is_late"), late)
            domain = [("id", "in", both.ids)]
            self.assertEqual(shown.search([("is_late", "=", True), *domain]), late)
            self.assertEqual(shown.search([("is_late", "=", False), *domain]), in_time)

    def test_a_dispatch_is_late_where_it_leaves(self):
        self.set_zone(self.ec, TAIPEI)
        transfer = self.make_transfer(kind="dispatch", expected_date=self.SUNDAY)
        self.submit(transfer)
        self.assertTrue(transfer.is_late)
        self.assertIn(transfer, transfer.search([("is_late", "=", True)]))

    def test_a_difference_is_late_in_the_store_that_waits(self):
        self.company.transfer_answer_days = 0
        self.set_zone(self.shop, HONOLULU)
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 8})
        discrepancy = self.get_discrepancies(transfer).with_context(tz=TAIPEI)
        self.assertEqual(discrepancy.deadline, self.SUNDAY)
        self.assertFalse(discrepancy.is_late)
        self.assertFalse(discrepancy.search([("is_late", "=", True)]) & discrepancy)
        self.set_zone(self.shop, TAIPEI)
        discrepancy.invalidate_recordset(["is_late"])
        self.assertTrue(discrepancy.is_late)
        self.assertIn(discrepancy, discrepancy.search([("is_late", "=", True)]))


@tagged("post_install", "-at_install")
class TestDeadlines(DaysCase):
    """Each step is due on a day of its own, so that the goods come in time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = TAIPEI
        (cls.ec | cls.shop).partner_id = cls.company.partner_id
        cls.company.transfer_approve_days = 2
        cls.company.transfer_transit_days = 3

    def in_days(self, days):
        return self.MONDAY + timedelta(days=days)

    def test_days_without_end_are_refused(self):
        for name in ("approve", "transit", "answer"):
            for days in (-1, 3651):
                with (
                    self.subTest(name=name, days=days),
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(CheckViolation),
                    self.cr.savepoint(),
                ):
                    self.company[f"transfer_{name}_days"] = days
                    self.company.flush_recordset()

    def test_approving_is_due_some_days_after_submitting(self):
        transfer = self.make_waiting(expected_date=self.in_days(20))
        self.assertEqual(
            self.get_deadline(transfer, self.shop_approver), self.in_days(2)
        )

    def test_approving_is_due_before_the_goods_have_to_leave(self):
        transfer = self.make_waiting(expected_date=self.in_days(4))
        self.assertEqual(
            self.get_deadline(transfer, self.shop_approver), self.in_days(1)
        )

    def test_who_takes_over_has_no_more_time(self):
        transfer = self.make_waiting(expected_date=self.in_days(20))
        with freeze_time(datetime(2026, 12, 1, 1)):
            self.shop_approver.action_archive()
        self.assertEqual(self.get_deadline(transfer, self.head_office), self.in_days(2))

    def test_shipping_is_due_so_that_the_goods_arrive_in_time(self):
        transfer = self.make_waiting(expected_date=self.in_days(20))
        self.approve(transfer)
        self.assertEqual(self.get_deadline(transfer, self.ec_staff), self.in_days(17))

    def test_counting_is_due_on_the_expected_day(self):
        transfer = self.make_shipped_transfer(expected_date=self.in_days(20))
        self.assertEqual(self.get_deadline(transfer, self.shop_staff), self.in_days(20))

    def test_nothing_is_late_from_the_start(self):
        transfer = self.make_waiting(expected_date=self.in_days(-5))
        self.assertEqual(self.get_deadline(transfer, self.shop_approver), self.MONDAY)
        self.approve(transfer)
        self.assertEqual(self.get_deadline(transfer, self.ec_staff), self.MONDAY)
        self.ship(transfer)
        self.assertEqual(self.get_deadline(transfer, self.shop_staff), self.MONDAY)

    def test_a_rejected_transfer_is_not_late_from_the_start(self):
        transfer = self.make_waiting(expected_date=self.in_days(-5))
        self.reject(transfer)
        self.assertEqual(self.get_deadline(transfer, self.ec_staff), self.in_days(2))

    def test_what_is_sent_back_has_its_time_on_the_way(self):
        transfer = self.make_shipped_transfer(expected_date=self.in_days(1))
        self.receive_all(transfer)
        self.validate_picking(
            self.return_picking(self.get_pickings(transfer, "incoming", "done"), 4)
        )
        self.assertEqual(self.get_deadline(transfer, self.ec_staff), self.in_days(3))

    def test_a_step_that_stays_open_keeps_its_day(self):
        transfer = self.make_waiting(expected_date=self.in_days(20))
        self.approve(transfer)
        with freeze_time(datetime(2026, 12, 5)):
            self.ship(transfer, {self.tea: 4})
        self.assertEqual(self.get_deadline(transfer, self.ec_staff), self.in_days(17))

    def test_a_company_s_days_can_t_be_negative(self):
        for name in ("transfer_approve_days", "transfer_transit_days"):
            with (
                self.subTest(name),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.company[name] = -1
                self.env.flush_all()
