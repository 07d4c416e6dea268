from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_discrepancies import SettledCase


@tagged("post_install", "-at_install")
class TestUndoShipment(SettledCase):
    """The source takes a shipment back before it has arrived, and ships it again."""

    def undo(self, transfer, user=None):
        transfer.with_user(user or self.ec_staff).action_undo_shipment()
        self.assertLedger(transfer)

    def get_unshipped(self, transfer):
        return transfer.sudo().line_ids.move_ids.filtered(
            lambda move: move.transfer_flow == "unship"
        )

    def test_it_is_to_ship_again_and_not_returned(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 5})
        self.undo(transfer)
        self.assertEqual(transfer.state, "approved")
        self.assertEqual(transfer.line_ids.mapped("to_ship_quantity"), [10, 5])
        self.assertEqual(sum(transfer.line_ids.mapped("returned_quantity")), 0)
        self.assertEqual(transfer.shipped_quantity, 0)
        self.assertEqual(self.get_stock(self.ec, self.tea), 100)
        self.assertEqual(self.get_free(self.ec, self.tea), 90)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 10)

    def test_the_pickings_are_usual_ones(self):
        transfer = self.make_shipped_transfer()
        expected = self.get_pickings(transfer, "incoming")
        self.undo(transfer)
        [back] = self.get_unshipped(transfer)
        self.assertEqual(back.picking_id.state, "done")
        self.assertEqual(back.origin_returned_move_id.transfer_flow, "ship")
        to_ship = self.get_pickings(transfer, "outgoing")
        self.assertEqual((to_ship.state, to_ship.move_ids.quantity), ("assigned", 10))
        # The destination waits with the same picking as before.
        self.assertEqual(
            self.get_pickings(transfer, "incoming").filtered(
                lambda picking: picking.move_ids.transfer_flow == "receive"
            ),
            expected,
        )
        self.assertEqual(expected.state, "waiting")
        self.validate_picking(to_ship)
        self.assertLedger(transfer)
        self.assertEqual((transfer.state, expected.state), ("in_transit", "assigned"))

    def test_some_is_shipped_and_the_rest_waits(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 4})
        self.undo(transfer)
        self.assertEqual(transfer.to_ship_quantity, 10)
        to_ship = self.get_pickings(transfer, "outgoing")
        self.assertEqual(to_ship.move_ids.mapped("product_qty"), [10])
        self.ship(transfer)
        self.assertEqual(transfer.in_transit_quantity, 10)

    def test_the_last_shipment_first(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        for quantity in (4, 3):
            self.ship(transfer, {self.tea: quantity})
        self.undo(transfer)
        self.assertEqual(
            (transfer.in_transit_quantity, transfer.to_ship_quantity), (4, 6)
        )
        self.undo(transfer)
        self.assertEqual(
            (transfer.in_transit_quantity, transfer.to_ship_quantity), (0, 10)
        )
        with self.assertRefused("nothing is on its way"):
            self.undo(transfer)

    def test_what_was_closed_with_it_stays_closed(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(
            transfer,
            {self.tea: 7},
            user=self.ec_approver,
            rest="close",
            reason_id=self.env.ref("store_transfer.reason_not_found").id,
        )
        self.undo(transfer)
        self.assertEqual((transfer.to_ship_quantity, transfer.closed_quantity), (7, 3))

    def test_goods_go_back_to_their_shelves_lots_and_packages(self):
        shelf = self._create_location("Shelf 7", self.ec.lot_stock_id)
        package = self.env["stock.package"].create({})
        product = self._create_product("Matcha", "MAT-001", tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": product.id} for name in ("M-1", "M-2")]
        )
        quants = self.env["stock.quant"]
        places = [(shelf, lots[0], package), (self.ec.lot_stock_id, lots[1], None)]
        for location, lot, packed in places:
            quants._update_available_quantity(
                product, location, 5, lot_id=lot, package_id=packed
            )
        transfer = self.make_shipped_transfer({product: 10})
        self.undo(transfer)
        found = quants.search(
            [("product_id", "=", product.id), ("quantity", ">", 0)], order="lot_id"
        )
        self.assertEqual(
            [
                (quant.location_id, quant.lot_id, quant.package_id, quant.quantity)
                for quant in found
            ],
            [
                (shelf, lots[0], package, 5),
                (self.ec.lot_stock_id, lots[1], package.browse(), 5),
            ],
        )
        self.ship(transfer)
        details = self.env["store.transfer.details"].with_user(self.ec_staff)
        details = details.create({"transfer_ids": [Command.set(transfer.ids)]})
        [lots_text] = details._get_lots().values()
        self.assertEqual(sorted(lots_text.split(", ")), ["M-1 (5)", "M-2 (5)"])
        self.receive_all(transfer)
        self.assertEqual(
            self.get_lots(self.shop.lot_stock_id, product), {"M-1": 5, "M-2": 5}
        )

    def test_what_was_packed_for_the_way_is_unpacked(self):
        shelf = self._create_location("Shelf 7", self.ec.lot_stock_id)
        self.env["stock.quant"]._update_available_quantity(self.mug, shelf, 5)
        self.mug.sudo().stock_quant_ids.filtered(
            lambda quant: quant.location_id == self.ec.lot_stock_id
        ).quantity = 0
        transfer = self.make_transfer(lines={self.tea: 3, self.mug: 5})
        self.submit(transfer)
        self.approve(transfer)
        self.get_pickings(transfer, "outgoing").action_put_in_pack()
        self.ship(transfer)
        [package] = self.get_pickings(transfer, "incoming").move_line_ids.package_id
        self.undo(transfer)
        self.assertFalse(package.quant_ids.filtered("quantity"))
        self.assertFalse(transfer.sudo().carton_ids)
        self.assertEqual(transfer.sudo()._get_packed_goods().keys(), {package.browse()})
        on_shelf = self.mug.sudo().stock_quant_ids.filtered("quantity")
        self.assertEqual((on_shelf.location_id, on_shelf.quantity), (shelf, 5))

    def test_serial_numbers(self):
        product = self._create_product("Kettle", "KET-001", tracking="serial")
        self.make_lots(product, "K-1", "K-2")
        transfer = self.make_shipped_transfer({product: 2})
        self.undo(transfer)
        self.assertEqual(
            self.get_lots(self.ec.lot_stock_id, product), {"K-1": 1, "K-2": 1}
        )
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(
            self.get_lots(self.shop.lot_stock_id, product), {"K-1": 1, "K-2": 1}
        )

    def test_not_once_it_has_arrived(self):
        transfer = self.make_shipped_transfer()
        self.assertTrue(transfer.with_user(self.ec_staff).can_undo_shipment)
        self.confirm_arrival(transfer)
        self.assertFalse(transfer.with_user(self.ec_staff).can_undo_shipment)
        with self.assertRefused("Shop North has said that the goods arrived"):
            self.undo(transfer)

    def test_not_before_it_was_shipped(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        with self.assertRefused("nothing is on its way that could be taken back"):
            self.undo(transfer)

    def test_by_the_source_only(self):
        transfer = self.make_shipped_transfer()
        for user in (self.shop_approver, self.south_staff, self.inventory_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.undo(transfer, user)
        self.undo(transfer, self.head_office)
        self.assertEqual(transfer.state, "approved")

    def test_twice_in_a_row_takes_it_back_once(self):
        transfer = self.make_shipped_transfer()
        self.undo(transfer)
        with self.assertRefused("nothing is on its way"):
            self.undo(transfer)
        self.assertEqual(transfer.to_ship_quantity, 10)

    def test_the_turns_change_and_the_destination_is_told(self):
        transfer = self.make_shipped_transfer()
        self.assertEqual(
            transfer.sudo().activity_ids.user_id, self.shop_staff | self.shop_approver
        )
        self.undo(transfer)
        self.assertEqual(
            transfer.sudo().activity_ids.user_id, self.ec_staff | self.ec_approver
        )
        notice = self.get_notices(transfer, self.shop_staff)[0]
        self.assertIn("10 Units × [TEA-001] Oolong Tea", notice)

    def test_who_counts_blind_is_not_told_how_much_it_was(self):
        self.shop.transfer_blind_count = True
        transfer = self.make_shipped_transfer()
        before = self.env["mail.message"].search([], order="id desc", limit=1)
        self.undo(transfer)
        new = self.env["mail.message"].search([("id", ">", before.id)])
        texts = " ".join(map(str, new.mapped("body")))
        self.assertIn("before it arrived. It is to ship again.", texts)
        self.assertNotIn("Oolong", texts)

    def test_nobody_else_gets_what_is_to_ship_again(self):
        transfer = self.make_shipped_transfer({self.tea: 100})
        waiting = self.make_transfer(lines={self.tea: 50}, priority="1")
        self.submit(waiting)
        self.approve(waiting)
        self.undo(transfer)
        reserved = [
            sum(self.get_pickings(each, "outgoing").move_ids.mapped("quantity"))
            for each in (transfer, waiting)
        ]
        self.assertEqual(reserved, [100, 0])
        self.ship(transfer)
        self.assertEqual(transfer.in_transit_quantity, 100)

    def test_what_was_scrapped_on_the_way_is_gone(self):
        transfer = self.make_shipped_transfer()
        self.scrap_on_the_way(transfer)
        self.undo(transfer)
        self.assertEqual(
            (transfer.to_ship_quantity, transfer.line_ids.damaged_quantity), (7, 3)
        )

    def test_what_was_returned_in_the_inventory_app_stays_returned(self):
        transfer = self.make_shipped_transfer()
        shipped = self.get_pickings(transfer, "outgoing", "done")
        self.validate_picking(self.return_picking(shipped, 4))
        self.assertLedger(transfer)
        self.undo(transfer)
        self.assertEqual(
            (transfer.to_ship_quantity, transfer.line_ids.returned_quantity), (6, 4)
        )

    def test_what_a_return_waits_for_is_taken_from_it(self):
        """And nothing stays reserved in transit for what is not there any more."""
        transfer = self.make_shipped_transfer()
        shipped = self.get_pickings(transfer, "outgoing", "done")
        back = self.return_picking(shipped, 10)
        self.assertEqual(back.state, "assigned")
        self.undo(transfer)
        self.assertEqual(back.state, "confirmed")
        in_transit = self.tea.sudo().stock_quant_ids.filtered(
            lambda quant: quant.location_id == self.transit
        )
        self.assertEqual(sum(in_transit.mapped("reserved_quantity")), 0)
        self.ship(transfer)
        back.with_user(self.inventory_user).action_cancel()
        self.receive_all(transfer)
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")

    def test_what_undid_it_is_not_returned(self):
        transfer = self.make_shipped_transfer()
        self.undo(transfer)
        with self.assertRefused("Do that step once more on the transfer"):
            self.return_picking(self.get_unshipped(transfer).picking_id, 10)

    def test_what_undid_it_is_not_corrected(self):
        transfer = self.make_shipped_transfer()
        self.undo(transfer)
        line = self.get_unshipped(transfer).move_line_ids
        with self.assertRefused("would be moved than the 10 Units that were approved"):
            line.with_user(self.inventory_user).quantity = 7

    def test_what_was_undone_is_not_corrected_to_less(self):
        transfer = self.make_shipped_transfer()
        shipped = self.get_pickings(transfer, "outgoing", "done")
        self.undo(transfer)
        with self.assertRefused("more .* would be taken back than was shipped"):
            shipped.move_line_ids.quantity = 0

    def test_no_serial_number_comes_back_twice(self):
        product = self._create_product("Kettle", "KET-001", tracking="serial")
        self.make_lots(product, "K-1", "K-2")
        dispatch = self.make_transfer(kind="dispatch", lines={product: 2})
        self.submit(dispatch)
        self.ship(dispatch)
        self.undo(dispatch)
        self.ship(dispatch, {product: 1})
        [name] = self.get_lots(self.ec.lot_stock_id, product)
        lines = self.get_unshipped(dispatch).move_line_ids
        line = lines.filtered(lambda line: line.lot_id.name == name)
        with self.assertRefused("serial number has already been assigned"):
            line.with_user(self.inventory_user).quantity = 2

    def test_what_is_to_ship_again_can_be_cancelled(self):
        transfer = self.make_shipped_transfer()
        self.undo(transfer)
        transfer.with_user(self.ec_staff).action_cancel()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "cancelled")
        self.assertEqual(self.get_free(self.ec, self.tea), 100)

    def test_to_a_third_party_for_some_days(self):
        dispatch = self.make_transfer(kind="dispatch")
        self.submit(dispatch)
        self.ship(dispatch)
        self.assertEqual(dispatch.state, "done")
        picking = self.get_pickings(dispatch, "outgoing", "done").sudo()
        done = picking.date_done
        picking.date_done = done - timedelta(days=4)
        with self.assertRefused("Days to Undo is 3"):
            self.undo(dispatch)
        picking.date_done = done - timedelta(days=3)
        self.undo(dispatch)
        self.assertEqual((dispatch.state, dispatch.to_ship_quantity), ("approved", 10))
        self.assertEqual(self.get_stock(self.ec, self.tea), 100)
        self.ship(dispatch)
        self.assertEqual(dispatch.state, "done")

    def test_not_with_more_queries_for_more_lines(self):
        numbers = []
        for size in (5, 25):
            products = self._create_many_products(f"U{size}", size)
            self._add_stock(self.ec, products, 10)
            transfer = self.make_shipped_transfer(dict.fromkeys(products, 5))
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            transfer.with_user(self.ec_staff).action_undo_shipment()
            self.env.flush_all()
            numbers.append(self.env.cr.sql_log_count - start)
            self.assertLedger(transfer)
        self.assertLessEqual(numbers[1] - numbers[0], 20)

    def test_a_picking_without_a_date_keeps_nobody_from_reading(self):
        transfer = self.make_transfer(kind="dispatch", lines={self.tea: 2})
        self.submit(transfer)
        self.ship(transfer, {self.tea: 1})
        self.ship(transfer)
        first, _second = self.get_pickings(transfer, "outgoing", "done")
        first.date_done = False
        self.env.invalidate_all()
        self.assertTrue(transfer.with_user(self.ec_staff).can_undo_shipment)
