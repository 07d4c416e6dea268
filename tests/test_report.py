from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_report import ReportCase, at

NORTH, SOUTH = "EC Warehouse → Shop North", "EC Warehouse → Shop South"
PIECES = (
    "asked",
    "approved",
    "to_ship",
    "shipped",
    "in_transit",
    "received",
    "short",
    "surplus",
    "damaged",
    "lost",
    "returned",
    "closed",
)
VALUES = tuple(f"{name}_value" for name in PIECES)


@tagged("post_install", "-at_install")
class TestReport(ReportCase):
    """Each figure of the analysis, computed by hand."""

    def test_pieces_and_values(self):
        self.make_history()
        # Of what was not sent, nothing was shipped: it was closed.
        north = [31, 29, 0, 28, 2, 23, 0, 0, 0, 3, 0, 1]
        south = [4, 4, 0, 3, 0, 3, 0, 0, 0, 0, 0, 1]
        found = self.get_figures(PIECES, ["lane"])
        self.assertFigures(found[NORTH], north)
        self.assertFigures(found[SOUTH], south)
        total = [one + other for one, other in zip(north, south, strict=True)]
        self.assertFigures(self.get_figures(PIECES), total)
        found = self.get_figures(VALUES, ["lane"])
        self.assertFigures(
            found[NORTH],
            [750, 690, 0, 680, 60, 530, 0, 0, 0, 90, 0, 10],
        )
        self.assertFigures(found[SOUTH], [120, 120, 0, 90, 0, 90, 0, 0, 0, 0, 0, 30])

    def test_service(self):
        self.make_history()
        rates = ("unit_fill_rate", "line_fill_rate", "supply_fill_rate")
        found = self.get_figures((*rates, "approval_rate"), ["lane"])
        self.assertFigures(found[NORTH], [23 / 29, 2 / 4, 3 / 4, 29 / 31])
        self.assertFigures(found[SOUTH], [3 / 4, 0, 0, 1])
        self.assertFigures(
            self.get_figures((*rates, "approval_rate")),
            [26 / 33, 2 / 5, 3 / 5, 33 / 35],
        )

    def test_on_time(self):
        self.make_history()
        names = ("otif_rate", "line_otif_rate", "perfect_rate")
        self.assertFigures(self.get_figures(names), [1 / 5, 2 / 6, 1 / 5])
        found = self.get_figures(names, ["product_id"])
        self.assertFigures(found[self.tea], [1 / 4, 1 / 4, 1 / 4])
        self.assertFigures(found[self.mug], [1 / 2, 1 / 2, 1 / 2])

    def test_accuracy(self):
        self.make_history()
        names = ("shipping_accuracy", "counting_accuracy", "error_rate")
        self.assertFigures(self.get_figures(names), [1 - 4 / 30, 1, 2 / 4])
        found = self.get_figures(names, ["lane"])
        self.assertFigures(found[NORTH], [1 - 3 / 26, 1, 1 / 3])
        self.assertFigures(found[SOUTH], [3 / 4, 1, 1])

    def test_losses(self):
        self.make_history()
        names = ("shrink_rate", "damage_rate", "unexplained_value")
        self.assertFigures(self.get_figures(names), [90 / 770, 0, 0])

    def test_speed(self):
        self.make_history()
        names = ("approval_hours", "ship_hours", "dock_hours", "lead_hours")
        perfect = self.get_figures(names, domain=[("received", "in", (5, 10))])
        # Two lines of the perfect one, and one that was counted as it arrived.
        self.assertFigures(perfect, [2, 22, (3 + 3 + 0) / 3, (49 + 49 + 48) / 3])

    def test_every_grouping_agrees_with_its_parts(self):
        """A ratio of a group is the sum over the sum, never a mean of its rows'."""
        self.make_history()
        for groupby in ("lane", "product_id", "state", "submit_day:month", "kind"):
            found = self.get_figures(("asked", "approved", "approval_rate"), [groupby])
            for asked, approved, rate in found.values():
                self.assertAlmostEqual(rate, approved / asked)

    def test_totals_of_a_list_and_of_a_pivot(self):
        self.make_history()
        report = self.get_report()
        domain = [("company_id", "=", self.company.id)]
        specs = ["unit_fill_rate:avg", "error_rate:avg", "number_of_transfers:sum"]
        of_list = self.run_at(
            at(20), report.formatted_read_group, domain, ["lane"], specs
        )
        found = {group["lane"]: [group[spec] for spec in specs] for group in of_list}
        self.assertFigures(found[NORTH], [23 / 29, 1 / 3, 4])
        [[total], by_lane] = self.run_at(
            at(20),
            report.formatted_read_grouping_sets,
            domain,
            [[], ["lane"]],
            specs,
        )
        self.assertFigures([total[spec] for spec in specs], [26 / 33, 2 / 4, 5])
        self.assertEqual(len(by_lane), 2)

    def test_a_row_says_the_same(self):
        self.make_history()
        [row] = self.get_rows(lost=3)
        self.assertFigures(
            [row.unit_fill_rate, row.line_fill_rate, row.shipping_accuracy],
            [0.5, 0, 1 - 3 / 8],
        )
        self.assertEqual(row.lane, NORTH)

    def test_what_is_late_cut_and_wrong(self):
        perfect, lost, cut, on_the_way, not_sent = self.make_history()
        for name, transfers in (
            ("is_late", lost | cut | on_the_way | not_sent),
            ("is_cut", lost | cut | not_sent),
            ("is_wrong", lost | not_sent),
        ):
            rows = self.get_rows(**{name: True})
            self.assertEqual(rows.transfer_id.sorted("id"), transfers, name)
        self.assertEqual(perfect.state, "done")

    def test_the_day_is_the_one_at_the_destination(self):
        """At 17 o'clock in London it is the next day in Taipei."""
        on_time, late = (self.make_shipped({self.tea: 1}) for _number in range(2))
        self.run_at(at(3, 15), self.receive_all, on_time)
        self.run_at(at(3, 17), self.receive_all, late)
        found = self.get_figures(("otif_rate",), ["transfer_id"])
        self.assertEqual((found[on_time], found[late]), ([1], [0]))

    def test_a_later_promise_is_none(self):
        transfer = self.make_shipped({self.tea: 1})
        write = transfer.with_user(self.ec_staff).write
        self.run_at(at(3), write, {"expected_date": at(9).date()})
        self.run_at(at(9), self.receive_all, transfer)
        other = self.make_shipped({self.tea: 1, self.mug: 1})
        self.run_at(at(3), self.receive_all, other)
        names = ("otif_rate", "line_otif_rate", "promise_moved_rate")
        self.assertFigures(self.get_figures(names), [1 / 2, 2 / 3, 1 / 2])

    def test_each_line_is_on_time_by_itself(self):
        transfer = self.make_shipped({self.tea: 2, self.mug: 2})
        self.run_at(at(3), self.count, transfer, {self.tea: 2})
        self.run_at(at(5), self.receive_all, transfer)
        names = ("otif_rate", "perfect_rate", "counting_accuracy", "shipping_accuracy")
        found = self.get_figures(names, ["product_id"])
        self.assertFigures(found[self.tea], [1, 1, 1, 1])
        # The mugs were said to be missing, and were there after all.
        self.assertFigures(found[self.mug], [0, 0, 0, 1])

    def test_a_count_that_was_undone_is_not_perfect(self):
        transfer = self.make_shipped({self.tea: 2})
        self.run_at(at(2, 5), self.receive_all, transfer)
        self.run_at(at(2, 6), transfer.with_user(self.shop_approver).action_undo_count)
        self.run_at(at(3), self.count, transfer, {self.tea: 2})
        self.assertFigures(self.get_figures(("otif_rate", "perfect_rate")), [1, 0])

    def test_damaged(self):
        def count():
            count = self.start_count(transfer)
            count.line_ids.write({"counted_quantity": 6, "damaged_quantity": 4})
            count.action_submit()

        transfer = self.make_shipped({self.tea: 10})
        self.run_at(at(3), count)
        names = ("damage_rate", "damaged_value", "shipping_accuracy", "unit_fill_rate")
        self.assertFigures(self.get_figures(names), [0.4, 120, 1, 0.6])

    def test_too_many_and_too_few_do_not_cancel_out(self):
        transfer = self.make_shipped({self.tea: 10, self.mug: 10})
        self.run_at(
            at(3), self.count, transfer, {self.tea: 8, self.mug: 12}, self.shop_approver
        )
        self.run_at(at(4), self.settle, transfer, "lost")
        names = ("shipping_accuracy", "unit_fill_rate", "surplus", "received", "asked")
        self.assertFigures(self.get_figures(names), [1 - 4 / 20, 18 / 20, 2, 20, 20])

    def test_a_surplus_that_is_accepted_later_makes_nothing_late(self):
        transfer = self.make_shipped({self.tea: 8})
        self.run_at(at(3), self.count, transfer, {self.tea: 10})
        surplus = self.get_discrepancies(transfer, self.shop_approver)
        self.run_at(at(9), surplus.action_accept)
        self.assertLedger(transfer)
        names = ("otif_rate", "line_otif_rate", "surplus", "received")
        self.assertFigures(self.get_figures(names), [1, 1, 2, 10])

    def test_what_comes_in_two_counts_is_in_full_with_the_second(self):
        transfer = self.make_shipped({self.tea: 8, self.mug: 1})
        self.run_at(at(3), self.count, transfer, {self.tea: 5, self.mug: 1})
        self.run_at(at(4), self.receive_all, transfer)
        names = ("otif_rate", "line_otif_rate")
        self.assertFigures(self.get_figures(names), [0, 0.5])

    def test_what_was_lost_without_a_reason(self):
        transfer = self.make_shipped({self.tea: 10})
        self.run_at(at(3), self.count, transfer, {self.tea: 7})
        self.run_at(at(4), self.settle, transfer, "lost")
        self.assertFigures(
            self.get_figures(("lost_value", "unexplained_value")), [90, 0]
        )
        self.get_discrepancies(transfer).sudo().reason_id = False
        self.assertFigures(
            self.get_figures(("lost_value", "unexplained_value")), [90, 90]
        )

    def test_a_third_party_has_a_name(self):
        farm = self.env["res.partner"].create({"name": "Tea Farm"})

        def receive(**values):
            receipt = self.make_transfer(user=self.shop_staff, kind="receipt", **values)
            self.submit(receipt, self.shop_staff)
            self.count(receipt, {self.tea: 8})

        for values in (
            {"partner_id": farm.id},
            {"remark": "\n Lu Ku Farmers \nby noon"},
            {},
        ):
            self.run_at(at(2), receive, **values)
        dispatch = self.make_submitted({self.mug: 1}, kind="dispatch")
        self.run_at(at(3), self.ship, dispatch)
        lanes = self.get_figures(("received", "shipping_accuracy"), ["lane"])
        self.assertEqual(
            set(lanes),
            {
                "Tea Farm → Shop North",
                "Lu Ku Farmers → Shop North",
                "Third party → Shop North",
                "EC Warehouse → Third party",
            },
        )
        # The vendor brought 8 of 10; nobody knows what a third party has counted.
        self.assertFigures(lanes["Tea Farm → Shop North"], [8, 0.8])
        self.assertEqual(lanes["EC Warehouse → Third party"], [1, False])

    def test_people(self):
        transfer = self.make_shipped({self.tea: 1})
        self.run_at(at(3), self.receive_all, transfer)
        row = self.get_rows(transfer_id=transfer.id)
        self.assertEqual(row.create_user_id, self.ec_staff)
        self.assertEqual(row.approval_user_id, self.head_office)
        self.assertEqual(row.ship_user_id, self.ec_staff)
        self.assertEqual(row.count_user_id, self.shop_staff)
        self.assertFigures(
            self.get_figures(("received",), ["ship_user_id"])[self.ec_staff], [1]
        )

    def test_the_last_of_two_counts_in_the_same_second(self):
        transfer = self.make_shipped({self.tea: 4})
        self.run_at(at(3), self.count, transfer, {self.tea: 3})
        self.run_at(at(3), self.count, transfer, {self.tea: 1}, self.shop_approver)
        for count in transfer.sudo().count_ids:
            # What was written last, PostgreSQL reads last, or where there is room.
            self.cr.execute(
                "UPDATE store_transfer_count SET state = state WHERE id = %s",
                [count.id],
            )
            self.env.invalidate_all()
            row = self.get_rows(transfer_id=transfer.id)
            self.assertEqual(row.count_user_id, self.shop_approver)

    def test_a_piece_costs_less_than_a_cent(self):
        """As Odoo keeps it: what is rounded is what many of them are worth."""
        self.mug.with_company(self.company).standard_price = 0.004
        self._add_stock(self.ec, self.mug, 1000)
        transfer = self.make_shipped({self.mug: 1000})
        self.run_at(at(3), self.count, transfer, {self.mug: 500})
        names = ("shipped_value", "received_value", "short_value")
        self.assertFigures(self.get_figures(names), [4, 2, 2])
        self.assertEqual(self.get_discrepancies(transfer).value, 2)

    def test_a_draft_is_nobody_s_business(self):
        self.make_transfer()
        self.assertFalse(self.get_rows())

    def test_who_sees_what(self):
        perfect, lost, cut, on_the_way, not_sent = self.make_history()
        everything = perfect | lost | cut | on_the_way | not_sent
        stranger = self._create_user(
            "stranger",
            "group_head_office",
            company=self.env["res.company"].create({"name": "Other Goods"}),
        )
        for user, transfers in (
            (self.head_office, everything),
            (self.ec_staff, everything),
            (self.ec_approver, everything),
            (self.shop_staff, everything - not_sent),
            (self.south_staff, not_sent),
            (stranger, everything.browse()),
        ):
            with self.subTest(user.login):
                rows = self.get_rows(user)
                self.assertEqual(set(rows.transfer_id.ids), set(transfers.ids))
                found = self.get_figures(("asked",), user=user)
                self.assertEqual(found[0] or 0, sum(rows.mapped("asked")))
        with self.assertRaises(AccessError):
            self.get_rows(self.inventory_user)

    def test_who_counts_blind_learns_nothing_of_what_comes(self):
        perfect, lost, cut, on_the_way, _not_sent = self.make_history()
        self.shop.transfer_blind_count = True
        rows = self.get_rows(self.shop_staff)
        self.assertEqual(set(rows.transfer_id.ids), set((perfect | lost | cut).ids))
        self.assertFigures(self.get_figures(("in_transit",), user=self.shop_staff), [0])
        rows = self.get_rows(self.shop_approver)
        self.assertIn(on_the_way, rows.transfer_id)

    def test_nobody_writes_it(self):
        self.make_history()
        rows = self.get_rows()
        for user in (self.ec_staff, self.head_office):
            for step in (
                lambda rows: rows.write({"asked": 0}),
                lambda rows: rows.unlink(),
                lambda rows: rows.create({}),
            ):
                with self.assertRaises(AccessError):
                    step(rows.with_user(user))

    def test_a_row_opens_its_transfer(self):
        transfer = self.make_shipped({self.tea: 1})
        action = self.get_rows(self.shop_staff).action_open_transfer()
        self.assertEqual(action["res_id"], transfer.id)

    def test_head_office_says_which_reasons_are_the_source_s(self):
        self.make_history()
        reason = self.env.ref("store_transfer.reason_out_of_stock")
        reason.with_user(self.head_office).is_supply_cut = False
        self.assertFigures(self.get_figures(("supply_fill_rate",)), [4 / 5])
        with self.assertRaises(AccessError):
            reason.with_user(self.ec_approver).is_supply_cut = True

    def test_the_number_of_queries_does_not_grow(self):
        self.make_history()
        few = self._count_queries()
        self.make_history()
        self.assertEqual(self._count_queries(), few)

    def _count_queries(self):
        self.get_figures(("asked", "otif_rate"), ["lane", "submit_day:month"])
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.get_figures(("asked", "otif_rate"), ["lane", "submit_day:month"])
        return self.cr.sql_log_count - before
