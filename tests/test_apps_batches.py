from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestBatches(StoreTransferCase):
    """Waves and other splits of a transfer's pickings: every step goes on."""

    def make_approved_transfer(self, lines=None):
        transfer = self.make_transfer(lines=lines or {self.tea: 10, self.mug: 6})
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def get_move_lines(self, transfer, product, code="outgoing"):
        lines = self.get_pickings(transfer, code).move_line_ids
        return lines.filtered(lambda line: line.product_id == product)

    def make_wave(self, move_lines):
        """Take these operations of pickings into a wave, as the picker does."""
        move_lines.with_user(self.inventory_user)._add_to_wave()
        wave = move_lines.batch_id
        self.assertTrue(wave.is_wave)
        return wave.with_user(self.inventory_user)

    def make_waves_automatic(self, picking_type):
        picking_type.write(
            {
                "auto_batch": True,
                "wave_group_by_product": True,
                "batch_auto_confirm": True,
            }
        )

    def assertLinked(self, transfer):
        """Every picking with goods of a transfer is its own."""
        pickings = transfer.sudo().line_ids.move_ids.picking_id
        self.assertEqual(pickings.transfer_id, transfer)
        self.assertEqual(pickings, transfer.sudo().picking_ids)

    def put_on_two_shelves(self, product):
        """Let the source have 6 pieces on one shelf and 4 on another."""
        for name, quantity in (("Shelf A", 6), ("Shelf B", 4)):
            shelf = self._create_location(name, self.ec.lot_stock_id)
            self.env["stock.quant"]._update_available_quantity(product, shelf, quantity)

    def test_ship_after_a_wave_of_one_product(self):
        transfer = self.make_approved_transfer()
        self.make_wave(self.get_move_lines(transfer, self.tea))
        self.assertLinked(transfer)
        self.ship(transfer)
        self.assertEqual(transfer.in_transit_quantity, 16)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_a_wave_takes_one_shelf_of_a_product(self):
        jar = self._create_product("Jar", "JAR-001")
        self.put_on_two_shelves(jar)
        transfer = self.make_approved_transfer({jar: 10, self.mug: 6})
        self.make_wave(self.get_move_lines(transfer, jar)[:1])
        self.assertLedger(transfer)
        self.assertLinked(transfer)
        self.ship(transfer, {jar: 10, self.mug: 2})
        self.assertEqual(transfer.in_transit_quantity, 12)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_the_rest_of_a_wave_is_closed(self):
        transfer = self.make_approved_transfer()
        self.make_wave(self.get_move_lines(transfer, self.tea))
        self.ship(transfer, {self.tea: 4, self.mug: 0})
        self.close_rest(transfer)
        self.assertEqual(transfer.to_ship_quantity, 0)
        self.assertEqual(transfer.closed_quantity, 12)
        self.assertEqual(self.get_free(self.ec, self.tea), 96)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_cancel_with_a_wave(self):
        transfer = self.make_approved_transfer()
        self.make_wave(self.get_move_lines(transfer, self.tea))
        transfer.with_user(self.ec_staff).action_cancel()
        self.assertEqual(transfer.state, "cancelled")
        self.assertEqual(self.get_free(self.ec, self.tea), 100)

    def test_the_wave_is_validated(self):
        transfer = self.make_approved_transfer()
        wave = self.make_wave(self.get_move_lines(transfer, self.tea))
        wave.action_done()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "in_transit")
        self.assertEqual(transfer.in_transit_quantity, 10)
        self.receive_all(transfer)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_a_part_of_the_wave_is_validated(self):
        transfer = self.make_approved_transfer()
        wave = self.make_wave(self.get_move_lines(transfer, self.tea))
        wave.move_line_ids.quantity = 7
        action = wave.action_done()
        if isinstance(action, dict):
            wizard = self.env[action["res_model"]].with_context(**action["context"])
            wizard.with_user(self.inventory_user).create({}).process()
        self.assertLedger(transfer)
        self.assertEqual(transfer.in_transit_quantity, 7)
        self.assertLinked(transfer)
        self.ship(transfer)
        self.assertEqual(transfer.in_transit_quantity, 16)

    def test_count_a_wave_at_the_destination(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 6})
        self.make_wave(self.get_move_lines(transfer, self.tea, "incoming"))
        self.assertLinked(transfer)
        self.count(transfer, {self.tea: 8, self.mug: 6})
        self.assertEqual(transfer.state, "partial")
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_a_wave_of_two_transfers(self):
        first = self.make_approved_transfer()
        second = self.make_approved_transfer()
        wave = self.make_wave(
            self.get_move_lines(first, self.tea) | self.get_move_lines(second, self.tea)
        )
        for transfer in (first, second):
            self.assertLinked(transfer)
        wave.action_done()
        self.assertLedger(first | second)
        for transfer in (first, second):
            self.assertEqual(transfer.in_transit_quantity, 10)
            self.ship(transfer)
            self.receive_all(transfer)
            self.assertEqual(transfer.state, "done")

    def test_automatic_waves_at_the_source(self):
        self.make_waves_automatic(self.ec.transfer_out_type_id)
        transfer = self.make_approved_transfer()
        self.assertLinked(transfer)
        waves = transfer.sudo().line_ids.move_ids.move_line_ids.batch_id
        self.assertEqual(waves.mapped("is_wave"), [True, True])
        self.ship(transfer, {self.tea: 3, self.mug: 6})
        self.assertEqual(transfer.in_transit_quantity, 9)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertLinked(transfer)

    def test_automatic_waves_are_closed(self):
        self.make_waves_automatic(self.ec.transfer_out_type_id)
        transfer = self.make_approved_transfer()
        self.ship(transfer, {self.tea: 3, self.mug: 6})
        self.close_rest(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_automatic_waves_by_shelf(self):
        jar = self._create_product("Jar", "JAR-001")
        self.put_on_two_shelves(jar)
        shelves = self.env["stock.location"].search(
            [("location_id", "=", self.ec.lot_stock_id.id)]
        )
        self.ec.transfer_out_type_id.write(
            {
                "auto_batch": True,
                "wave_group_by_location": True,
                "wave_location_ids": shelves.ids,
            }
        )
        transfer = self.make_approved_transfer({jar: 10, self.mug: 6})
        self.assertLedger(transfer)
        self.assertLinked(transfer)
        self.ship(transfer, {jar: 9, self.mug: 6})
        self.assertEqual(transfer.in_transit_quantity, 15)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_automatic_waves_at_the_destination(self):
        self.make_waves_automatic(self.shop.transfer_in_type_id)
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 6})
        self.assertLinked(transfer)
        self.count(transfer, {self.tea: 8, self.mug: 6})
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_a_batch_is_validated_as_a_whole(self):
        first, second = self.make_approved_transfer(), self.make_approved_transfer()
        pickings = self.get_pickings(first, "outgoing")
        pickings |= self.get_pickings(second, "outgoing")
        batch = (
            self.env["stock.picking.batch"]
            .with_user(self.inventory_user)
            .create({"picking_ids": pickings.ids, "company_id": self.company.id})
        )
        batch.action_confirm()
        batch.action_done()
        self.assertLedger(first | second)
        self.assertEqual(batch.state, "done")
        for transfer in (first, second):
            self.assertEqual(transfer.in_transit_quantity, 16)
            self.receive_all(transfer)

    def test_split_a_transfer_in_the_inventory_app(self):
        transfer = self.make_approved_transfer()
        picking = self.get_pickings(transfer, "outgoing")
        tea = picking.move_ids.filtered(lambda move: move.product_id == self.tea)
        tea.quantity = 4
        picking.action_split_transfer()
        self.assertLedger(transfer)
        self.assertLinked(transfer)
        self.ship(transfer)
        self.assertEqual(transfer.to_ship_quantity, 0)

    def test_goods_that_come_in_are_kept_for_a_transfer(self):
        jar = self._create_product("Jar", "JAR-001")
        self._add_stock(self.ec, jar, 4)
        transfer = self.make_approved_transfer({jar: 10})
        receipt = self.env["stock.move"].create(
            {
                "product_id": jar.id,
                "product_uom_qty": 3,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.ec.lot_stock_id.id,
                "picking_type_id": self.ec.in_type_id.id,
                "company_id": self.company.id,
            }
        )
        receipt._action_confirm()
        report = self.env["report.stock.report_reception"].with_user(
            self.inventory_user
        )
        to_ship = self.get_pickings(transfer, "outgoing").move_ids
        report.action_assign(to_ship.ids, [3], [receipt.ids])
        self.assertLedger(transfer)
        self.assertLinked(transfer)
        self.ship(transfer)
        self.assertEqual(transfer.in_transit_quantity, 4)
        receipt.picked = True
        receipt._action_done()
        self.ship(transfer)
        self.assertEqual(transfer.in_transit_quantity, 7)
        self.close_rest(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")
