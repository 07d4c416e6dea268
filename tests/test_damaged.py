from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestDamaged(StoreTransferCase):
    """Damaged goods leave transit, and never enter sellable stock."""

    def count_damaged(self, transfer, good, damaged, user=None):
        """Count ``{product: quantity}`` of good and of damaged pieces, and submit."""
        user = user or self.shop_staff
        action = transfer.with_user(user).action_start_count()
        count = (
            self.env["store.transfer.count"].with_user(user).browse(action["res_id"])
        )
        for line in count.line_ids:
            line.write(
                {
                    "counted_quantity": good.get(line.product_id, 0),
                    "damaged_quantity": damaged.get(line.product_id, 0),
                }
            )
        count.action_submit()
        self.assertLedger(transfer)
        return count

    def get_quantity_in(self, location, product):
        quants = self.env["stock.quant"].sudo()
        return sum(
            quants.search(
                [("location_id", "=", location.id), ("product_id", "=", product.id)]
            ).mapped("quantity")
        )

    def make_damage_location(self):
        return self._create_location("Damaged", self.shop.view_location_id)

    def test_some_of_it_is_damaged(self):
        transfer = self.make_shipped_transfer()
        self.count_damaged(transfer, {self.tea: 7}, {self.tea: 3})
        line = transfer.line_ids
        self.assertEqual((line.received_quantity, line.damaged_quantity), (7, 3))
        self.assertEqual(self.get_stock(self.shop, self.tea), 7)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(line.short_quantity, 0)

    def test_all_of_it_is_damaged(self):
        transfer = self.make_shipped_transfer()
        self.count_damaged(transfer, {}, {self.tea: 10})
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 0)
        self.assertFalse(self.get_pickings(transfer, "incoming"))

    def test_some_is_damaged_and_some_is_missing(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 5})
        self.count_damaged(transfer, {self.tea: 5, self.mug: 5}, {self.tea: 2})
        self.assertEqual(transfer.state, "partial")
        self.assertEqual(transfer.in_transit_quantity, 3)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_the_store_has_a_place_for_it(self):
        location = self.make_damage_location()
        self.shop.with_user(self.head_office).transfer_damage_location_id = location
        transfer = self.make_shipped_transfer()
        self.count_damaged(transfer, {self.tea: 6}, {self.tea: 4})
        self.assertEqual(self.get_quantity_in(location, self.tea), 4)
        self.assertEqual(self.get_stock(self.shop, self.tea), 6)
        self.assertEqual(transfer.line_ids.received_quantity, 6)

    def test_the_place_is_not_where_goods_are_sold_from(self):
        shop = self.shop.with_user(self.head_office)
        for stock in (self.shop.lot_stock_id, self.ec.lot_stock_id):
            shelf = self._create_location("Shelf", stock)
            with self.assertRefused("can't be the damage location", ValidationError):
                shop.transfer_damage_location_id = shelf

    def test_nobody_puts_damaged_goods_to_where_goods_are_sold_from(self):
        location = self.make_damage_location()
        self.shop.with_user(self.head_office).transfer_damage_location_id = location
        other = self._create_location("Damaged Too", self.shop.view_location_id)
        transfer = self.make_shipped_transfer()
        self.count_damaged(transfer, {self.tea: 6}, {self.tea: 4})
        pickings = self.get_pickings(transfer, "incoming", "done")
        damaged = pickings.move_line_ids.filtered(
            lambda move_line: move_line.location_dest_id == location
        )
        with self.assertRefused("can't be changed here"):
            damaged.location_dest_id = self.shop.lot_stock_id
        damaged.location_dest_id = other
        self.assertLedger(transfer)
        self.assertEqual(self.get_quantity_in(other, self.tea), 4)

    def test_the_damaged_lot_leaves_transit(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": matcha.id} for name in ("M-1", "M-2")]
        )
        for lot in lots:
            self._add_stock(self.ec, matcha, 5, lot=lot)
        location = self.make_damage_location()
        self.shop.transfer_damage_location_id = location
        transfer = self.make_shipped_transfer({matcha: 10})
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        lines = count.with_user(self.shop_staff).line_ids.grouped("lot_id")
        lines[lots[0]].counted_quantity = 5
        lines[lots[1]].write({"counted_quantity": 1, "damaged_quantity": 2})
        count.with_user(self.shop_staff).action_submit()
        self.assertLedger(transfer)
        quants = self.env["stock.quant"].search(
            [("location_id", "=", location.id), ("product_id", "=", matcha.id)]
        )
        self.assertEqual([(quants.lot_id, quants.quantity)], [(lots[1], 2)])
        expected = self.get_pickings(transfer, "incoming").move_line_ids
        self.assertEqual([(expected.lot_id, expected.quantity)], [(lots[1], 2)])

    def test_a_third_party_brings_damaged_goods(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        transfer = self.make_transfer(
            user=self.shop_staff, kind="receipt", lines={self.tea: 10, matcha: 6}
        )
        self.submit(transfer, self.shop_staff)
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        lines = count.with_user(self.shop_staff).line_ids.grouped("product_id")
        lines[self.tea].write({"counted_quantity": 7, "damaged_quantity": 1})
        lines[matcha].write(
            {"counted_quantity": 4, "damaged_quantity": 2, "lot_name": "M-1"}
        )
        count.with_user(self.shop_staff).action_submit()
        self.assertLedger(transfer)
        tea, of_lots = transfer.line_ids
        self.assertEqual((tea.received_quantity, tea.damaged_quantity), (7, 1))
        self.assertEqual(tea.to_ship_quantity, 2)
        self.assertEqual((of_lots.received_quantity, of_lots.damaged_quantity), (4, 2))
        self.assertEqual(self.get_stock(self.shop, matcha), 4)
        self.assertEqual(transfer.state, "partial")

    def test_damaged_goods_returned_in_the_inventory_app(self):
        """What was not damaged after all is on its way again."""
        self.shop.transfer_damage_location_id = self.make_damage_location()
        transfer = self.make_shipped_transfer()
        self.count_damaged(transfer, {self.tea: 7}, {self.tea: 3})
        picking = self.get_gone(transfer)
        back = self.return_picking(picking.picking_id, 2)
        self.validate_picking(back)
        self.assertLedger(transfer)
        line = transfer.line_ids
        self.assertEqual((line.damaged_quantity, line.in_transit_quantity), (1, 2))
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 9)
