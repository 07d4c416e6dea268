from odoo.fields import Command
from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestInventoryApp(StoreTransferCase):
    """Steps taken in the Inventory app move the transfer on, and strand nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = ("confirmed", "waiting", "assigned", "partially_available")

    def make_approved_transfer(self, lines=None):
        transfer = self.make_transfer(lines=lines)
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def test_both_legs_validated_there(self):
        transfer = self.make_approved_transfer()
        self.validate_picking(self.get_pickings(transfer, "outgoing"))
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "in_transit")
        self.validate_picking(self.get_pickings(transfer, "incoming"))
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertTrue(transfer.arrival_date, "What was received has arrived")
        self.assertFalse(transfer.sudo().activity_ids)

    def test_a_count_that_was_overtaken_is_ended(self):
        transfer = self.make_shipped_transfer()
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        self.validate_picking(self.get_pickings(transfer, "incoming"))
        self.assertLedger(transfer)
        self.assertEqual(count.state, "cancelled")

    def test_dozens_in_the_detailed_operations(self):
        transfer = self.make_approved_transfer({self.tea: 24})
        picking = self.get_pickings(transfer, "outgoing")
        dozen = self.env.ref("uom.product_uom_dozen")
        picking.move_line_ids.write({"product_uom_id": dozen.id, "quantity": 2})
        self.ship(transfer, {self.tea: 12})
        self.assertEqual(transfer.in_transit_quantity, 12)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.received_quantity, 24)

    def test_a_resupply_between_warehouses_is_left_alone(self):
        """Plain Odoo may take from transit what never was put there."""
        picking = (
            self.env["stock.picking"]
            .with_user(self.inventory_user)
            .create(
                {
                    "picking_type_id": self.shop.in_type_id.id,
                    "location_id": self.transit.id,
                    "location_dest_id": self.shop.lot_stock_id.id,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": self.lamp.id,
                                "product_uom_qty": 5,
                                "location_id": self.transit.id,
                                "location_dest_id": self.shop.lot_stock_id.id,
                            }
                        )
                    ],
                }
            )
        )
        picking.action_confirm()
        picking.move_ids.quantity = 5
        self.validate_picking(picking)
        self.assertEqual(picking.state, "done")

    def test_outbound_in_part_with_backorder(self):
        transfer = self.make_approved_transfer()
        self.validate_picking(self.get_pickings(transfer, "outgoing"), {self.tea: 4})
        self.assertLedger(transfer)
        self.assertEqual(transfer.to_ship_quantity, 6)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_outbound_in_part_without_backorder(self):
        """What will not be shipped is closed, and the destination stops waiting."""
        transfer = self.make_approved_transfer({self.tea: 10, self.mug: 6})
        self.validate_picking(
            self.get_pickings(transfer, "outgoing"), {self.tea: 4}, backorder=False
        )
        self.assertLedger(transfer)
        self.assertEqual(transfer.line_ids.mapped("closed_quantity"), [6, 6])
        self.assertEqual(self.get_open_quantities(transfer, "incoming"), [4])
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_inbound_in_part_without_backorder(self):
        """What is still in transit gets a new document by itself."""
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 6})
        self.validate_picking(
            self.get_pickings(transfer, "incoming"), {self.tea: 4}, backorder=False
        )
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "partial")
        self.assertEqual(transfer.in_transit_quantity, 12)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.mug), 6)

    def test_inbound_backorder_cancelled(self):
        transfer = self.make_shipped_transfer()
        self.validate_picking(self.get_pickings(transfer, "incoming"), {self.tea: 4})
        self.assertLedger(transfer)
        self.get_pickings(transfer, "incoming").action_cancel()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "partial")
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_outbound_cancelled_cancels_the_transfer(self):
        transfer = self.make_approved_transfer()
        self.get_pickings(transfer, "outgoing").action_cancel()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "cancelled")
        self.assertFalse(self.get_pickings(transfer, "incoming"))
        self.assertFalse(transfer.sudo().activity_ids)

    def test_outbound_backorder_cancelled(self):
        transfer = self.make_approved_transfer()
        self.validate_picking(self.get_pickings(transfer, "outgoing"), {self.tea: 4})
        self.get_pickings(transfer, "outgoing").action_cancel()
        self.assertLedger(transfer)
        self.assertEqual(transfer.line_ids.closed_quantity, 6)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_inbound_cancelled_before_shipping_comes_again(self):
        transfer = self.make_approved_transfer()
        self.get_pickings(transfer, "incoming").action_cancel()
        self.assertLedger(transfer)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_outbound_returned_before_arrival(self):
        """The source takes four back; the destination expects four less."""
        transfer = self.make_shipped_transfer()
        outbound = self.get_pickings(transfer, "outgoing", "done")
        back = self.return_picking(outbound, 4)
        self.assertLedger(transfer)
        self.validate_picking(back)
        self.assertLedger(transfer)
        line = transfer.line_ids
        self.assertEqual((line.returned_quantity, line.in_transit_quantity), (4, 6))
        self.assertEqual(self.get_stock(self.ec, self.tea), 94)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(line.received_quantity, 6)

    def test_all_of_it_returned_before_arrival(self):
        transfer = self.make_shipped_transfer()
        back = self.return_picking(self.get_pickings(transfer, "outgoing", "done"), 10)
        self.validate_picking(back)
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertFalse(self.get_pickings(transfer, "incoming", *self.open))

    def test_inbound_returned_goes_back_to_the_source(self):
        """What the shop sends back is received by the source, on a picking for it."""
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        back = self.return_picking(self.get_pickings(transfer, "incoming", "done"), 3)
        self.validate_picking(back)
        self.assertLedger(transfer)
        line = transfer.line_ids
        self.assertEqual((line.received_quantity, line.in_transit_quantity), (7, 3))
        receipt = self.get_pickings(transfer, "incoming")
        self.assertEqual(receipt.location_dest_id, self.ec.lot_stock_id)
        self.validate_picking(receipt)
        self.assertLedger(transfer)
        self.assertEqual(line.returned_quantity, 3)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.ec, self.tea), 93)

    def test_scrapped_in_transit_is_damaged(self):
        transfer = self.make_shipped_transfer()
        outbound = self.get_pickings(transfer, "outgoing", "done")
        scrap = (
            self.env["stock.scrap"]
            .with_user(self.inventory_user)
            .create(
                {
                    "product_id": self.tea.id,
                    "scrap_qty": 2,
                    "picking_id": outbound.id,
                    "location_id": self.transit.id,
                    "company_id": self.company.id,
                }
            )
        )
        scrap.do_scrap()
        self.assertLedger(transfer)
        self.assertEqual(transfer.line_ids.damaged_quantity, 2)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_shipping_more_than_asked_is_refused(self):
        transfer = self.make_approved_transfer()
        picking = self.get_pickings(transfer, "outgoing")
        with self.assertRefused("more .*Oolong Tea would be moved"):
            self.validate_picking(picking, {self.tea: 12})

    def test_receiving_more_than_shipped_is_refused(self):
        transfer = self.make_approved_transfer()
        self.ship(transfer, {self.tea: 4})
        picking = self.get_pickings(transfer, "incoming")
        with self.assertRefused("would arrive than was shipped"):
            self.validate_picking(picking, {self.tea: 5})

    def test_correcting_a_done_shipment(self):
        """Unlock and edit: less left than was noted."""
        transfer = self.make_shipped_transfer()
        outbound = self.get_pickings(transfer, "outgoing", "done")
        outbound.move_line_ids.quantity = 8
        self.assertLedger(transfer)
        line = transfer.line_ids
        self.assertEqual((line.shipped_quantity, line.closed_quantity), (8, 2))
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_correcting_a_done_shipment_below_what_was_received_is_refused(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        outbound = self.get_pickings(transfer, "outgoing", "done")
        with self.assertRefused("would arrive than was shipped"):
            outbound.move_line_ids.quantity = 8

    def test_correcting_a_done_receipt(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        inbound = self.get_pickings(transfer, "incoming", "done")
        inbound.move_line_ids.quantity = 7
        self.assertLedger(transfer)
        self.assertEqual(transfer.in_transit_quantity, 3)
        self.assertEqual(transfer.state, "partial")
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_a_product_added_by_hand_is_refused(self):
        transfer = self.make_approved_transfer()
        picking = self.get_pickings(transfer, "outgoing")
        picking.move_ids.picked = True
        self.env["stock.move.line"].with_user(self.inventory_user).create(
            {
                "picking_id": picking.id,
                "product_id": self.mug.id,
                "quantity": 1,
                "location_id": self.ec.lot_stock_id.id,
                "location_dest_id": self.transit.id,
                "picked": True,
            }
        )
        with self.assertRefused("Clay Mug is not on store transfer"):
            picking.button_validate()

    def test_demand_is_not_changed_behind_the_transfer(self):
        transfer = self.make_approved_transfer()
        picking = self.get_pickings(transfer, "outgoing")
        with self.assertRefused("its Demand can't be changed here"):
            picking.move_ids.product_uom_qty = 20

    def test_pickings_of_a_transfer_are_not_deleted(self):
        transfer = self.make_approved_transfer()
        with self.assertRefused("Cancel the transfer instead"):
            self.get_pickings(transfer, "outgoing").unlink()

    def test_a_duplicate_is_no_part_of_the_transfer(self):
        transfer = self.make_approved_transfer()
        copy = self.get_pickings(transfer, "outgoing").copy()
        self.assertFalse(copy.transfer_id)
        self.assertFalse(copy.move_ids.transfer_line_id)
        self.assertLedger(transfer)

    def test_other_pickings_are_left_alone(self):
        picking = (
            self.env["stock.picking"]
            .with_user(self.inventory_user)
            .create(
                {
                    "picking_type_id": self.ec.int_type_id.id,
                    "location_id": self.ec.lot_stock_id.id,
                    "location_dest_id": self.shop.lot_stock_id.id,
                    "move_ids": [
                        (
                            0,
                            0,
                            {
                                "product_id": self.tea.id,
                                "product_uom_qty": 5,
                                "location_id": self.ec.lot_stock_id.id,
                                "location_dest_id": self.shop.lot_stock_id.id,
                            },
                        )
                    ],
                }
            )
        )
        picking.action_confirm()
        picking.move_ids.product_uom_qty = 7
        picking.action_assign()
        self.validate_picking(picking)
        self.assertEqual(picking.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 7)
