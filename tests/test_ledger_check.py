from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_ledger_audit import LedgerAudit
from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestLedgerCheck(LedgerAudit, StoreTransferCase):
    """Head office asks whether every unit is accounted for."""

    def setUp(self):
        super().setUp()
        self.transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 5})
        self.count(self.transfer, {self.tea: 7, self.mug: 5})
        self.line = self.transfer.sudo().line_ids[0]

    def corrupt_line(self, change):
        self.corrupt(
            f"UPDATE store_transfer_line SET {change} WHERE id = %(line)s",
            line=self.line.id,
        )

    def corrupt_transfer(self, change):
        self.corrupt(
            f"UPDATE store_transfer SET {change} WHERE id = %(transfer)s",
            transfer=self.transfer.id,
        )

    def get_move(self, flow, state="done"):
        return self.line.move_ids.filtered(
            lambda move: move.transfer_flow == flow and move.state == state
        )

    def assertFinds(self, *expected):
        self.assertEqual(self.get_findings(), set(expected))

    def test_all_is_explained(self):
        check = self.check_ledger()
        self.assertEqual(check.state, "done")
        self.assertEqual(check.user_id, self.head_office)
        self.assertEqual(check.result, "1 transfer, 5 moves, 0 unexplained")
        self.assertFalse(check.finding_ids)

    def test_stored_quantity_of_a_line(self):
        for name in (
            "to_ship",
            "shipped",
            "in_transit",
            "received",
            "returned",
            "lost",
            "damaged",
            "not_approved",
            "short",
        ):
            with self.subTest(name), self.undone():
                self.corrupt_line(f"{name}_quantity = {name}_quantity + 1")
                self.assertFinds(("term", name))

    def test_asked_quantity_of_a_line(self):
        self.corrupt_line("asked_quantity = 11")
        self.assertFinds(("term", "asked"))

    def test_closed_quantity_of_a_line(self):
        self.corrupt_line("closed_quantity = 1")
        self.assertFinds(("equation", "asked"), ("sum", "closed"))

    def test_approved_quantity_of_a_line(self):
        self.corrupt_line("approved_quantity = 9")
        self.assertFinds(
            ("equation", "asked"), ("term", "not_approved"), ("sum", "not_approved")
        )

    def test_quantity_below_zero(self):
        self.corrupt_line("approved_quantity = 11, closed_quantity = 1")
        self.assertIn(("below_zero", "least"), self.get_findings())

    def test_sums_of_a_transfer(self):
        for change, what in (
            ("shipped_quantity = 14", "shipped"),
            ("in_transit_quantity = 0", "in_transit"),
            ("line_count = 3", "lines"),
            ("is_to_ship = TRUE", "is_to_ship"),
            ("is_to_take_back = TRUE", "is_to_take_back"),
        ):
            with self.subTest(what), self.undone():
                self.corrupt_transfer(change)
                self.assertIn(("sum", what), self.get_findings())

    def test_state_of_a_transfer(self):
        self.corrupt_transfer("state = 'arrived'")
        self.assertFinds(("state", "state"))

    def test_transfer_that_says_it_is_done(self):
        self.corrupt_transfer("state = 'done'")
        self.assertFinds(("state", "state"), ("told_wrongly", "count"))

    def test_quantity_of_a_move(self):
        self.corrupt(
            "UPDATE stock_move SET quantity = 9 WHERE id = %(move)s",
            move=self.get_move("ship").id,
        )
        self.assertFinds(("move", "quantity"))

    def test_quantity_of_a_detail_of_a_move(self):
        self.corrupt(
            "UPDATE stock_move_line SET quantity_product_uom = 9"
            " WHERE move_id = %(move)s",
            move=self.get_move("ship").id,
        )
        self.assertLessEqual(
            {("move", "quantity"), ("transit", "quantity"), ("term", "shipped")},
            self.get_findings(),
        )

    def test_move_of_another_line(self):
        self.corrupt(
            "UPDATE stock_move SET transfer_line_id = %(other)s WHERE id = %(move)s",
            move=self.get_move("receive").id,
            other=self.transfer.sudo().line_ids[1].id,
        )
        self.assertLessEqual(
            {("move", "product"), ("term", "received"), ("lot", "least")},
            self.get_findings(),
        )

    def test_move_without_a_line(self):
        self.corrupt(
            "UPDATE stock_move SET transfer_line_id = NULL WHERE id = %(move)s",
            move=self.get_move("receive").id,
        )
        self.assertLessEqual(
            {("term", "received"), ("term", "in_transit"), ("transit", "quantity")},
            self.get_findings(),
        )

    def test_flow_of_a_move(self):
        self.corrupt(
            "UPDATE stock_move SET transfer_flow = 'lost' WHERE id = %(move)s",
            move=self.get_move("receive").id,
        )
        self.assertLessEqual(
            {("term", "received"), ("term", "lost")}, self.get_findings()
        )

    def test_picking_of_another_transfer(self):
        other = self.make_transfer()
        self.corrupt(
            "UPDATE stock_picking SET transfer_id = %(other)s WHERE id = %(picking)s",
            picking=self.get_move("ship").picking_id.id,
            other=other.id,
        )
        self.assertFinds(("move", "transfer"))

    def test_goods_missing_in_transit(self):
        self.corrupt(
            "UPDATE stock_quant SET quantity = 2 WHERE product_id = %(tea)s"
            " AND location_id = %(transit)s",
            tea=self.tea.id,
            transit=self.transit.id,
        )
        self.assertFinds(("transit", "quantity"))
        [found] = self.find_unexplained()
        self.assertEqual((found.expected, found.found), ("3", "2"))
        self.assertEqual(found.product_id, self.tea.id)

    def test_goods_too_many_in_transit(self):
        self.corrupt(
            "UPDATE stock_quant SET quantity = 4 WHERE product_id = %(tea)s"
            " AND location_id = %(transit)s",
            tea=self.tea.id,
            transit=self.transit.id,
        )
        self.assertFinds(("transit", "quantity"))

    def test_goods_of_another_owner_in_transit(self):
        self.corrupt(
            "UPDATE stock_quant SET owner_id = %(owner)s WHERE product_id = %(tea)s"
            " AND location_id = %(transit)s",
            tea=self.tea.id,
            transit=self.transit.id,
            owner=self.head_office.partner_id.id,
        )
        self.assertFinds(("transit", "quantity"), ("reserved", "quantity"))

    def test_goods_that_others_have_in_transit_are_explained(self):
        """Odoo's own resupply goes through the same place."""
        moves = self.env["stock.move"].create(
            {
                "product_id": self.tea.id,
                "product_uom_qty": 4,
                "location_id": self.ec.lot_stock_id.id,
                "location_dest_id": self.transit.id,
                "company_id": self.company.id,
            }
        )
        moves._action_confirm()
        moves.quantity = 4
        moves.picked = True
        moves._action_done()
        self.assertFinds()

    def test_reserved_quantity(self):
        self.corrupt(
            "UPDATE stock_quant SET reserved_quantity = 0 WHERE product_id = %(tea)s"
            " AND location_id = %(transit)s",
            tea=self.tea.id,
            transit=self.transit.id,
        )
        self.assertFinds(("reserved", "quantity"))

    def test_reserved_quantity_in_a_store(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.corrupt(
            "UPDATE stock_quant SET reserved_quantity = 1 WHERE product_id = %(tea)s"
            " AND location_id = %(stock)s",
            tea=self.tea.id,
            stock=self.ec.lot_stock_id.id,
        )
        self.assertFinds(("reserved", "quantity"))

    def test_open_move_that_asks_for_less(self):
        self.corrupt(
            "UPDATE stock_move SET product_qty = 2, product_uom_qty = 2"
            " WHERE id = %(move)s",
            move=self.get_move("receive", "assigned").id,
        )
        self.assertFinds(("open_moves", "receive"))

    def test_cancelled_move_of_goods_on_their_way(self):
        move = self.get_move("receive", "assigned").id
        self.corrupt(
            "UPDATE stock_move SET state = 'cancel' WHERE id = %(move)s", move=move
        )
        self.corrupt(
            "UPDATE stock_move_line SET state = 'cancel' WHERE move_id = %(move)s",
            move=move,
        )
        self.assertFinds(("open_moves", "receive"), ("reserved", "quantity"))

    def test_difference_about_more_than_is_missing(self):
        self.corrupt(
            "UPDATE store_transfer_discrepancy SET quantity = 4"
            " WHERE line_id = %(line)s",
            line=self.line.id,
        )
        self.assertFinds(("difference", "short"), ("term", "short"))

    def test_difference_with_an_outcome_that_nothing_was_booked_of(self):
        self.settle_all(self.transfer, "lost")
        self.corrupt(
            "UPDATE store_transfer_discrepancy SET outcome = 'damaged'"
            " WHERE line_id = %(line)s",
            line=self.line.id,
        )
        self.assertFinds(("difference", "damaged"))

    def test_nobody_was_told(self):
        self.corrupt(
            "DELETE FROM mail_activity WHERE res_id = %(transfer)s"
            " AND res_model = 'store.transfer'",
            transfer=self.transfer.id,
        )
        self.assertFinds(("nobody_told", "count"))
        [found] = self.find_unexplained()
        self.assertIn(self.shop_staff.name, found.expected)

    def test_activity_of_nobody(self):
        self.corrupt(
            "UPDATE mail_activity SET user_id = NULL WHERE res_id = %(transfer)s"
            " AND res_model = 'store.transfer'",
            transfer=self.transfer.id,
        )
        self.assertFinds(("nobody_told", "count"), ("told_wrongly", "count"))

    def test_activity_of_somebody_elsewhere(self):
        self.corrupt(
            "UPDATE mail_activity SET user_id = %(user)s WHERE res_id = %(transfer)s"
            " AND res_model = 'store.transfer' AND user_id = %(former)s",
            transfer=self.transfer.id,
            user=self.south_staff.id,
            former=self.shop_staff.id,
        )
        self.assertFinds(("told_wrongly", "count"))

    def test_who_has_ticked_off_an_activity_was_told(self):
        activities = self.env["mail.activity"].search(
            [("res_model", "=", "store.transfer"), ("res_id", "=", self.transfer.id)]
        )
        for activity in activities:
            activity.with_user(activity.user_id).action_done()
        self.assertFinds()

    def test_open_transfer_that_is_nobodys_turn(self):
        self.corrupt_transfer("is_to_count = FALSE")
        self.corrupt(
            "DELETE FROM store_transfer_discrepancy WHERE transfer_id = %(transfer)s",
            transfer=self.transfer.id,
        )
        self.assertIn(("stuck", "state"), self.get_findings())

    def test_other_company_is_not_looked_at(self):
        other = self.env["res.company"].create({"name": "Other Goods"})
        self.corrupt_line("received_quantity = 0")
        stranger = self._create_user("stranger", "group_head_office", company=other)
        checks = self.env["store.transfer.ledger.check"].with_user(stranger)
        check = checks.browse(checks.action_check_now()["res_id"])
        self.assertEqual(check.company_id, other)
        self.assertEqual(check.result, "0 transfers, 0 moves, 0 unexplained")
        with self.assertRaises(AccessError):
            self.check_ledger().with_user(stranger).check_access("read")

    def test_only_head_office_checks_and_reads(self):
        check = self.check_ledger()
        for user in (self.shop_staff, self.shop_approver, self.inventory_user):
            with self.subTest(user.login):
                with self.assertRefused("by head office", AccessError):
                    check.with_user(user).action_check_now()
                with self.assertRaises(AccessError):
                    check.with_user(user).read(["result"])
                with self.assertRaises(AccessError):
                    check.with_user(user).action_print()

    def test_nobody_writes_a_check(self):
        self.corrupt_line("received_quantity = 0")
        check = self.check_ledger()
        finding = check.finding_ids[:1]
        for record in (check, finding):
            with self.assertRaises(AccessError):
                record.with_user(self.head_office).unlink()
        with self.assertRaises(AccessError):
            check.with_user(self.head_office).write({"finding_count": 0})
