from odoo.fields import Command
from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestBetweenStores(StoreTransferCase):
    """From creation to done, between two stores."""

    def test_whole_life_with_a_partial_count_between(self):
        """EC sends tea and mugs; three mugs come a day late."""
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 6})
        self.assertEqual(transfer.state, "draft")
        self.submit(transfer)
        self.assertEqual(transfer.state, "waiting")
        self.approve(transfer)
        self.assertEqual(transfer.state, "approved")
        self.assertEqual(transfer.to_ship_quantity, 16)
        self.ship(transfer)
        self.assertEqual(transfer.state, "in_transit")
        self.assertEqual(self.get_stock(self.ec, self.tea), 90)
        self.confirm_arrival(transfer)
        self.assertEqual(transfer.state, "arrived")
        self.assertEqual(transfer.arrival_user_id, self.shop_staff)
        self.count(transfer, {self.tea: 10, self.mug: 3})
        self.assertEqual(transfer.state, "partial")
        self.assertEqual(self.get_stock(self.shop, self.mug), 3)
        self.assertEqual(transfer.line_ids.mapped("short_quantity"), [0, 3])
        backorder = self.get_pickings(transfer, "incoming")
        self.assertEqual(backorder.move_ids.product_qty, 3)
        self.assertTrue(backorder.backorder_id)
        self.count(transfer, {self.mug: 3})
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.mug), 6)

    def test_pickings_are_real_chained_and_reserved(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.assertFalse(transfer.sudo().picking_ids)
        self.approve(transfer)
        outbound = self.get_pickings(transfer, "outgoing")
        inbound = self.get_pickings(transfer, "incoming")
        self.assertEqual(outbound.picking_type_id, self.ec.transfer_out_type_id)
        self.assertEqual(inbound.picking_type_id, self.shop.transfer_in_type_id)
        self.assertEqual(outbound.state, "assigned")
        self.assertEqual(inbound.state, "waiting")
        self.assertEqual(outbound.location_dest_id, self.transit)
        self.assertEqual(inbound.location_id, self.transit)
        self.assertEqual(outbound.move_ids.move_dest_ids, inbound.move_ids)
        line = transfer.line_ids
        self.assertEqual(line.source_free_quantity, 90, "Ten are reserved")

    def test_everything_came_is_one_press(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 6})
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertTrue(transfer.arrival_date)
        self.assertEqual(transfer.received_quantity, 16)

    def test_starting_a_count_confirms_the_arrival(self):
        transfer = self.make_shipped_transfer()
        transfer.with_user(self.shop_staff).action_start_count()
        self.assertEqual(transfer.state, "arrived")
        self.assertEqual(transfer.arrival_user_id, self.shop_staff)

    def test_a_count_can_be_left_and_taken_up_by_somebody_else(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 6})
        first = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(first["res_id"])
        lines = count.with_user(self.shop_staff).line_ids
        lines.filtered(lambda line: line.product_id == self.tea).counted_quantity = 10
        again = transfer.with_user(self.shop_approver).action_start_count()
        self.assertEqual(again["res_id"], count.id)
        count.with_user(self.shop_approver).action_submit()
        self.assertLedger(transfer)
        self.assertEqual(count.user_id, self.shop_approver)
        self.assertEqual(transfer.received_quantity, 10)
        self.assertEqual(transfer.state, "partial")

    def test_nothing_came_at_all(self):
        """A count of zeros is a count: the goods stay expected."""
        transfer = self.make_shipped_transfer()
        self.count(transfer, {})
        self.assertEqual(transfer.state, "partial")
        self.assertEqual(transfer.in_transit_quantity, 10)
        self.count(transfer, {self.tea: 10})
        self.assertEqual(transfer.state, "done")

    def test_approve_less(self):
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 6})
        self.submit(transfer)
        self.approve_less(transfer, {self.tea: 4, self.mug: 0})
        tea, mug = transfer.line_ids
        self.assertEqual((tea.to_ship_quantity, tea.not_approved_quantity), (4, 6))
        self.assertEqual((mug.to_ship_quantity, mug.not_approved_quantity), (0, 6))
        self.assertEqual(sum(transfer.line_ids.mapped("closed_quantity")), 0)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(tea.received_quantity, 4)

    def test_ship_a_part_and_the_rest_later(self):
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 6})
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 4, self.mug: 0})
        self.assertEqual(transfer.state, "in_transit")
        self.assertEqual(transfer.to_ship_quantity, 12)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "partial")
        self.ship(transfer)
        self.assertEqual(transfer.in_transit_quantity, 12)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_ship_a_part_and_close_the_rest(self):
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 6})
        self.submit(transfer)
        self.approve(transfer)
        reason = self.env.ref("store_transfer.reason_out_of_stock")
        self.ship(
            transfer,
            {self.tea: 4, self.mug: 0},
            user=self.ec_approver,
            rest="close",
            reason_id=reason.id,
        )
        self.assertEqual(transfer.state, "in_transit")
        self.assertEqual(transfer.line_ids.mapped("closed_quantity"), [6, 6])
        self.assertEqual(transfer.line_ids.close_reason_id, reason)
        self.assertEqual(self.get_open_quantities(transfer, "incoming"), [4])
        self.assertEqual(self.get_free(self.ec, self.mug), 100, "Nothing reserved")
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_close_the_rest_later(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 4})
        self.receive_all(transfer)
        self.close_rest(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(transfer.line_ids.closed_quantity, 6)

    def test_closing_before_anything_left_ends_the_transfer(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.close_rest(transfer)
        self.assertEqual(transfer.state, "cancelled")
        self.assertFalse(self.get_pickings(transfer, "incoming"))

    def test_closing_needs_a_reason(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        wizard = self.open_wizard(
            transfer, self.ec_approver, "action_open_ship", rest="close"
        )
        wizard.line_ids.quantity = 4
        with self.assertRefused("Choose why"):
            wizard.action_ship()
        self.assertEqual(transfer.state, "approved")

    def test_stock_that_comes_after_approval_can_be_shipped(self):
        transfer = self.make_transfer(lines={self.lamp: 130})
        self.submit(transfer)
        self.approve(transfer)
        self._add_stock(self.ec, self.lamp, 50)
        self.ship(transfer)
        self.assertEqual(transfer.shipped_quantity, 130)

    def test_reject_tells_why_and_can_be_reset(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.reject(transfer, note="No room until Monday")
        self.assertEqual(transfer.state, "rejected")
        self.assertEqual(transfer.reason_note, "No room until Monday")
        note = self.env["mail.message"].search(
            [("notified_partner_ids", "in", self.ec_staff.partner_id.ids)], limit=1
        )
        self.assertIn("No room until Monday", note.body)
        transfer.with_user(self.ec_staff).action_reset()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "draft")
        self.assertFalse(transfer.reason_id)
        self.submit(transfer)
        self.approve(transfer)

    def test_cancel_frees_what_was_reserved(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.assertEqual(self.get_free(self.ec, self.tea), 90)
        transfer.with_user(self.ec_staff).action_cancel()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "cancelled")
        self.assertEqual(self.get_free(self.ec, self.tea), 100)
        self.assertEqual(set(transfer.sudo().picking_ids.mapped("state")), {"cancel"})

    def test_what_was_reserved_is_sold(self):
        """Odoo takes it from the transfer, and reserves no more than what is left."""
        transfer = self.make_transfer(lines={self.tea: 100})
        self.submit(transfer)
        self.approve(transfer)
        sale = self.sell(self.ec, self.tea, 30)
        self.assertEqual(sale.state, "done")
        to_ship = self.get_pickings(transfer, "outgoing")
        self.assertEqual(to_ship.move_ids.quantity, 70)
        self.assertEqual(self.get_stock(self.ec, self.tea), 70)
        self.assertEqual(self.get_free(self.ec, self.tea), 0)

    def sell(self, store, product, quantity):
        """Deliver so much, even if it is reserved, as an inventory user."""
        pickings = self.env["stock.picking"].with_user(self.inventory_user)
        sale = pickings.create(
            {
                "picking_type_id": store.out_type_id.id,
                "move_ids": [
                    Command.create(
                        {"product_id": product.id, "product_uom_qty": quantity}
                    )
                ],
            }
        )
        sale.action_confirm()
        self.validate_picking(sale, {product: quantity})
        return sale

    def test_pull_is_approved_by_the_source(self):
        """The shop asks for tea; one approval is enough, and it is the source's."""
        transfer = self.make_transfer(user=self.shop_staff, initiator="destination")
        self.submit(transfer, self.shop_staff)
        self.assertTrue(transfer.with_user(self.ec_approver).can_approve)
        self.assertFalse(transfer.with_user(self.shop_approver).can_approve)
        self.approve(transfer, self.ec_approver)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_approve_and_confirm_arrival_of_many_at_once(self):
        first = self.make_transfer()
        second = self.make_transfer(lines={self.mug: 3, self.lamp: 2})
        both = first | second
        self.submit(both)
        self.approve(both)
        self.ship(first)
        self.ship(second)
        self.confirm_arrival(both)
        self.assertEqual(set(both.mapped("state")), {"arrived"})

    def test_activities_go_to_whose_turn_it_is(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.assertEqual(self._get_users_whose_turn_it_is(transfer), self.shop_approver)
        self.approve(transfer)
        self.assertEqual(
            self._get_users_whose_turn_it_is(transfer),
            self.ec_staff | self.ec_approver,
        )
        self.ship(transfer)
        self.assertEqual(
            self._get_users_whose_turn_it_is(transfer),
            self.shop_staff | self.shop_approver,
        )
        self.receive_all(transfer)
        self.assertFalse(transfer.sudo().activity_ids)

    def test_head_office_stands_in_for_a_store_without_approver(self):
        transfer = self.make_transfer(destination_store_id=self.shop_south.id)
        self.submit(transfer)
        self.assertIn(self.head_office, self._get_users_whose_turn_it_is(transfer))
        self.approve(transfer, self.head_office)
        self.assertEqual(transfer.state, "approved")

    def test_states_are_tracked(self):
        self.env = self.env(context={"tracking_disable": False})
        transfer = self.make_transfer()
        self.flush_tracking()
        self.submit(transfer)
        self.flush_tracking()
        values = transfer.sudo().message_ids.tracking_value_ids
        self.assertIn("To Approve", values.mapped("new_value_char"))

    def _get_users_whose_turn_it_is(self, transfer):
        return transfer.sudo().activity_ids.user_id
