from odoo.fields import Command
from odoo.tests import Form, tagged

from .common_scan import ScanCase
from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestUnitsAndLots(StoreTransferCase):
    """Boxes, kilograms, lots and serial numbers are kept through transit."""

    def test_a_box_of_twelve_is_counted_in_pieces(self):
        """Two boxes are sent, seventeen pieces come, then the other seven."""
        box = self.env["uom.uom"].create(
            {
                "name": "Box of 12",
                "relative_factor": 12,
                "relative_uom_id": self.tea.uom_id.id,
            }
        )
        self.tea.uom_ids += box
        transfer = self.make_transfer(
            line_ids=[
                Command.create(
                    {
                        "product_id": self.tea.id,
                        "quantity": 2,
                        "product_uom_id": box.id,
                    }
                )
            ]
        )
        self.assertEqual(transfer.line_ids.asked_quantity, 24)
        self.submit(transfer)
        self.approve(transfer)
        outbound = self.get_pickings(transfer, "outgoing")
        self.assertEqual(outbound.move_ids.packaging_uom_id, box)
        self.assertEqual(outbound.move_ids.packaging_uom_qty, 2)
        self.ship(transfer)
        self.count(transfer, {self.tea: 17})
        self.assertEqual(self.get_stock(self.shop, self.tea), 17)
        self.count(transfer, {self.tea: 7})
        self.assertEqual(transfer.state, "done")

    def test_goods_sold_by_weight(self):
        kilogram = self.env.ref("uom.product_uom_kgm")
        nuts = self._create_product("Peanuts", "NUT-001", uom_id=kilogram.id)
        self._add_stock(self.ec, nuts, 10)
        transfer = self.make_shipped_transfer(lines={nuts: 2.35})
        self.count(transfer, {nuts: 1.1})
        self.assertAlmostEqual(transfer.line_ids.in_transit_quantity, 1.25)
        self.count(transfer, {nuts: 1.25})
        self.assertEqual(transfer.state, "done")
        self.assertAlmostEqual(self.get_stock(self.shop, nuts), 2.35)

    def _make_lots(self, product, quantities):
        lots = self.env["stock.lot"]
        for name, quantity in quantities.items():
            lot = lots.create({"name": name, "product_id": product.id})
            self._add_stock(self.ec, product, quantity, lot=lot)
            lots |= lot
        return lots

    def test_lots_that_were_shipped_are_expected(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        first, second = self._make_lots(matcha, {"M-1": 6, "M-2": 6})
        transfer = self.make_shipped_transfer(lines={matcha: 10})
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        lines = count.with_user(self.shop_staff).line_ids
        self.assertEqual(
            {line.lot_id: line.expected_quantity for line in lines},
            {first: 6, second: 4},
        )
        lines.filtered(lambda line: line.lot_id == second).counted_quantity = 4
        count.with_user(self.shop_staff).action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "partial")
        at_shop = self.env["stock.quant"].search(
            [
                ("product_id", "=", matcha.id),
                ("location_id", "=", self._shop_stock_id()),
            ]
        )
        self.assertEqual(
            [(quant.lot_id, quant.quantity) for quant in at_shop], [(second, 4)]
        )
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def test_serial_numbers(self):
        kettle = self._create_product("Kettle", "KET-001", tracking="serial")
        self._make_lots(kettle, {"K1": 1, "K2": 1, "K3": 1})
        transfer = self.make_transfer(lines={kettle: 3})
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {kettle: 2})
        self.receive_all(transfer)
        self.assertEqual(self.get_stock(self.shop, kettle), 2)
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(transfer.state, "done")

    def _ship_in_one_package(self, lines=None, quantities=None):
        transfer = self.make_transfer(lines=lines)
        self.submit(transfer)
        self.approve(transfer)
        self.get_pickings(transfer, "outgoing").action_put_in_pack()
        self.ship(transfer, quantities)
        return transfer

    def _get_packed(self, product):
        """Return ``{usage of the location: quantity}`` of what is in a package."""
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "=", product.id),
                ("package_id", "!=", False),
                ("quantity", ">", 0),
            ]
        )
        return {quant.location_id.usage: quant.quantity for quant in quants}

    def test_a_package_that_comes_whole_stays_one(self):
        transfer = self._ship_in_one_package()
        self.count(transfer, {self.tea: 10})
        self.assertEqual(self._get_packed(self.tea), {"internal": 10})

    def test_a_package_that_comes_short(self):
        transfer = self._ship_in_one_package()
        self.count(transfer, {self.tea: 7})
        self.assertEqual(self.get_stock(self.shop, self.tea), 7)
        self.assertEqual(self._get_packed(self.tea), {"transit": 3})
        self.count(transfer, {self.tea: 1})
        self.count(transfer, {self.tea: 2})
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.tea), 10)

    def test_one_of_two_products_in_a_package_comes_short(self):
        transfer = self._ship_in_one_package({self.tea: 10, self.mug: 4})
        self.count(transfer, {self.tea: 10, self.mug: 2})
        self.assertEqual(self._get_packed(self.tea), {})
        self.count(transfer, {self.mug: 2})
        self.assertEqual(self.get_stock(self.shop, self.mug), 4)

    def test_one_of_two_products_in_a_package_does_not_come(self):
        transfer = self._ship_in_one_package({self.tea: 10, self.mug: 4})
        self.count(transfer, {self.tea: 10})
        self.count(transfer, {self.mug: 4})
        self.assertEqual(self.get_stock(self.shop, self.mug), 4)

    def test_some_of_a_package_is_damaged(self):
        transfer = self._ship_in_one_package({self.tea: 10, self.mug: 4})
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = (
            self.env["store.transfer.count"]
            .with_user(self.shop_staff)
            .browse(action["res_id"])
        )
        tea, mug = count.line_ids
        tea.write({"counted_quantity": 5, "damaged_quantity": 2})
        mug.counted_quantity = 4
        count.action_submit()
        self.assertLedger(transfer)
        self.count(transfer, {self.tea: 3})
        self.assertEqual(self.get_stock(self.shop, self.tea), 8)

    def test_some_of_a_package_was_lost_or_not_sent(self):
        for outcome in ("lost", "not_sent"):
            with self.subTest(outcome):
                transfer = self._ship_in_one_package({self.tea: 10, self.mug: 4})
                self.count(transfer, {self.tea: 10})
                wizard = self.open_wizard(
                    transfer,
                    self.shop_approver,
                    "action_open_settle",
                    outcome=outcome,
                    reason_id=self.env.ref("store_transfer.reason_stolen").id,
                )
                with Form(wizard) as form, form.line_ids.edit(0) as line:
                    line.quantity = 1
                wizard.action_settle()
                self.assertLedger(transfer)
                self.count(transfer, {self.mug: 2})
                self.count(transfer, {self.mug: 1})
                self.assertEqual(transfer.state, "done")

    def test_some_of_a_package_is_shipped_later(self):
        transfer = self._ship_in_one_package(
            {self.tea: 10, self.mug: 4}, {self.tea: 6, self.mug: 0}
        )
        self.assertEqual(self._get_packed(self.tea), {"transit": 6})
        self.count(transfer, {self.tea: 6})
        self.ship(transfer)
        self.receive_all(transfer)
        self.assertEqual(self.get_stock(self.shop, self.mug), 4)

    def test_no_lot_name_where_none_is_kept(self):
        transfer = self.make_shipped_transfer()
        count = (
            self.env["store.transfer.count"]
            .with_user(self.shop_staff)
            .browse(transfer.with_user(self.shop_staff).action_start_count()["res_id"])
        )
        with self.assertRefused("Oolong Tea: no lot or serial number"):
            count.line_ids.lot_name = "X"
        self.assertFalse(count.line_ids.lot_name)

    def test_the_same_product_on_two_lines(self):
        transfer = self.make_transfer(
            line_ids=[
                Command.create({"product_id": self.tea.id, "quantity": quantity})
                for quantity in (60, 50)
            ]
        )
        self.submit(transfer)
        self.approve(transfer)
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "=", self.tea.id),
                ("location_id", "=", self.ec.lot_stock_id.id),
            ]
        )
        self.assertEqual(quants.reserved_quantity, 100, "No more than there is")
        self.ship(transfer)
        self.assertEqual(transfer.line_ids.mapped("shipped_quantity"), [60, 40])
        self.count(transfer, {self.tea: 40})
        self.assertEqual(transfer.received_quantity, 80)
        self.receive_all(transfer)
        self.assertEqual(transfer.received_quantity, 100)
        self.assertEqual(transfer.state, "partial")

    def _shop_stock_id(self):
        return self.shop.lot_stock_id.id


@tagged("post_install", "-at_install")
class TestBoxesAndDates(ScanCase):
    """Boxes are scanned as boxes; lots of a third party come with a date."""

    @classmethod
    def _create_products(cls):
        products = super()._create_products()
        cls.matcha = cls._create_product(
            "Matcha", "MAT-001", tracking="lot", barcode="4710000000035"
        )
        for product, barcode in ((cls.tea, "BOX-TEA"), (cls.matcha, "BOX-MATCHA")):
            cls._create_box(product, barcode)
        return products

    def get_counted(self, count):
        return {
            line.lot_id.name or line.lot_name or "": line.counted_quantity
            for line in count.sudo().line_ids
            if line.counted_quantity
        }

    def make_receipt(self, lines):
        transfer = self.make_transfer(user=self.shop_staff, lines=lines, kind="receipt")
        self.submit(transfer, self.shop_staff)
        return transfer

    def test_a_box_and_single_pieces(self):
        """Twelve and five of 24 come: seven stay expected, for the next count."""
        transfer = self.make_shipped_transfer(lines={self.tea: 24})
        count = self.start(transfer)
        self.scan(count, "BOX-TEA", *["TEA-001"] * 5)
        self.assertEqual(count.sudo().line_ids.difference_quantity, -7)
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.shop, self.tea), 17)
        rest = self.start(transfer)
        self.scan(rest, *["TEA-001"] * 7)
        rest.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")

    def test_undo_of_a_box_takes_back_all_of_it(self):
        count = self.start(self.make_shipped_transfer(lines={self.tea: 24}))
        self.send(count, {"uuid": "b" * 8, "kind": "scan", "barcode": "BOX-TEA"})
        self.scan(count, "TEA-001")
        self.send(count, {"kind": "undo", "undoes": "b" * 8})
        self.assertEqual(self.get_counted(count), {"": 1})

    def test_a_box_too_many_is_a_surplus_of_twelve(self):
        self.shop.transfer_surplus_policy = "approver"
        transfer = self.make_shipped_transfer(lines={self.tea: 12})
        count = self.start(transfer)
        self.scan(count, "BOX-TEA", "BOX-TEA")
        count.action_submit()
        self.assertLedger(transfer)
        discrepancy = self.env["store.transfer.discrepancy"].search(
            [("transfer_id", "=", transfer.id)]
        )
        self.assertEqual((discrepancy.kind, discrepancy.quantity), ("surplus", 12))

    def test_gs1_says_how_many_boxes(self):
        self.tea.uom_ids.product_uom_ids.barcode = "14710000000018"
        count = self.start(self.make_shipped_transfer(lines={self.tea: 36}))
        self.scan(count, "0114710000000018", "0114710000000018372")
        self.assertEqual(self.get_counted(count), {"": 36})

    def test_a_box_of_one_lot(self):
        transfer = self.make_receipt({self.matcha: 24})
        count = self.start(transfer)
        self.send(
            count,
            {"kind": "scan", "barcode": "BOX-MATCHA", "lot_name": "NEW-1"},
            {"kind": "scan", "barcode": "BOX-MATCHA", "lot_name": "NEW-2"},
        )
        self.assertEqual(self.get_counted(count), {"NEW-1": 12, "NEW-2": 12})
        rows = count.get_screen()["rows"]
        self.assertEqual({row["new_lot_of"] for row in rows}, {transfer.line_ids.id})
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")

    def test_the_date_in_a_gs1_code_is_no_part_of_the_lot(self):
        """Best before (15) and expiry (17): which lot it is, the rest of it says."""
        transfer = self.make_receipt({self.matcha: 3})
        count = self.start(transfer)
        results = self.scan(
            count,
            "01047100000000351727013110NEW-1",
            "01047100000000351527013110NEW-1",
            "010471000000003510NEW-2\x1d17270131",
        )
        self.assertEqual({result["status"] for result in results}, {"counted"})
        self.assertEqual(self.get_counted(count), {"NEW-1": 2, "NEW-2": 1})
        count.action_submit()
        self.assertLedger(transfer)
        lots = self.env["stock.lot"].search([("product_id", "=", self.matcha.id)])
        self.assertEqual(set(lots.mapped("name")), {"NEW-1", "NEW-2"})
