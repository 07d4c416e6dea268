from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_lead_times import PastTransfers
from .common_transfers import StoreTransferCase

LANE = "EC Warehouse → Shop North"
WAITS = ("approval", "shipping", "way", "counting", "door")


@tagged("post_install", "-at_install")
class TestLeadTimes(PastTransfers, StoreTransferCase):
    def get_figures(self, groupby, figures, user=None, domain=()):
        """Return the groups that a user sees, each with these figures, rounded."""
        rows = self.env["store.transfer.lead.time"].with_user(user or self.head_office)
        companies = rows.env.user.company_ids.ids
        rows = rows.with_context(allowed_company_ids=companies)
        found = rows._read_group(
            [("company_id", "=", self.company.id), *domain],
            groupby,
            [f"{figure}:avg" for figure in figures] + ["number_of_transfers:sum"],
        )
        keys = len(groupby)
        return [
            (*group[:keys], *(round(value, 2) for value in group[keys:]))
            for group in found
        ]

    def do_on(self, day, step, *arguments, **values):
        with freeze_time(day):
            return step(*arguments, **values)

    def test_each_wait_by_the_steps(self):
        """Submitted on the 1st, approved on the 2nd, shipped on the 4th, there on the
        7th, counted half a day later, and the rest on the 9th."""
        transfer = self.do_on("2026-03-01 08:00", self.make_transfer)
        self.do_on("2026-03-01 08:00", self.submit, transfer)
        self.do_on("2026-03-02 08:00", self.approve, transfer)
        self.do_on("2026-03-04 08:00", self.ship, transfer)
        self.do_on("2026-03-07 08:00", self.confirm_arrival, transfer)
        self.do_on("2026-03-07 20:00", self.count, transfer, {self.tea: 6})
        self.assertFalse(self.get_figures([], ["door_median"])[0][1])
        self.do_on("2026-03-09 08:00", self.receive_all, transfer)
        medians = [f"{wait}_median" for wait in WAITS]
        self.assertEqual(self.get_figures([], medians), [(1, 2, 3, 2, 8, 1)])

    def test_median_and_90th_percentile(self):
        """Of the ways 1, 2, 3, 4, 10: the median is 3. The 90th percentile lies 3.6 of
        the 4 steps up: 4 + 0.6 × 6 = 7.6."""
        for way in (10, 2, 4, 1, 3):
            self.write_done((1, 1, way, 0), "2026-03-20 10:00")
        figures = ["way_median", "way_p90", "door_median", "door_p90", "approval_p90"]
        self.assertEqual(
            self.get_figures(["lane"], figures), [(LANE, 3, 7.6, 5, 9.6, 1, 5)]
        )

    def test_months_and_lanes_are_never_means_of_their_parts(self):
        for way in (1, 1, 1):
            self.write_done((0, 0, way, 0), "2026-03-20 10:00")
        self.write_done((0, 0, 5, 0), "2026-04-20 10:00")
        for way in (8, 9):
            self.write_done(
                (0, 0, way, 0), "2026-04-20 10:00", destination=self.shop_south
            )
        march, april = datetime(2026, 3, 1), datetime(2026, 4, 1)
        south = "EC Warehouse → Shop South"
        self.assertEqual(
            self.get_figures(["lane", "done_date:month"], ["way_median"]),
            [(LANE, march, 1, 3), (LANE, april, 5, 1), (south, april, 8.5, 2)],
        )
        self.assertEqual(
            self.get_figures(["lane"], ["way_median"]), [(LANE, 1, 4), (south, 8.5, 2)]
        )
        # Of 1, 1, 1, 5, 8, 9; the mean of the lanes' medians would be 4.75.
        self.assertEqual(self.get_figures([], ["way_median"]), [(3, 6)])

    def test_the_pivot_s_totals_are_of_all(self):
        for way in (1, 1, 1, 9):
            self.write_done((0, 0, way, 0), "2026-03-20 10:00")
        self.write_done((0, 0, 9, 0), "2026-04-20 10:00")
        rows = self.env["store.transfer.lead.time"].with_user(self.head_office)
        rows = rows.with_context(allowed_company_ids=self.company.ids)
        by_month, [total] = rows.formatted_read_grouping_sets(
            [], [["done_date:month"], []], ["way_median:avg"]
        )
        self.assertEqual([group["way_median:avg"] for group in by_month], [1, 9])
        self.assertEqual(total["way_median:avg"], 1)

    def test_what_did_not_come_has_no_lead_time(self):
        self.write_done((1, 1, 1, 0), "2026-03-20 10:00", last_count_date=None)
        self.write_done((1, 1, 1, 0), "2026-03-20 10:00", state="partial")
        self.write_done(
            (1, 1, 1, 0), "2026-03-20 10:00", kind="receipt", source_store_id=None
        )
        self.assertFalse(self.get_figures(["lane"], ["way_median"]))

    def test_a_wait_that_nobody_wrote_down_is_left_out(self):
        self.write_done((1, 1, 4, 0), "2026-03-20 10:00")
        self.write_done((1, 1, 2, 0), "2026-03-20 10:00", arrival_date=None)
        self.assertEqual(
            self.get_figures(["lane"], ["way_median", "door_median"]),
            [(LANE, 4, 5, 2)],
        )

    def test_a_wait_that_ends_before_it_begins_is_left_out(self):
        self.write_done((1, 1, 4, 0), "2026-03-20 10:00")
        self.write_done((1, 5, -2, 1), "2026-03-20 10:00")
        self.assertEqual(
            self.get_figures(["lane"], ["way_median", "door_median"]),
            [(LANE, 4, 5.5, 2)],
        )

    def test_who_sees_what(self):
        self.write_done((1, 1, 1, 0), "2026-03-20 10:00")
        self.write_done((1, 1, 2, 0), "2026-03-20 10:00", destination=self.shop_south)
        for user, ways in (
            (self.ec_staff, [1, 2]),
            (self.shop_staff, [1]),
            (self.shop_approver, [1]),
            (self.south_staff, [2]),
            (self.head_office, [1, 2]),
        ):
            with self.subTest(user.login):
                found = self.get_figures(["lane"], ["way_median"], user)
                self.assertEqual([group[1] for group in found], ways)
        with self.assertRaises(AccessError):
            self.get_figures(["lane"], ["way_median"], self.inventory_user)

    def test_companies_are_kept_apart(self):
        self.write_done((1, 1, 1, 0), "2026-03-20 10:00")
        other = self.env["res.company"].create({"name": "Other Goods"})
        stranger = self._create_user("stranger", "group_head_office", company=other)
        self.assertFalse(self.get_figures(["lane"], ["way_median"], stranger))

    def test_a_row_opens_its_transfer(self):
        self.write_done((1, 1, 1, 0), "2026-03-20 10:00")
        rows = self.env["store.transfer.lead.time"].with_user(self.shop_staff)
        row = rows.with_context(allowed_company_ids=self.company.ids).search([])
        self.assertEqual(row.action_open()["res_id"], row.transfer_id.id)
