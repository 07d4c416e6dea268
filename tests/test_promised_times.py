from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common_lead_times import PastTransfers
from .common_transfers import StoreTransferCase

TODAY = "2026-06-15 04:00:00"


@tagged("post_install", "-at_install")
class TestPromisedTimes(PastTransfers, StoreTransferCase):
    """To Shop North transfers took 1, 2 … 10 days: 9 of 10 took 9 at most."""

    def setUp(self):
        super().setUp()
        clock = freeze_time(TODAY)
        clock.start()
        self.addCleanup(clock.stop)
        for days in range(1, 11):
            self.write_done((0, 0, days, 0), "2026-06-01 10:00")
        self.look_up()

    def look_up(self):
        self.env["store.transfer.lane"]._cron_look_up()

    def get_lane(self, destination=None):
        return self.env["store.transfer.lane"].search(
            [
                ("source_store_id", "=", self.ec.id),
                ("destination_store_id", "=", (destination or self.shop).id),
            ]
        )

    def open_new(self, user=None, **context):
        transfers = self.env["store.transfer"].with_user(user or self.ec_staff)
        return Form(transfers.with_company(self.company).with_context(**context))

    def make_draft(self, **values):
        return (
            self.env["store.transfer"]
            .with_user(self.ec_staff)
            .create(
                {
                    "company_id": self.company.id,
                    "source_store_id": self.ec.id,
                    "destination_store_id": self.shop.id,
                    **values,
                }
            )
        )

    def test_what_9_of_10_kept(self):
        lane = self.get_lane()
        self.assertEqual((lane.promised_days, lane.number_of_transfers), (9, 10))
        self.assertTrue(lane.is_promised)
        self.assertEqual(lane.display_name, "EC Warehouse → Shop North")

    def test_how_long_goods_are_in_transit(self):
        """From the first shipment to the last count, without what was before it."""
        for _time in range(10):
            self.write_done(
                (3, 2, 2, 1), "2026-06-01 10:00", destination=self.shop_south
            )
        self.look_up()
        lane = self.get_lane(self.shop_south)
        self.assertEqual((lane.promised_days, lane.transit_days), (8, 3))
        self.assertEqual(self.get_lane().transit_days, 9)

    def test_it_is_looked_up_anew(self):
        for _more in range(10):
            self.write_done((0, 0, 2, 0), "2026-06-01 10:00")
        self.look_up()
        lane = self.get_lane()
        # Of twenty, the eighteenth: 1, 2 × 11, 3, 4, 5, 6, 7, 8.
        self.assertEqual((lane.promised_days, lane.number_of_transfers), (8, 20))
        self.look_up()
        self.assertEqual(len(self.get_lane()), 1)

    def test_of_few_transfers_nothing_is_promised(self):
        for _time in range(9):
            self.write_done(
                (0, 0, 5, 0), "2026-06-01 10:00", destination=self.shop_south
            )
        self.look_up()
        self.assertFalse(self.get_lane(self.shop_south).is_promised)
        transfer = self.make_draft(destination_store_id=self.shop_south.id)
        self.assertEqual(transfer.expected_date, date(2026, 6, 15))
        self.assertFalse(transfer.promise)

    def test_what_was_long_ago_says_nothing(self):
        with freeze_time("2026-12-15 04:00:00"):
            self.look_up()
            self.assertFalse(self.get_lane().is_promised)
            self.assertEqual(self.make_draft().expected_date, date(2026, 12, 15))

    def test_what_was_there_before_it_was_asked_for_says_nothing(self):
        for _number in range(10):
            self.write_done((0, 0, -1, 0), "2026-06-01 10:00")
        self.look_up()
        lane = self.get_lane()
        self.assertEqual((lane.promised_days, lane.number_of_transfers), (9, 10))

    def test_days_are_those_of_the_calendar_where_it_is_counted(self):
        """From 23:00 to 01:00 in Taipei it is a day, in two hours."""
        self.shop_south.partner_id.tz = "Asia/Taipei"
        for _time in range(10):
            self.write_done(
                (0, 0, 1 / 12, 0), "2026-06-01 17:00", destination=self.shop_south
            )
        self.look_up()
        self.assertEqual(self.get_lane(self.shop_south).promised_days, 1)

    def test_a_form_offers_it(self):
        form = self.open_new()
        self.assertEqual(form.expected_date, date(2026, 6, 15))
        self.assertFalse(form.promise)
        form.destination_store_id = self.shop
        self.assertEqual(form.expected_date, date(2026, 6, 24))
        self.assertEqual(
            form.promise,
            "EC Warehouse → Shop North: 9 of 10 transfers were counted within 9 days "
            "(of 10 in half a year).",
        )
        form.destination_store_id = self.shop_south
        self.assertEqual(form.expected_date, date(2026, 6, 15))
        self.assertFalse(form.promise)

    def test_where_it_takes_a_day(self):
        for _number in range(10):
            self.write_done(
                (0, 0, 1, 0), "2026-06-01 10:00", destination=self.shop_south
            )
        self.look_up()
        form = self.open_new()
        form.destination_store_id = self.shop_south
        self.assertEqual(
            form.promise,
            "EC Warehouse → Shop South: 9 of 10 transfers were counted by the next "
            "day (of 10 in half a year).",
        )

    def test_what_somebody_typed_stays(self):
        form = self.open_new()
        form.expected_date = date(2026, 6, 17)
        form.destination_store_id = self.shop
        self.assertEqual(form.expected_date, date(2026, 6, 17))
        with form.line_ids.new() as line:
            line.product_id = self.tea
        transfer = form.save()
        self.assertEqual(transfer.expected_date, date(2026, 6, 17))

    def test_a_draft_that_is_saved_keeps_its_date(self):
        transfer = self.make_draft(line_ids=[(0, 0, {"product_id": self.tea.id})])
        self.assertEqual(transfer.expected_date, date(2026, 6, 24))
        transfer.destination_store_id = self.shop_south
        self.assertEqual(transfer.expected_date, date(2026, 6, 24))
        with Form(transfer) as form:
            form.destination_store_id = self.shop
        self.assertEqual(transfer.expected_date, date(2026, 6, 24))

    def test_who_names_a_date_gets_it(self):
        transfer = self.make_draft(expected_date=date(2026, 6, 16))
        self.assertEqual(transfer.expected_date, date(2026, 6, 16))

    def test_a_copy_keeps_the_date(self):
        transfer = self.make_draft(expected_date=date(2026, 6, 16))
        self.assertEqual(transfer.copy().expected_date, date(2026, 6, 16))

    def test_it_is_said_in_drafts_only(self):
        transfer = self.make_draft(line_ids=[(0, 0, {"product_id": self.tea.id})])
        self.assertTrue(transfer.promise)
        self.submit(transfer)
        self.assertFalse(transfer.promise)

    def test_many_are_offered_it_by_one_query(self):
        values = {
            "company_id": self.company.id,
            "source_store_id": self.ec.id,
            "destination_store_id": self.shop.id,
        }
        drafts = self.env["store.transfer"].concat(
            *(self.env["store.transfer"].new(values) for _time in range(20))
        )
        self.env["store.transfer.lane"].search([]).mapped("promised_days")
        self.env.user.transfer_store_ids.mapped("partner_id.tz")
        with self.assertQueryCount(4):
            days = drafts.mapped("expected_date")
        self.assertEqual(set(days), {date(2026, 6, 24)})

    def test_who_sees_lanes(self):
        lane = self.get_lane()
        for user in (self.ec_staff, self.shop_staff, self.head_office):
            self.assertTrue(lane.with_user(user).has_access("read"), user.login)
            # Head office says its rule, and nothing of what was looked up.
            with self.assertRaises(AccessError):
                lane.with_user(user).promised_days = 1
        for user in (self.south_staff, self.inventory_user):
            with self.assertRaises(AccessError):
                lane.with_user(user).check_access("read")
