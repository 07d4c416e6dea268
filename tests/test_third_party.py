from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestThirdParty(StoreTransferCase):
    """Goods that a vendor brings, and goods that leave the chain."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create({"name": "Nantou Tea Farm"})

    def make_receipt(self, lines=None, **values):
        transfer = self.make_transfer(
            lines=lines,
            kind="receipt",
            destination_store_id=self.ec.id,
            partner_id=self.vendor.id,
            **values,
        )
        self.submit(transfer)
        return transfer

    def test_receipt_needs_no_approval(self):
        transfer = self.make_receipt(lines={self.tea: 24})
        self.assertEqual(transfer.state, "approved")
        picking = self.get_pickings(transfer, "incoming")
        self.assertEqual(picking.location_id.usage, "supplier")
        self.assertEqual(picking.location_dest_id, self.ec.lot_stock_id)
        self.confirm_arrival(transfer, self.ec_staff)
        self.assertEqual(transfer.state, "arrived")
        self.count(transfer, {self.tea: 20}, self.ec_staff)
        self.assertEqual(transfer.state, "partial")
        self.assertEqual(self.get_stock(self.ec, self.tea), 120)
        self.receive_all(transfer, self.ec_staff)
        self.assertEqual(transfer.state, "done")

    def test_what_the_vendor_will_not_deliver_is_closed(self):
        transfer = self.make_receipt(lines={self.tea: 24})
        self.count(transfer, {self.tea: 20}, self.ec_staff)
        self.close_rest(transfer, self.ec_approver)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(transfer.line_ids.closed_quantity, 4)

    def test_receipt_without_a_contact(self):
        """The name of an outside unit may just stand in the remark."""
        transfer = self.make_transfer(
            kind="receipt",
            destination_store_id=self.ec.id,
            remark="Night market stall",
        )
        self.submit(transfer)
        self.receive_all(transfer, self.ec_staff)
        self.assertEqual(transfer.state, "done")

    def test_receipt_can_be_cancelled_until_it_arrived(self):
        transfer = self.make_receipt()
        transfer.with_user(self.ec_staff).action_cancel()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "cancelled")
        arrived = self.make_receipt()
        self.confirm_arrival(arrived, self.ec_staff)
        with self.assertRefused("is Arrived"):
            arrived.with_user(self.ec_staff).action_cancel()

    def test_receipt_creates_lots(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        transfer = self.make_receipt(lines={matcha: 10})
        transfer = transfer.with_user(self.ec_staff)
        action = transfer.action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        first = count.with_user(self.ec_staff).line_ids
        first.write({"counted_quantity": 6, "lot_name": "M-2601"})
        first.action_add_lot()
        second = count.with_user(self.ec_staff).line_ids - first
        second.write({"counted_quantity": 4, "lot_name": "M-2602"})
        count.with_user(self.ec_staff).action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")
        lots = self.env["stock.lot"].search([("product_id", "=", matcha.id)])
        self.assertEqual(
            sorted((lot.name, lot.product_qty) for lot in lots),
            [("M-2601", 6), ("M-2602", 4)],
        )

    def test_receipt_of_a_lot_product_asks_for_the_lot(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        transfer = self.make_receipt(lines={matcha: 10})
        with self.assertRefused("lot or serial number of .*Matcha"):
            self.count(transfer, {matcha: 10}, self.ec_staff)

    def test_everything_came_opens_the_count_where_lots_are_missing(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        transfer = self.make_receipt(lines={matcha: 10})
        action = transfer.with_user(self.ec_staff).action_receive_all()
        self.assertEqual(action["res_model"], "store.transfer.count")
        count = self.env["store.transfer.count"].browse(action["res_id"])
        count = count.with_user(self.ec_staff)
        with self.assertRefused("lot or serial number of .*Matcha"):
            count.action_review()
        count.line_ids.lot_name = "M-2601"
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")

    def test_a_serial_number_stands_for_one_piece(self):
        kettle = self._create_product("Kettle", "KET-001", tracking="serial")
        transfer = self.make_receipt(lines={kettle: 2})
        action = transfer.with_user(self.ec_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        count = count.with_user(self.ec_staff)
        first = count.line_ids
        first.write({"counted_quantity": 1, "lot_name": "K1"})
        first.action_add_lot()
        second = count.line_ids - first
        second.write({"counted_quantity": 1, "lot_name": "K1"})
        with self.assertRefused("K1 stands for exactly one"):
            count.action_submit()
        second.lot_name = "K2"
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.ec, kettle), 2)

    def test_dispatch_leaves_the_chain(self):
        transfer = self.make_transfer(kind="dispatch", partner_id=self.vendor.id)
        self.submit(transfer)
        self.assertEqual(transfer.state, "approved")
        self.ship(transfer, {self.tea: 4})
        self.assertEqual(transfer.state, "approved")
        self.ship(transfer)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.ec, self.tea), 90)
        self.assertEqual(transfer.line_ids.received_quantity, 10)

    def test_goods_returned_to_the_vendor_in_the_inventory_app(self):
        transfer = self.make_receipt(lines={self.tea: 10})
        self.receive_all(transfer, self.ec_staff)
        picking = self.get_pickings(transfer, "incoming", "done")
        back = self.return_picking(picking, 3)
        self.validate_picking(back)
        self.assertLedger(transfer)
        self.assertEqual(transfer.line_ids.returned_quantity, 3)
        self.assertEqual(transfer.line_ids.received_quantity, 7)

    def test_more_than_expected_is_received(self):
        transfer = self.make_receipt(lines={self.tea: 10})
        self.count(transfer, {self.tea: 12}, self.ec_staff)
        self.assertEqual(transfer.received_quantity, 12)
