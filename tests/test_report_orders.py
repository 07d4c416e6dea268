from odoo.tests import tagged

from .common_report import ReportCase, at

# What there is of goods that went to a third party.
HAS = (
    "unit_fill_rate",
    "line_fill_rate",
    "supply_fill_rate",
    "promise_moved_rate",
    "ship_hours",
)
RATES = ("otif_rate", "line_otif_rate", "perfect_rate")


@tagged("post_install", "-at_install")
class TestReportOrders(ReportCase):
    """On time, in full and perfect are said of the whole of a transfer."""

    def test_one_line_of_two_is_late(self):
        transfer = self.make_shipped({self.tea: 2, self.mug: 2})
        self.run_at(at(3), self.count, transfer, {self.tea: 2})
        self.run_at(at(5), self.receive_all, transfer)
        self.assertFigures(self.get_figures(RATES), [0, 1 / 2, 0])
        self.assertFigures(self.get_figures(RATES, ["lane"]).popitem()[1], [0, 0.5, 0])
        # Of the tea alone, all came in time.
        found = self.get_figures(RATES, ["product_id"])
        self.assertFigures(found[self.tea], [1, 1, 1])
        self.assertFigures(found[self.mug], [0, 0, 0])

    def test_late_and_short_is_missed_once(self):
        transfer = self.make_shipped({self.tea: 10, self.mug: 4, self.lamp: 1})
        self.run_at(at(5), self.count, transfer, {self.tea: 9, self.mug: 3})
        kept = self.make_shipped({self.tea: 1})
        self.run_at(at(3), self.receive_all, kept)
        self.assertFigures(self.get_figures(RATES), [1 / 2, 1 / 4, 1 / 2])

    def test_goods_that_nobody_asked_for_are_not_perfect(self):
        """Whether they were accepted, and are a line of it, or were put aside."""

        def count(user):
            count = self.start_count(transfer, user)
            count.line_ids.counted_quantity = 2
            count._find_or_add_line(self.mug).counted_quantity = 1
            count.action_submit()

        for user in (self.shop_approver, self.shop_staff):
            transfer = self.make_shipped({self.tea: 2})
            self.run_at(at(3), count, user)
        self.assertFigures(self.get_figures(RATES), [1, 1, 0])
        found = self.get_figures(("perfect_rate", "asked"), ["product_id"])
        self.assertFigures(found[self.tea], [0, 4])
        self.assertFigures(found[self.mug], [False, 0])

    def test_what_nobody_has_approved_by_its_day_is_missed(self):
        self.make_submitted({self.tea: 2})
        rejected = self.make_submitted({self.tea: 2})
        self.run_at(at(2), self.reject, rejected)
        before = self.run_at(
            at(3), self.get_report()._read_group, [], [], ["otif_rate:avg"]
        )
        self.assertEqual(before, [(False,)])
        self.assertFigures(self.get_figures(RATES), [0, 0, 0])
        [row] = self.get_rows(is_late=True)
        self.assertEqual(row.state, "waiting")


@tagged("post_install", "-at_install")
class TestNothingToMeasure(ReportCase):
    """Where there is nothing to divide by there is no rate, and not one of 0."""

    def make_dispatch(self):
        dispatch = self.make_submitted({self.mug: 4}, kind="dispatch")
        self.run_at(at(2), self.ship, dispatch)
        return dispatch

    def assertNone(self, names, values):
        self.assertEqual(
            dict(zip(names, values, strict=True)), dict.fromkeys(names, False)
        )

    def test_what_a_third_party_lost_or_broke_nobody_knows(self):
        self.make_dispatch()
        names = ("damage_rate", "shrink_rate", "shipping_accuracy", "error_rate")
        self.assertNone(names, self.get_figures(names))

    def test_a_vendor_s_goods_are_not_lost_on_our_way(self):
        def receive():
            receipt = self.make_transfer(user=self.shop_staff, kind="receipt")
            self.submit(receipt, self.shop_staff)
            self.receive_all(receipt)

        self.run_at(at(2), receive)
        self.assertNone(("shrink_rate",), self.get_figures(("shrink_rate",)))
        self.assertFigures(self.get_figures(("damage_rate",)), [0])

    def test_goods_for_third_parties_make_no_loss_smaller(self):
        """Of ten tea three were lost, of one box sent elsewhere nobody knows."""
        transfer = self.make_shipped({self.tea: 10})
        self.run_at(at(3), self.count, transfer, {self.tea: 7})
        self.run_at(at(4), self.settle, transfer, "lost")
        self.make_dispatch()
        self.assertFigures(self.get_figures(("shrink_rate",)), [0.3])

    def test_what_was_closed_was_not_counted(self):
        transfer = self.make_shipped({self.mug: 4}, {self.mug: 3})
        self.run_at(at(3), self.close_rest, transfer)
        names = ("shipping_accuracy", "counting_accuracy", "error_rate")
        self.assertNone(names, self.get_figures(names))

    def test_what_left_after_a_count_was_not_counted(self):
        """Of four one was missing; of six that left later nobody knows yet."""
        transfer = self.make_shipped({self.tea: 10}, {self.tea: 4})
        self.run_at(at(3), self.count, transfer, {self.tea: 3})
        self.run_at(at(4), self.ship, transfer)
        self.assertFigures(self.get_figures(("shipping_accuracy",)), [1 - 1 / 4])
        self.run_at(at(5), self.receive_all, transfer)
        self.assertFigures(self.get_figures(("shipping_accuracy",)), [1])

    def test_nobody_approves_what_a_third_party_gets(self):
        self.make_dispatch()
        self.assertNone(("approval_hours",), self.get_figures(("approval_hours",)))

    def test_a_row_of_the_list(self):
        self.make_dispatch()
        rows = self.get_rows()
        names = [
            name
            for name, field in rows._fields.items()
            if field.aggregator == "avg" and name not in HAS
        ]
        self.assertGreater(len(names), 15)
        [read] = self.run_at(at(20), rows.web_read, {name: {} for name in names})
        del read["id"]
        self.assertNone(names, [read[name] for name in names])
        self.head_office.group_ids += self.env.ref("base.group_allow_export")
        [exported] = self.run_at(at(20), rows.export_data, names)["datas"]
        self.assertEqual(exported, [""] * len(names))

    def test_a_lead_time_that_nobody_wrote_down(self):
        transfer = self.make_approved({self.tea: 1})
        # In the Inventory app nobody says when goods have arrived.
        for code in ("outgoing", "incoming"):
            picking = self.get_pickings(transfer, code)
            self.run_at(at(3), self.validate_picking, picking)
        rows = self.env["store.transfer.lead.time"].with_user(self.head_office)
        names = ["way_median", "counting_p90", "door_median"]
        [row] = rows.search([("transfer_id", "=", transfer.id)]).read(names)
        self.assertEqual([row[name] for name in names], [False, False, 2])
