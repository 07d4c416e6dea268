from odoo.tests import tagged

from .common_scan import ScanCase


@tagged("post_install", "-at_install")
class TestScanLots(ScanCase):
    """Lots, serial numbers and GS1 codes."""

    @classmethod
    def _create_products(cls):
        products = super()._create_products()
        cls.matcha = cls._create_product(
            "Matcha", "MAT-001", tracking="lot", barcode="4710000000035"
        )
        cls.kettle = cls._create_product(
            "Kettle", "KET-001", tracking="serial", barcode="4710000000042"
        )
        for product, names, quantity in (
            (cls.matcha, ("M-1", "M-2"), 6),
            (cls.kettle, ("K-1", "K-2"), 1),
        ):
            for name in names:
                lot = cls.env["stock.lot"].create(
                    {"name": name, "product_id": product.id}
                )
                cls._add_stock(cls.ec, product, quantity, lot=lot)
        return products

    def get_counted(self, count):
        return {
            (row["sku"], row["lot"]): row["came"]
            for row in count.get_screen()["rows"]
            if row["came"]
        }

    def test_a_lot_is_found_by_its_name(self):
        count = self.start(self.make_shipped_transfer(lines={self.matcha: 10}))
        self.scan(count, "M-2", "M-1", "M-2")
        self.assertEqual(
            self.get_counted(count), {("MAT-001", "M-1"): 1, ("MAT-001", "M-2"): 2}
        )

    def test_a_product_with_two_lots_asks_which(self):
        count = self.start(self.make_shipped_transfer(lines={self.matcha: 10}))
        [result] = self.scan(count, "MAT-001")
        self.assertEqual(result["status"], "asks_lot")
        self.assertIn("scan or enter its lot", result["message"])
        self.send(count, {"kind": "scan", "barcode": "MAT-001", "lot_name": "M-1"})
        self.assertEqual(self.get_counted(count), {("MAT-001", "M-1"): 1})

    def test_a_serial_number_twice(self):
        count = self.start(self.make_shipped_transfer(lines={self.kettle: 2}))
        results = self.scan(count, "K-1", "K-1", "K-2")
        self.assertEqual(
            [result["status"] for result in results], ["counted", "refused", "counted"]
        )
        self.assertIn("K-1 was counted already", results[1]["message"])

    def test_gs1_brings_lot_and_quantity(self):
        count = self.start(self.make_shipped_transfer(lines={self.matcha: 10}))
        [result] = self.scan(count, "0104710000000035" + "37" + "4\x1d" + "10M-1")
        self.assertEqual(result["status"], "counted", result)
        self.assertEqual(self.get_counted(count), {("MAT-001", "M-1"): 4})

    def test_gs1_says_what_a_piece_weighs(self):
        """Half a kilogram is one piece of what is counted in pieces."""
        count = self.start(self.make_shipped_transfer(lines={self.tea: 10}))
        self.scan(count, "01047100000000113103000500")
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 1)

    def test_gs1_weighs_what_is_sold_by_weight(self):
        loose = self._create_product("Loose Tea", "LOO-1", barcode="4710000000059")
        loose.uom_id = self.env.ref("uom.product_uom_kgm")
        self._add_stock(self.ec, loose, 100)
        count = self.start(self.make_shipped_transfer(lines={loose: 2}))
        self.scan(count, "01047100000000593103000500")
        self.assertEqual(self.get_line(count, loose).counted_quantity, 0.5)

    def test_gs1_of_a_serial_number(self):
        count = self.start(self.make_shipped_transfer(lines={self.kettle: 2}))
        results = self.scan(count, *["010471000000004221K-2"] * 2)
        self.assertEqual(
            [result["status"] for result in results], ["counted", "refused"]
        )

    def test_a_lot_nobody_sent_gets_a_row(self):
        count = self.start(self.make_shipped_transfer(lines={self.matcha: 10}))
        self.scan(count, "010471000000003510M-9")
        row = next(r for r in count.get_screen()["rows"] if r["lot"] == "M-9")
        self.assertEqual((row["expected"], row["came"]), (0, 1))

    def test_a_product_with_lots_that_nobody_sent_asks_which(self):
        """A row without a lot could not be submitted, nor be given one."""
        count = self.start(self.make_shipped_transfer(lines={self.tea: 1}))
        [result] = self.scan(count, "MAT-001")
        self.assertEqual(result["status"], "asks_lot")
        self.assertEqual(count.sudo().line_ids.product_id, self.tea)
        self.send(count, {"kind": "scan", "barcode": "MAT-001", "lot_name": "M-1"})
        self.assertEqual(self.get_counted(count), {("MAT-001", "M-1"): 1})
        self.assertTrue(count.get_review()["rows"])

    def test_a_vendor_brings_lots(self):
        transfer = self.make_transfer(
            user=self.shop_staff, lines={self.matcha: 10}, kind="receipt"
        )
        self.submit(transfer, self.shop_staff)
        count = self.start(transfer)
        self.assertTrue(self.get_row(count, self.matcha)["needs_lot"])
        self.send(
            count,
            {"kind": "scan", "barcode": "MAT-001", "lot_name": "NEW-1"},
            {"kind": "scan", "barcode": "MAT-001", "lot_name": "NEW-2"},
            {"kind": "scan", "barcode": "010471000000003510NEW-1"},
        )
        self.assertEqual(
            self.get_counted(count),
            {("MAT-001", "NEW-1"): 2, ("MAT-001", "NEW-2"): 1},
        )
