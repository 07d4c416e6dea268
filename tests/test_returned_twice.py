from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestReturnedTwice(StoreTransferCase):
    """Returns of a transfer's pickings, one after the other, and returns of returns."""

    def take_back(self, transfer):
        transfer.with_user(self.ec_staff).action_take_back()
        self.assertLedger(transfer)

    def return_done(self, transfer, code, quantity):
        """Return some of the last done picking of a leg; the return is done, too."""
        pickings = self.get_pickings(transfer, code, "done")
        picking = pickings.filtered(lambda each: not each.return_id)[:1]
        return self.return_of(transfer, picking, quantity)

    def return_of(self, transfer, picking, quantity):
        back = self.return_picking(picking, quantity)
        self.assertLedger(transfer)
        self.validate_picking(back)
        self.assertLedger(transfer)
        return back

    def count_as_come(self, transfer, quantity):
        self.count(transfer, {self.tea: quantity})

    def test_on_the_way_first_then_from_the_shop(self):
        transfer = self.make_shipped_transfer()
        self.return_done(transfer, "outgoing", 2)
        self.receive_all(transfer)
        self.assertEqual(transfer.received_quantity, 8)
        self.return_of(transfer, self.get_received(transfer), 3)
        self.assertEqual(transfer.line_ids._get_quantity_to_take_back(), 3)
        self.assertFalse(transfer.with_user(self.shop_staff).can_count)
        self.take_back(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(transfer.line_ids.returned_quantity, 5)
        self.assertEqual(self.get_stock(self.ec, self.tea), 95)
        self.assertEqual(self.get_stock(self.shop, self.tea), 5)

    def test_from_the_shop_first_then_on_the_way(self):
        transfer = self.make_shipped_transfer()
        self.count_as_come(transfer, 6)
        self.return_of(transfer, self.get_received(transfer), 3)
        self.return_done(transfer, "outgoing", 2)
        self.assertEqual(transfer.line_ids._get_quantity_to_take_back(), 3)
        self.assertEqual(transfer.line_ids._get_quantity_to_receive(), 2)
        self.take_back(transfer)
        self.assertEqual(transfer.line_ids.returned_quantity, 5)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 5)

    def test_some_of_it_is_taken_back(self):
        transfer = self.make_shipped_transfer()
        self.return_done(transfer, "outgoing", 2)
        self.receive_all(transfer)
        self.return_of(transfer, self.get_received(transfer), 3)
        self.validate_picking(self.get_pickings(transfer, "incoming"), {self.tea: 1})
        self.assertLedger(transfer)
        self.assertEqual(transfer.line_ids._get_quantity_to_take_back(), 2)
        self.take_back(transfer)
        self.assertEqual(transfer.state, "done")

    def test_each_lot_goes_back_where_it_belongs(self):
        product = self._create_product("Green Tea", "TEA-LOT", tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": product.id} for name in ("A", "B")]
        )
        for lot in lots:
            self._add_stock(self.ec, product, 5, lot=lot)
        transfer = self.make_shipped_transfer(lines={product: 10})
        back = self.return_picking(self.get_pickings(transfer, "outgoing", "done"), 2)
        self.validate_picking(back)
        self.assertLedger(transfer)
        self.receive_all(transfer)
        back = self.return_picking(self.get_received(transfer), 3)
        sent_back = back.move_line_ids.grouped("lot_id")
        self.validate_picking(back)
        self.assertLedger(transfer)
        taken = transfer.sudo()._get_open_moves("take_back").move_line_ids
        self.assertEqual(
            {lot: sum(lines.mapped("quantity")) for lot, lines in sent_back.items()},
            {
                lot: sum(lines.mapped("quantity"))
                for lot, lines in taken.grouped("lot_id").items()
            },
        )
        self.take_back(transfer)
        self.assertEqual(transfer.state, "done")

    def test_what_was_taken_back_is_sent_again(self):
        """A return of the return: the shop expects it once more."""
        transfer = self.make_shipped_transfer()
        back = self.return_done(transfer, "outgoing", 4)
        self.return_of(transfer, back, 3)
        line = transfer.line_ids
        self.assertEqual((line.returned_quantity, line.in_transit_quantity), (1, 9))
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 9)
        self.assertEqual(self.get_stock(self.ec, self.tea), 91)

    def test_what_the_source_took_back_is_sent_again(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        self.return_of(transfer, self.get_received(transfer), 5)
        self.take_back(transfer)
        taken = self.get_pickings(transfer, "incoming", "done").filtered(
            lambda picking: picking.location_dest_id == self.ec.lot_stock_id
        )
        again = self.return_of(transfer, taken, 2)
        self.assertEqual(transfer.line_ids._get_quantity_to_take_back(), 0)
        self.return_of(transfer, again, 1)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        line = transfer.line_ids
        self.assertEqual((line.received_quantity, line.returned_quantity), (6, 4))

    def test_what_the_shop_sent_back_comes_again(self):
        """A return of the shop's return, while more is on its way to the shop."""
        transfer = self.make_shipped_transfer()
        self.count_as_come(transfer, 6)
        back = self.return_of(transfer, self.get_received(transfer), 3)
        again = self.return_of(transfer, back, 2)
        line = transfer.line_ids
        self.assertEqual(line._get_quantity_to_take_back(), 1)
        self.assertEqual(line._get_quantity_to_receive(), 4)
        self.return_of(transfer, again, 1)
        self.assertEqual(line._get_quantity_to_take_back(), 2)
        self.take_back(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual((line.received_quantity, line.returned_quantity), (8, 2))

    def test_more_than_was_taken_back_is_not_sent_again(self):
        transfer = self.make_shipped_transfer()
        back = self.return_done(transfer, "outgoing", 4)
        again = self.return_picking(back, 5)
        with self.assertRefused("sent again than was taken back"):
            self.validate_picking(again, {self.tea: 5})
        again.action_cancel()
        self.assertLedger(transfer)

    def test_scrapped_on_its_way_back_is_not_taken_from_the_next_shipment(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 5})
        self.receive_all(transfer)
        self.return_of(transfer, self.get_received(transfer), 5)
        self.env["stock.scrap"].with_user(self.inventory_user).create(
            {
                "product_id": self.tea.id,
                "scrap_qty": 5,
                "picking_id": self.get_pickings(transfer, "outgoing", "done")[:1].id,
                "location_id": self.transit.id,
                "company_id": self.company.id,
            }
        ).do_scrap()
        self.assertLedger(transfer)
        self.ship(transfer)
        self.assertEqual(transfer.line_ids._get_quantity_to_receive(), 5)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_a_third_party_brings_again_what_went_back(self):
        transfer = self.make_transfer(kind="receipt", destination_store_id=self.ec.id)
        self.submit(transfer)
        picking = self.get_pickings(transfer, "incoming")
        self.validate_picking(picking)
        self.assertLedger(transfer)
        back = self.return_of(transfer, picking, 4)
        self.return_of(transfer, back, 3)
        line = transfer.line_ids
        self.assertEqual((line.received_quantity, line.returned_quantity), (9, 1))
        self.assertEqual(self.get_stock(self.ec, self.tea), 109)

    def get_received(self, transfer):
        return self.get_pickings(transfer, "incoming", "done").filtered(
            lambda picking: picking.location_dest_id == self.shop.lot_stock_id
        )[:1]
