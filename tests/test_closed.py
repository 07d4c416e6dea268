from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestClosed(StoreTransferCase):
    """What is closed is written when it is closed; so the ledger can be compared."""

    def make_approved_transfer(self, lines=None, **values):
        transfer = self.make_transfer(lines=lines, **values)
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def make_receipt(self, lines=None):
        transfer = self.make_transfer(self.shop_staff, lines, kind="receipt")
        self.submit(transfer, self.shop_staff)
        return transfer

    def assert_closed(self, transfer, *quantities):
        lines = transfer.line_ids
        self.assertEqual(lines.mapped("closed_quantity"), list(quantities))

    def test_nobody_writes_it_by_hand(self):
        line = self.make_transfer().line_ids.with_user(self.ec_staff)
        with self.assertRaises(AccessError):
            line.closed_quantity = 1

    def test_units_that_are_nowhere_stop_everything(self):
        """Something unknown made the shipment less: the next step finds out."""
        transfer = self.make_approved_transfer()
        self.ship(transfer, {self.tea: 4})
        moves = transfer.sudo()._get_open_moves("ship")
        moves.flush_recordset()
        self.cr.execute(
            "UPDATE stock_move SET product_uom_qty = 5, product_qty = 5 WHERE id = %s",
            moves.ids,
        )
        transfer.line_ids.move_ids.invalidate_recordset()
        self.env.add_to_compute(
            transfer.line_ids._fields["to_ship_quantity"], transfer.line_ids
        )
        with self.assertRefused("10 Units of .* asked for, and 9 Units are accounted"):
            self.receive_all(transfer)
        with self.assertRaises(AssertionError):
            self.assertLedger(transfer)

    def test_what_was_not_approved_is_not_closed_after_approval(self):
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 6})
        self.submit(transfer)
        self.approve_less(transfer, {self.tea: 4})
        self.assert_closed(transfer, 0, 0)
        self.assertEqual(transfer.line_ids.mapped("not_approved_quantity"), [6, 0])
        self.close_rest(transfer)
        self.assert_closed(transfer, 4, 6)

    def test_no_more_leaves_than_was_approved(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve_less(transfer, {self.tea: 4})
        picking = self.get_pickings(transfer, "outgoing")
        with self.assertRefused("would be moved than the 4 Units that were approved"):
            self.validate_picking(picking, {self.tea: 5})

    def test_cancelled_before_and_after_approval(self):
        draft = self.make_transfer()
        draft.with_user(self.ec_staff).action_cancel()
        self.assertLedger(draft)
        self.assert_closed(draft, 10)
        approved = self.make_approved_transfer()
        approved.with_user(self.ec_staff).action_cancel()
        self.assertLedger(approved)
        self.assert_closed(approved, 10)

    def test_rejected_and_approved_after_all(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.reject(transfer)
        self.assertEqual(transfer.line_ids.not_approved_quantity, 10)
        transfer.with_user(self.ec_staff).action_reset()
        self.assertLedger(transfer)
        self.submit(transfer)
        self.approve(transfer)
        self.assert_closed(transfer, 0)

    def test_left_out_of_a_shipment(self):
        transfer = self.make_approved_transfer({self.tea: 10, self.mug: 6})
        picking = self.get_pickings(transfer, "outgoing")
        self.validate_picking(picking, {self.tea: 4}, backorder=False)
        self.assertLedger(transfer)
        self.assert_closed(transfer, 6, 6)

    def test_what_was_closed_is_shipped_after_all(self):
        """A correction of what was noted, there and back, and no further."""
        transfer = self.make_shipped_transfer()
        move_line = self.get_pickings(transfer, "outgoing", "done").move_line_ids
        move_line.quantity = 8
        self.assertLedger(transfer)
        self.assert_closed(transfer, 2)
        move_line.quantity = 10
        self.assertLedger(transfer)
        self.assert_closed(transfer, 0)
        with self.assertRefused("would be moved than the 10 Units"):
            move_line.quantity = 11

    def test_a_second_line_of_a_done_shipment(self):
        transfer = self.make_shipped_transfer()
        move = self.get_pickings(transfer, "outgoing", "done").move_ids
        move.move_line_ids.quantity = 7
        move.move_line_ids.copy({"quantity": 2})
        self.assertLedger(transfer)
        self.assert_closed(transfer, 1)

    def test_a_third_party_brings_less(self):
        transfer = self.make_receipt({self.tea: 10, self.mug: 6})
        self.count(transfer, {self.tea: 4, self.mug: 6})
        self.assert_closed(transfer, 0, 0)
        self.close_rest(transfer, self.shop_approver)
        self.assert_closed(transfer, 6, 0)
        self.assertEqual(transfer.state, "done")

    def test_a_third_party_brings_less_and_it_is_settled(self):
        transfer = self.make_receipt()
        self.count(transfer, {self.tea: 4})
        self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_settle",
            reason_id=self.env.ref("store_transfer.reason_stolen").id,
        ).action_settle()
        self.assertLedger(transfer)
        self.assert_closed(transfer, 6)
        self.assertEqual(transfer.state, "done")

    def test_damaged_goods_of_a_third_party_close_nothing(self):
        transfer = self.make_receipt()
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        line = count.with_user(self.shop_staff).line_ids
        line.write({"counted_quantity": 7, "damaged_quantity": 3})
        count.with_user(self.shop_staff).action_submit()
        self.assertLedger(transfer)
        self.assert_closed(transfer, 0)
        damaged = transfer.sudo().line_ids._get_moves_of_flows(("damaged",))
        damaged.move_line_ids.with_user(self.inventory_user).quantity = 2
        self.assertLedger(transfer)
        self.assert_closed(transfer, 1)

    def test_old_lines_get_what_they_closed(self):
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 6})
        self.submit(transfer)
        self.approve_less(transfer, {self.tea: 7})
        self.ship(transfer, {self.tea: 5, self.mug: 6})
        self.close_rest(transfer)
        cancelled = self.make_transfer()
        cancelled.with_user(self.ec_staff).action_cancel()
        rejected = self.make_transfer()
        self.submit(rejected)
        self.reject(rejected)
        lines = (transfer | cancelled | rejected).line_ids
        closed = lines.mapped("closed_quantity")
        not_approved = lines.mapped("not_approved_quantity")
        self.assertEqual(sorted(closed), [0, 0, 2, 10])
        self.assertEqual(sorted(not_approved), [0, 0, 3, 10])
        self.env.flush_all()
        self.cr.execute(
            "UPDATE store_transfer_line SET not_approved_quantity = NULL, "
            "closed_quantity = COALESCE(closed_quantity, 0) + not_approved_quantity"
        )
        self.run_migration("19.0.1.2.0/pre-closed.py")
        lines.invalidate_recordset()
        self.assertEqual(lines.mapped("closed_quantity"), closed)
        self.assertEqual(lines.mapped("not_approved_quantity"), not_approved)
        self.assertLedger(transfer | cancelled | rejected)
