from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_discrepancies import SettledCase

DAYS = [datetime(2030, 5, day, 3, 0) for day in range(1, 8)]
TRANSFER_FACTS = (
    "ship_date",
    "last_ship_date",
    "count_date",
    "last_count_date",
    "done_date",
    "expected_changes",
)
# On which days, where nothing is said of them.
SHIPPED = {"ship_date": 1, "last_ship_date": 1}
COUNTED = {"count_date": 2, "last_count_date": 2}


@tagged("post_install", "-at_install")
class TestFacts(SettledCase):
    """A transfer remembers when goods left and came, and what they cost then."""

    def on_day(self, number, step, *arguments, **values):
        with freeze_time(DAYS[number]):
            result = step(*arguments, **values)
            # What is tracked is written down at the end of a request.
            self.flush_tracking()
            return result

    def make_approved_on_day(self, number, **values):
        def make():
            transfer = self.make_transfer(**values)
            self.submit(transfer)
            self.approve(transfer)
            return transfer

        return self.on_day(number, make)

    def assertDays(self, transfer, **numbers):
        """Check on which days things happened; what is not named did not."""
        self.env.flush_all()
        self.env.invalidate_all()
        expected = {
            name: DAYS[numbers[name]] if name in numbers else False
            for name in TRANSFER_FACTS
            if name != "expected_changes"
        }
        found = {name: transfer[name] for name in expected}
        self.assertEqual(found, expected)

    def get_done_picking(self, transfer, code):
        return self.get_pickings(transfer, code, "done")

    def test_by_the_steps(self):
        transfer = self.make_approved_on_day(0)
        self.assertDays(transfer)
        self.on_day(1, self.ship, transfer, {self.tea: 4})
        self.assertDays(transfer, ship_date=1, last_ship_date=1)
        self.on_day(2, self.ship, transfer)
        self.on_day(3, self.confirm_arrival, transfer)
        self.on_day(4, self.count, transfer, {self.tea: 3})
        shipped = {"ship_date": 1, "last_ship_date": 2}
        self.assertDays(transfer, **shipped, count_date=4, last_count_date=4)
        self.on_day(5, self.receive_all, transfer)
        self.assertDays(
            transfer, **shipped, count_date=4, last_count_date=5, done_date=5
        )

    def test_in_the_inventory_app(self):
        transfer = self.make_approved_on_day(0)
        ship = self.get_pickings(transfer, "outgoing")
        self.on_day(1, self.validate_picking, ship)
        receive = self.get_pickings(transfer, "incoming")
        self.on_day(2, self.validate_picking, receive)
        self.assertDays(
            transfer,
            ship_date=1,
            last_ship_date=1,
            count_date=2,
            last_count_date=2,
            done_date=2,
        )

    def test_another_day_is_said_in_the_inventory_app(self):
        transfer = self.make_approved_on_day(0)
        self.on_day(3, self.ship, transfer)
        picking = self.get_done_picking(transfer, "outgoing")
        picking.with_user(self.inventory_user).date_done = DAYS[2]
        self.assertDays(transfer, ship_date=2, last_ship_date=2)

    def test_a_done_shipment_is_corrected_to_nothing(self):
        transfer = self.make_approved_on_day(0)
        self.on_day(1, self.ship, transfer, {self.tea: 4})
        self.on_day(2, self.ship, transfer)
        first = self.get_done_picking(transfer, "outgoing").sorted("id")[0]
        first.with_user(self.inventory_user).move_line_ids.quantity = 0
        self.assertLedger(transfer)
        self.assertDays(transfer, ship_date=2, last_ship_date=2)

    def test_a_shipment_that_was_undone_never_left(self):
        transfer = self.make_approved_on_day(0)
        self.on_day(1, self.ship, transfer)
        undo = transfer.with_user(self.ec_staff).action_undo_shipment
        self.on_day(2, undo)
        self.assertDays(transfer)
        self.on_day(3, self.ship, transfer)
        self.assertDays(transfer, ship_date=3, last_ship_date=3)

    def test_what_was_undone_never_left_whatever_day_it_is_said_to_be_of(self):
        transfer = self.make_approved_on_day(0)
        self.on_day(1, self.ship, transfer)
        shipped = self.get_done_picking(transfer, "outgoing")
        self.on_day(2, transfer.with_user(self.ec_staff).action_undo_shipment)
        shipped.with_user(self.inventory_user).move_ids.date = DAYS[3]
        self.assertDays(transfer)

    def test_the_last_of_two_shipments_is_undone(self):
        transfer = self.make_approved_on_day(0)
        self.on_day(1, self.ship, transfer, {self.tea: 4})
        self.on_day(2, self.ship, transfer)
        self.on_day(3, transfer.with_user(self.ec_staff).action_undo_shipment)
        self.assertDays(transfer, ship_date=1, last_ship_date=1)

    def test_a_count_that_was_undone_does_not_count(self):
        transfer = self.make_approved_on_day(0)
        self.on_day(1, self.ship, transfer)
        self.on_day(2, self.receive_all, transfer)
        self.on_day(3, transfer.with_user(self.shop_approver).action_undo_count)
        shipped = {"ship_date": 1, "last_ship_date": 1}
        self.assertDays(transfer, **shipped)
        self.on_day(4, self.count, transfer, {self.tea: 10})
        self.assertDays(
            transfer, **shipped, count_date=4, last_count_date=4, done_date=4
        )

    def test_what_came_damaged_came(self):
        transfer = self.make_approved_on_day(0)
        self.on_day(1, self.ship, transfer)

        def count_damaged():
            count = self.start_count(transfer)
            count.line_ids.write({"counted_quantity": 0, "damaged_quantity": 10})
            count.action_submit()

        self.on_day(2, count_damaged)
        counted = {"count_date": 2, "last_count_date": 2}
        self.assertDays(transfer, ship_date=1, last_ship_date=1, **counted, done_date=2)
        self.on_day(3, transfer.with_user(self.shop_approver).action_undo_count)
        self.assertDays(transfer, ship_date=1, last_ship_date=1)

    def make_for_surplus(self, shipped=None):
        """Ship on the first day, where approvers accept what comes beyond that."""
        self.shop.transfer_surplus_policy = "approver"
        transfer = self.make_approved_on_day(0)
        self.on_day(1, self.ship, transfer, shipped)
        return transfer

    def make_with_surplus(self, counted, **options):
        """The same, and count more on the second day: it is put aside."""
        transfer = self.make_for_surplus(**options)
        self.on_day(2, self.count_with_others, transfer, counted)
        return transfer

    def make_undone_with_surplus(self):
        """Accept a surplus with the count on the second day; undo it on the third."""
        transfer = self.make_for_surplus()
        approver = self.shop_approver
        self.on_day(2, self.count, transfer, {self.tea: 12}, user=approver)
        self.assertDays(transfer, **SHIPPED, **COUNTED, done_date=2)
        self.on_day(3, transfer.with_user(approver).action_undo_count)
        self.assertLedger(transfer)
        return transfer

    def count_with_others(self, transfer, counted):
        """Count ``{product: quantity}``, also what nobody sent."""
        count = self.start_count(transfer)
        for product, quantity in counted.items():
            count._find_or_add_line(product).counted_quantity = quantity
        count.action_submit()
        self.assertLedger(transfer)
        return count

    def accept_surplus(self, transfer):
        surplus = self.get_discrepancies(transfer, self.shop_approver).filtered(
            lambda discrepancy: discrepancy.kind in ("surplus", "unexpected")
        )
        surplus.action_accept()
        self.assertLedger(transfer)

    def test_accepting_a_surplus_is_not_counting(self):
        transfer = self.make_with_surplus({self.tea: 12})
        self.assertDays(transfer, **SHIPPED, **COUNTED, done_date=2)
        self.on_day(5, self.accept_surplus, transfer)
        self.assertEqual(transfer.line_ids.received_quantity, 12)
        self.assertDays(transfer, **SHIPPED, **COUNTED, done_date=5)
        self.assertEqual(transfer.line_ids.last_count_date, DAYS[2])
        self.assertEqual(transfer.line_ids.full_date, DAYS[2])

    def test_what_was_still_to_ship_came_as_a_surplus(self):
        transfer = self.make_with_surplus({self.tea: 10}, shipped={self.tea: 8})
        self.on_day(5, self.accept_surplus, transfer)
        self.assertDays(transfer, **SHIPPED, **COUNTED, done_date=5)
        self.assertEqual(transfer.line_ids.full_date, DAYS[2])

    def test_a_surplus_that_nobody_asked_for_came_when_it_was_found(self):
        transfer = self.make_with_surplus({self.tea: 4, self.mug: 2})
        self.on_day(3, self.receive_all, transfer)
        self.on_day(5, self.accept_surplus, transfer)
        mugs = transfer.line_ids.filtered(lambda line: line.product_id == self.mug)
        self.assertEqual(mugs.last_count_date, DAYS[2])
        self.assertEqual(transfer.last_count_date, DAYS[3])

    def test_a_surplus_that_came_damaged_came_when_it_was_found(self):
        transfer = self.make_for_surplus()

        def count_damaged():
            count = self.start_count(transfer)
            count.line_ids.write({"counted_quantity": 10, "damaged_quantity": 2})
            count.action_submit()

        self.on_day(2, count_damaged)
        self.on_day(5, self.accept_surplus, transfer)
        self.assertEqual(transfer.line_ids.last_count_date, DAYS[2])

    def test_a_count_whose_surplus_was_accepted_with_it_can_be_undone(self):
        transfer = self.make_undone_with_surplus()
        self.assertDays(transfer, **SHIPPED)

    def test_what_was_undone_with_its_surplus_comes_when_it_is_counted_again(self):
        transfer = self.make_undone_with_surplus()
        self.on_day(5, self.count, transfer, {self.tea: 10}, user=self.shop_approver)
        counted = {"count_date": 5, "last_count_date": 5}
        self.assertDays(transfer, **SHIPPED, **counted, done_date=5)
        self.assertEqual(transfer.line_ids.full_date, DAYS[5])

    def test_what_was_not_sent_never_left(self):
        transfer = self.make_approved_on_day(0)
        self.on_day(1, self.ship, transfer)
        self.on_day(2, self.count, transfer, {})
        self.on_day(3, self.settle, transfer, "not_sent")
        self.assertEqual(transfer.state, "cancelled")
        self.assertDays(transfer)

    def test_each_line_remembers_when_it_came(self):
        transfer = self.make_approved_on_day(0, lines={self.tea: 4, self.mug: 2})
        self.on_day(1, self.ship, transfer)
        self.on_day(2, self.count, transfer, {self.tea: 4})
        self.on_day(3, self.receive_all, transfer)
        dates = transfer.line_ids.mapped("last_count_date")
        self.assertEqual(dates, [DAYS[2], DAYS[3]])

    def test_done_without_a_move_at_its_end(self):
        transfer = self.make_approved_on_day(0)
        self.on_day(1, self.ship, transfer, {self.tea: 4})
        self.on_day(2, self.receive_all, transfer)
        self.on_day(3, self.close_rest, transfer)
        self.assertEqual(transfer.done_date, DAYS[3])

    def test_a_third_party_brings_goods(self):
        def make():
            receipt = self.make_transfer(user=self.shop_staff, kind="receipt")
            self.submit(receipt, self.shop_staff)
            return receipt

        receipt = self.on_day(0, make)
        self.on_day(2, self.receive_all, receipt)
        self.assertDays(receipt, count_date=2, last_count_date=2, done_date=2)

    def test_a_third_party_gets_goods(self):
        def make():
            dispatch = self.make_transfer(kind="dispatch")
            self.submit(dispatch)
            return dispatch

        dispatch = self.on_day(0, make)
        self.on_day(2, self.ship, dispatch)
        self.assertDays(dispatch, ship_date=2, last_ship_date=2, done_date=2)

    def test_how_often_the_promise_moved(self):
        transfer = self.make_transfer()
        day = transfer.expected_date
        transfer.with_user(self.ec_staff).expected_date = day + timedelta(days=1)
        self.submit(transfer)
        self.assertEqual(transfer.expected_changes, 0)
        for days in (2, 3):
            transfer.with_user(self.ec_staff).expected_date = day + timedelta(days=days)
        transfer.with_user(self.ec_staff).carrier = "Black Cat"
        self.assertEqual(transfer.expected_changes, 2)
        transfer.with_user(self.ec_staff).action_withdraw()
        self.assertEqual(transfer.expected_changes, 0)

    def test_goods_cost_what_they_did_when_they_left(self):
        transfer = self.make_transfer()
        product = self.tea.with_company(self.company)
        self.assertEqual(transfer.line_ids.unit_cost, 0)
        self.submit(transfer)
        self.assertEqual(transfer.line_ids.unit_cost, 30)
        product.standard_price = 31
        self.approve(transfer)
        self.assertEqual(transfer.line_ids.unit_cost, 31)
        product.standard_price = 32
        self.ship(transfer, {self.tea: 4})
        self.assertEqual(transfer.line_ids.unit_cost, 32)
        product.standard_price = 33
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.line_ids.unit_cost, 32)

    def test_goods_that_leave_anew_cost_what_they_do_then(self):
        transfer = self.make_shipped_transfer()
        transfer.with_user(self.ec_staff).action_undo_shipment()
        self.tea.with_company(self.company).standard_price = 40
        self.validate_picking(self.get_pickings(transfer, "outgoing"))
        self.assertEqual(transfer.line_ids.unit_cost, 40)

    def test_another_company_has_costs_of_its_own(self):
        self.tea.company_id = False
        other = self.env["res.company"].create({"name": "Another"})
        self.tea.with_company(other).standard_price = 99
        transfer = self.make_transfer()
        transfer.with_user(self.ec_staff).with_company(self.company).action_submit()
        self.assertEqual(transfer.line_ids.unit_cost, 30)

    def test_a_product_that_nobody_asked_for(self):
        self.mug.with_company(self.company).standard_price = 7
        transfer = self.make_shipped_transfer()
        count = self.start_count(transfer, self.shop_approver)
        count._find_or_add_line(self.mug).counted_quantity = 2
        count.line_ids.filtered(
            lambda line: line.product_id == self.tea
        ).counted_quantity = 10
        count.action_submit()
        self.assertLedger(transfer)
        surplus = transfer.line_ids.filtered(lambda line: line.product_id == self.mug)
        self.assertEqual((surplus.received_quantity, surplus.unit_cost), (2, 7))

    def test_nobody_writes_them(self):
        transfer = self.make_approved_on_day(0)
        for user in (self.ec_staff, self.ec_approver, self.head_office):
            for name in TRANSFER_FACTS:
                with self.subTest(name, user=user.login):
                    with self.assertRaises(AccessError):
                        transfer.with_user(user).write({name: False})
            with self.assertRaises(UserError):
                transfer.with_user(user).line_ids.write({"unit_cost": 1})

    def test_a_copy_has_none(self):
        transfer = self.make_approved_on_day(0)
        self.on_day(1, self.ship, transfer)
        self.on_day(2, self.receive_all, transfer)
        copy = transfer.with_user(self.ec_staff).copy()
        self.assertDays(copy)
        self.assertEqual(copy.line_ids.unit_cost, 0)

    def test_a_step_reads_the_moves_of_many_once(self):
        transfers = [self.make_approved_on_day(0) for _number in range(5)]
        self.tea.with_company(self.company).standard_price = 50
        self._count_queries(transfers[0])
        few = self._count_queries(transfers[1])
        many = self._count_queries(transfers[2] | transfers[3] | transfers[4])
        self.assertEqual(many, few)

    def _count_queries(self, transfers):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        transfers.sudo()._sync_goods_dates()
        transfers.sudo().line_ids._keep_unit_cost()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_old_transfers_are_told_by_their_moves_and_messages(self):
        transfers = self._make_history()
        self.env.invalidate_all()
        expected = {transfer: self._read_facts(transfer) for transfer in transfers}
        self.cr.execute(
            "UPDATE store_transfer SET ship_date = NULL, last_ship_date = NULL,"
            " count_date = NULL, last_count_date = NULL, done_date = NULL,"
            " expected_changes = NULL"
        )
        self.cr.execute(
            "UPDATE store_transfer_line SET unit_cost = NULL, last_count_date = NULL"
        )
        self.run_migration("19.0.1.7.0/pre-facts.py")
        for transfer, facts in expected.items():
            self.assertEqual(self._read_facts(transfer), facts)

    def test_old_lines_say_when_all_had_come(self):
        _draft, done, undone = self._make_history()
        lines = done.line_ids | undone.line_ids
        expected = lines.mapped("full_date")
        self.assertEqual(expected, [DAYS[2], DAYS[3], False])
        self.env.flush_all()
        self.cr.execute("UPDATE store_transfer_line SET full_date = NULL")
        self.run_migration("19.0.1.10.0/post-full_date.py")
        self.assertEqual(lines.mapped("full_date"), expected)

    def test_an_old_surplus_came_with_the_count_that_found_it(self):
        transfer = self.make_with_surplus({self.tea: 12, self.mug: 2})
        self.on_day(5, self.accept_surplus, transfer)
        expected = self._read_facts(transfer)
        accepted = transfer.sudo().picking_ids.filtered(
            lambda picking: picking.date_done == DAYS[5]
        )
        self.assertEqual(
            set(accepted.move_ids.mapped("transfer_flow")), {"ship", "receive"}
        )
        self.env.flush_all()
        self.cr.execute(
            "UPDATE stock_picking SET transfer_count_id = NULL WHERE id IN %s",
            (accepted._ids,),
        )
        self.env.invalidate_all()
        transfer.sudo()._sync_goods_dates()
        self.assertEqual(transfer.last_count_date, DAYS[5])
        self.run_migration("19.0.1.11.0/post-accepted_surplus.py")
        self.assertEqual(self._read_facts(transfer), expected)

    def test_where_nobody_ever_had_a_surplus_there_is_nothing_to_mend(self):
        transfer = self.make_approved_on_day(0)
        self.on_day(1, self.ship, transfer)
        expected = self._read_facts(transfer)
        self.run_migration("19.0.1.11.0/post-accepted_surplus.py")
        self.assertEqual(self._read_facts(transfer), expected)

    def _read_facts(self, transfer):
        facts = {name: transfer[name] for name in TRANSFER_FACTS}
        lines = transfer.line_ids
        return facts, lines.mapped("unit_cost"), lines.mapped("last_count_date")

    def _make_history(self):
        """Return transfers: a draft, one that is done, and one taken back and moved."""
        done = self.make_approved_on_day(0, lines={self.tea: 4, self.mug: 2})
        self.on_day(1, self.ship, done)
        self.on_day(2, self.count, done, {self.tea: 4})
        self.on_day(3, self.receive_all, done)
        undone = self.make_approved_on_day(0)
        self.on_day(1, self.ship, undone)
        self.on_day(2, undone.with_user(self.ec_staff).action_undo_shipment)
        day = undone.expected_date + timedelta(days=1)
        self.on_day(2, undone.with_user(self.ec_staff).write, {"expected_date": day})
        return self.make_transfer(), done, undone
