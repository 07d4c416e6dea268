from odoo.tests import tagged

from .common_discrepancies import DiscrepancyCase


@tagged("post_install", "-at_install")
class TestPickedInTransit(DiscrepancyCase):
    """What was ticked as picked, and leaves transit in another way, is set free.

    Odoo itself leaves alone what is picked, whoever takes it away.
    """

    def make_sent(self, tracking):
        """Ship ten pieces: of no lot, of two lots, or with serial numbers."""
        product = self._create_product("Kettle", f"KTL-{tracking}", tracking=tracking)
        names = {"none": [], "lot": "AB", "serial": "ABCDEFGHIJ"}[tracking]
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": product.id} for name in names]
        )
        for lot in lots or [lots]:
            self._add_stock(self.ec, product, 10 / (len(lots) or 1), lot=lot)
        return self.make_shipped_transfer(lines={product: 10})

    def pick(self, picking):
        picking.with_user(self.inventory_user).move_ids.picked = True

    def get_reserved(self, picking):
        """Return what is reserved and picked, by the name of the lot."""
        lines = picking.move_line_ids
        self.assertTrue(all(lines.mapped("picked")))
        return {line.lot_id.name: line.quantity for line in lines}

    def scrap(self, transfer, quantity, lot=None):
        outbound = self.get_pickings(transfer, "outgoing", "done")
        self.env["stock.scrap"].with_user(self.inventory_user).create(
            {
                "product_id": transfer.line_ids.product_id.id,
                "scrap_qty": quantity,
                "lot_id": lot and lot.id,
                "picking_id": outbound.id,
                "location_id": self.transit.id,
                "company_id": self.company.id,
            }
        ).action_validate()
        self.assertLedger(transfer)

    def get_first_lot(self, picking):
        return picking.move_line_ids.lot_id.sorted("name")[:1]

    def make_picked_return(self, tracking):
        """Return four of ten pieces on their way; they are picked already."""
        transfer = self.make_sent(tracking)
        outbound = self.get_pickings(transfer, "outgoing", "done")
        back = self.return_picking(outbound, 4)
        self.pick(back)
        return transfer, back

    def make_picked_receipt(self, tracking):
        transfer = self.make_sent(tracking)
        inbound = self.get_pickings(transfer, "incoming")
        self.pick(inbound)
        return transfer, inbound

    def assertReceives(self, transfer, quantity):
        self.receive_all(transfer)
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(transfer.received_quantity, quantity)

    def test_a_serial_number_is_scrapped_on_its_way_back(self):
        transfer, back = self.make_picked_return("serial")
        self.scrap(transfer, 1, self.get_first_lot(back))
        self.assertEqual(self.get_reserved(back), dict.fromkeys("BCD", 1))
        self.validate_picking(back)
        self.assertReceives(transfer, 6)

    def test_some_of_a_lot_is_scrapped_on_its_way_back(self):
        transfer, back = self.make_picked_return("lot")
        self.scrap(transfer, 3, self.get_first_lot(back))
        self.assertEqual(self.get_reserved(back), {"A": 2})
        self.validate_picking(back)
        self.assertReceives(transfer, 5)

    def test_untracked_goods_are_scrapped_on_their_way_back(self):
        transfer, back = self.make_picked_return("none")
        self.scrap(transfer, 8)
        self.assertEqual(self.get_reserved(back), {False: 2})
        self.validate_picking(back)
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")

    def test_a_serial_number_is_scrapped_on_its_way_to_the_shop(self):
        transfer, inbound = self.make_picked_receipt("serial")
        self.scrap(transfer, 1, self.get_first_lot(inbound))
        self.assertEqual(self.get_reserved(inbound), dict.fromkeys("BCDEFGHIJ", 1))
        self.assertReceives(transfer, 9)

    def test_some_of_a_lot_is_scrapped_on_its_way_to_the_shop(self):
        transfer, inbound = self.make_picked_receipt("lot")
        self.scrap(transfer, 3, self.get_first_lot(inbound))
        self.assertEqual(self.get_reserved(inbound), {"A": 2, "B": 5})
        self.assertReceives(transfer, 7)

    def test_untracked_goods_are_scrapped_on_their_way_to_the_shop(self):
        transfer, inbound = self.make_picked_receipt("none")
        self.scrap(transfer, 3)
        self.assertEqual(self.get_reserved(inbound), {False: 7})
        self.assertReceives(transfer, 7)

    def test_goods_are_lost(self):
        for tracking in ("none", "lot"):
            with self.subTest(tracking):
                transfer = self.make_sent(tracking)
                inbound = self.get_pickings(transfer, "incoming")
                self.validate_picking(inbound, {inbound.product_id: 7})
                self.count(transfer, {})
                self.pick(self.get_pickings(transfer, "incoming"))
                self.settle(transfer, "lost", quantity=2)
                self.assertReceives(transfer, 8)

    def test_less_had_been_shipped(self):
        """Somebody corrects the done shipment."""
        for tracking in ("none", "lot", "serial"):
            with self.subTest(tracking):
                transfer, _inbound = self.make_picked_receipt(tracking)
                outbound = self.get_pickings(transfer, "outgoing", "done")
                outbound.move_line_ids[0].quantity -= 1
                self.assertLedger(transfer)
                self.assertReceives(transfer, 9)

    def test_goods_are_returned_on_their_way(self):
        """Nothing is left for the return: how much goes back is typed in."""
        transfer, inbound = self.make_picked_receipt("none")
        outbound = self.get_pickings(transfer, "outgoing", "done")
        back = self.return_picking(outbound, 4)
        self.validate_picking(back, {inbound.product_id: 4})
        self.assertLedger(transfer)
        self.assertEqual(self.get_reserved(inbound), {False: 6})
        self.assertReceives(transfer, 6)

    def test_another_transfer_keeps_what_it_has(self):
        """Odoo sets free what is not picked, whosever it is."""
        transfer, inbound = self.make_picked_receipt("none")
        product = inbound.product_id
        self._add_stock(self.ec, product, 10)
        other = self.make_shipped_transfer(lines={product: 10})
        self.scrap(transfer, 3)
        self.assertLedger(other)
        self.assertReceives(other, 10)
        self.assertReceives(transfer, 7)
