from odoo.tests import tagged

from .common_pick import PackingCase


@tagged("post_install", "-at_install")
class TestCartonsPackedAgain(PackingCase):
    """A shipment was taken back, and its cartons stand there, closed and labelled."""

    def make_taken_back(self, lines, *barcodes):
        """Ship these pieces in a carton, and take it back; return its number, too."""
        transfer = self.make_approved(lines)
        pick = self.start_pick(transfer)
        name = self.begin_carton(pick)
        self.put(pick, name, *barcodes)
        self.submit_pick(pick)
        self.undo_shipment(transfer)
        return transfer, name

    def undo_shipment(self, transfer):
        transfer.with_user(self.ec_staff).action_undo_shipment()
        self.assertLedger(transfer)

    def get_cartons(self, pick):
        return {each["name"]: each["quantity"] for each in pick.get_screen()["cartons"]}

    def test_one_scan_picks_what_was_in_it(self):
        transfer, name = self.make_taken_back(
            {self.tea: 5, self.mug: 2}, "TEA-001", "TEA-001", "MUG-001"
        )
        pick = self.start_pick(transfer)
        [result] = self.scan(pick, name)
        self.assertEqual((result["status"], result["carton"]), ("counted", name))
        self.assertIn("is open again, with what was in it: 3 Units", result["message"])
        self.assertEqual(self.get_cartons(pick), {name: 3})
        self.assertEqual(
            self.get_picked(pick), {("TEA-001", ""): 2, ("MUG-001", ""): 1}
        )
        self.submit_pick(pick)
        self.assertEqual(self.get_packed(name), {"TEA-001": 2, "MUG-001": 1})
        self.assertEqual(transfer.shipped_quantity, 3)
        count = self.start_count(transfer)
        self.scan(count, name)
        self.assertEqual(count.sudo().counted_quantity, 3)

    def test_more_goes_into_it_and_undo_takes_all_of_it_out(self):
        transfer, name = self.make_taken_back({self.tea: 5}, "TEA-001", "TEA-001")
        pick = self.start_pick(transfer)
        self.send(pick, {"uuid": "again-it-is", "kind": "scan", "barcode": name})
        self.put(pick, "again-it-is", "TEA-001")
        self.assertEqual(self.get_cartons(pick), {name: 3})
        [undone] = self.send(pick, {"kind": "undo", "undoes": "again-it-is"})
        self.assertEqual(undone["status"], "counted")
        self.assertEqual((self.get_cartons(pick), self.get_picked(pick)), ({}, {}))
        [result] = self.scan(pick, name)
        self.assertEqual(result["status"], "counted")
        self.assertEqual(self.get_cartons(pick), {name: 2})

    def test_twice_taken_back_it_has_what_it_left_with_last(self):
        transfer, name = self.make_taken_back({self.tea: 5}, "TEA-001", "TEA-001")
        pick = self.start_pick(transfer)
        self.send(pick, {"uuid": "again-it-is", "kind": "scan", "barcode": name})
        self.put(pick, name, "TEA-001")
        self.submit_pick(pick)
        self.undo_shipment(transfer)
        pick = self.start_pick(transfer)
        self.scan(pick, name)
        self.assertEqual(self.get_cartons(pick), {name: 3})

    def test_the_very_lots_and_shelves(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        shelf = self._create_location("Shelf", self.ec.lot_stock_id)
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": matcha.id} for name in ("M-1", "M-2")]
        )
        for lot, place in zip(lots, (self.ec.lot_stock_id, shelf), strict=True):
            self.env["stock.quant"]._update_available_quantity(
                matcha, place, 4, lot_id=lot
            )
        # Not what is reserved first.
        transfer, name = self.make_taken_back({matcha: 2}, "M-2", "M-2")
        pick = self.start_pick(transfer)
        [result] = self.scan(pick, name)
        self.assertEqual(result["status"], "counted", result["message"])
        self.assertEqual(self.get_picked(pick), {("MAT-001", "M-2"): 2})
        self.submit_pick(pick)
        [quant] = self.find_carton(name).quant_ids
        self.assertEqual((quant.lot_id, quant.quantity), (lots[1], 2))

    def test_what_was_sold_meanwhile_keeps_it_closed(self):
        transfer, name = self.make_taken_back(
            {self.tea: 5, self.mug: 2}, "MUG-001", "TEA-001", "TEA-001"
        )
        self.get_pickings(transfer, "outgoing").do_unreserve()
        self._add_stock(self.ec, self.tea, -99)
        pick = self.start_pick(transfer)
        [refused] = self.scan(pick, name)
        self.assertEqual(refused["status"], "refused")
        self.assertIn("Oolong Tea", refused["message"])
        self.assertEqual((self.get_cartons(pick), self.get_picked(pick)), ({}, {}))

    def test_it_was_packed_for_another_transfer(self):
        transfer, name = self.make_taken_back({self.tea: 5}, "TEA-001")
        pick = self.start_pick(self.make_approved({self.tea: 5}))
        [refused] = self.scan(pick, name)
        self.assertEqual(refused["status"], "refused")
        self.assertIn(f"was packed for {transfer.name}", refused["message"])

    def test_where_goods_arrive_it_is_said(self):
        transfer, name = self.make_taken_back({self.tea: 5}, "TEA-001")
        count = self.start_count(self.make_shipped_transfer())
        [refused] = self.scan(count, name)
        self.assertEqual(refused["status"], "refused")
        self.assertIn(
            f"is of {transfer.name}, and EC Warehouse has taken that shipment back",
            refused["message"],
        )
