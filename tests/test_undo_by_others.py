from odoo.tests import tagged

from .common_discrepancies import SettledCase


@tagged("post_install", "-at_install")
class TestUndoByOthers(SettledCase):
    """A shipment is undone of which some was moved in the Inventory app."""

    def ship_serial(self):
        lamp = self._create_product("Tin Lamp", "TIN-001", tracking="serial")
        lot = self.env["stock.lot"].create({"name": "TL-1", "product_id": lamp.id})
        self._add_stock(self.ec, lamp, 1, lot=lot)
        return self.make_shipped_transfer({lamp: 1}), lot

    def undo(self, transfer):
        transfer.with_user(self.ec_staff).action_undo_shipment()
        self.assertLedger(transfer)

    def test_a_serial_number_that_was_counted_in_stock(self):
        transfer, lot = self.ship_serial()
        quant = (
            self.env["stock.quant"]
            .with_user(self.inventory_user)
            .with_context(inventory_mode=True)
            .create(
                {
                    "product_id": lot.product_id.id,
                    "location_id": self.ec.lot_stock_id.id,
                    "lot_id": lot.id,
                    "inventory_quantity": 1,
                }
            )
        )
        quant.action_apply_inventory()
        with self.assertRefused("TL-1 is in stock already, at EC/Stock"):
            self.undo(transfer)

    def test_a_receipt_by_hand(self):
        transfer, lot = self.ship_serial()
        customers = self.env.ref("stock.stock_location_customers")
        picking = (
            self.env["stock.picking"]
            .with_user(self.inventory_user)
            .create(
                {
                    "picking_type_id": self.ec.in_type_id.id,
                    "location_id": customers.id,
                    "location_dest_id": self.ec.lot_stock_id.id,
                }
            )
        )
        picking.move_line_ids.create(
            {
                "picking_id": picking.id,
                "product_id": lot.product_id.id,
                "quantity": 1,
                "lot_id": lot.id,
                "location_id": customers.id,
                "location_dest_id": self.ec.lot_stock_id.id,
            }
        )
        picking.button_validate()
        self.assertEqual(self.get_stock(self.ec, lot.product_id), 1)
        with self.assertRefused("TL-1 is in stock already, at EC/Stock"):
            self.undo(transfer)
