import json
import uuid

from odoo.tests import tagged
from odoo.tools import file_open

from .common_scan import ScanCase

RULES = "store_transfer/static/tests/count/scan_rules.js"


class CodesCase(ScanCase):
    @classmethod
    def _create_products(cls):
        products = super()._create_products()
        cls.matcha = cls._create_product("Matcha", "MAT-001", tracking="lot")
        cls.sencha = cls._create_product("Sencha", "SEN-001", tracking="lot")
        cls.kettle = cls._create_product("Kettle", "KET-001", tracking="serial")
        return products

    def add_lot(self, product, name, quantity=10):
        lot = self.env["stock.lot"].create({"name": name, "product_id": product.id})
        self._add_stock(self.ec, product, quantity, lot=lot)
        return lot

    def start_with_shared_lot(self):
        """Count ten of each of two products, all of the lot L-1."""
        for product in (self.matcha, self.sencha):
            self.add_lot(product, "L-1")
        return self.start(
            self.make_shipped_transfer(lines={self.matcha: 10, self.sencha: 10})
        )

    def get_counted(self, count):
        return {
            (line.product_id.default_code, line._get_lot_name()): line.counted_quantity
            for line in count.sudo().line_ids
            if line.counted_quantity
        }


@tagged("post_install", "-at_install")
class TestLotLabels(CodesCase):
    """A lot label is of one piece of one product, and of the right one."""

    def test_a_lot_of_two_products_asks_which(self):
        count = self.start_with_shared_lot()
        [result] = self.scan(count, "L-1")
        self.assertEqual(result["status"], "asks_product")
        self.assertEqual(
            result["products"],
            [
                {"id": product.id, "name": product.display_name}
                for product in (self.matcha, self.sencha)
            ],
        )
        self.assertRegex(result["message"], "L-1 .*Matcha.*Sencha")
        self.assertFalse(self.get_counted(count))
        self.send(
            count, {"kind": "scan", "barcode": "L-1", "product_id": self.sencha.id}
        )
        self.assertEqual(self.get_counted(count), {("SEN-001", "L-1"): 1})

    def test_the_question_is_the_same_when_it_is_sent_again(self):
        count = self.start_with_shared_lot()
        event = {"uuid": "0" * 36, "kind": "scan", "barcode": "L-1"}
        first = count.record_scans([event])
        self.assertEqual(count.record_scans([event])["results"], first["results"])

    def test_which_product_only_one_of_those_that_share_it_can_be(self):
        count = self.start_with_shared_lot()
        for product_id in (self.tea.id, True, "x", 2**70):
            [result] = self.send(
                count, {"kind": "scan", "barcode": "L-1", "product_id": product_id}
            )
            self.assertEqual(result["status"], "asks_product")
        self.assertFalse(self.get_counted(count))

    def test_the_product_scanned_just_before(self):
        """In one batch or in two, and of another device only what it scanned itself."""
        count = self.start_with_shared_lot()
        scans = [
            {"kind": "scan", "barcode": barcode}
            for barcode in ("SEN-001", "L-1", "MAT-001", "L-1")
        ]
        self.send(count, *scans, device="Phone A")
        self.assertEqual(
            self.get_counted(count), {("SEN-001", "L-1"): 1, ("MAT-001", "L-1"): 1}
        )
        self.send(count, scans[0], device="Phone A")
        [other] = self.send(count, scans[1], device="Phone B")
        self.assertEqual(other["status"], "asks_product")
        self.send(count, scans[1], device="Phone A")
        self.assertEqual(self.get_counted(count)["SEN-001", "L-1"], 2)
        [again] = self.send(count, scans[1], device="Phone A")
        self.assertEqual(again["status"], "asks_product")

    def test_product_and_lot_label_are_one_piece(self):
        """Whether one lot was sent or several."""
        for names in (("M-1",), ("M-2", "M-3")):
            with self.subTest(names):
                product = self._create_product("Tea", f"T-{names[0]}", tracking="lot")
                for name in names:
                    self.add_lot(product, name, 5)
                count = self.start(
                    self.make_shipped_transfer(lines={product: 5 * len(names)})
                )
                label, lot = self.scan(count, product.default_code, names[-1])
                self.assertEqual(
                    (label["status"], lot["status"]), ("asks_lot", "counted")
                )
                self.assertEqual(
                    self.get_counted(count), {(product.default_code, names[-1]): 1}
                )

    def test_a_product_that_was_sent_without_a_lot(self):
        """Its label is all there is."""
        types = self.ec.transfer_out_type_id | self.shop.transfer_in_type_id
        types.write({"use_create_lots": False, "use_existing_lots": False})
        self._add_stock(self.ec, self.matcha, 5)
        transfer = self.make_shipped_transfer(lines={self.matcha: 5})
        count = self.start(transfer)
        self.scan(count, "MAT-001", "MAT-001")
        self.assertEqual(self.get_counted(count), {("MAT-001", ""): 2})

    def test_a_shared_lot_is_taken_back_where_it_was_counted(self):
        count = self.start_with_shared_lot()
        self.send(
            count,
            {"kind": "scan", "barcode": "SEN-001"},
            {"uuid": "u" * 8, "kind": "scan", "barcode": "L-1"},
            {"kind": "scan", "barcode": "L-1", "product_id": self.matcha.id},
            {"kind": "undo", "undoes": "u" * 8},
        )
        self.assertEqual(self.get_counted(count), {("MAT-001", "L-1"): 1})

    def test_a_refused_scan_leaves_no_row_behind(self):
        self._create_box(self.kettle, "BOX-KET")
        self.add_lot(self.kettle, "S-1", 1)
        for is_sent in (True, False):
            lines = {self.tea: 1, self.kettle: 1} if is_sent else {self.tea: 1}
            count = self.start(self.make_shipped_transfer(lines=lines))
            before = count.sudo().line_ids
            [result] = self.send(
                count, {"kind": "scan", "barcode": "BOX-KET", "lot_name": "S-1"}
            )
            self.assertEqual(result["status"], "refused")
            self.assertRegex(result["message"], "S-1 stands for one piece, not for 12")
            self.assertEqual(count.sudo().line_ids, before)

    def test_why_a_serial_number_is_refused(self):
        """That it was counted already is said where it was, and nowhere else."""
        self.add_lot(self.kettle, "S-1", 1)
        count = self.start(self.make_shipped_transfer(lines={self.kettle: 1}))
        line = self.get_line(count, self.kettle)
        for came in (0, 1):
            self.send(count, {"kind": "set", "line_id": line.id, "quantity": came})
            [typed] = self.send(
                count, {"kind": "set", "line_id": line.id, "quantity": 3}
            )
            self.assertRegex(typed["message"], "S-1 stands for one piece, not for 3")
        [again] = self.scan(count, "S-1")
        self.assertRegex(again["message"], "S-1 was counted already")
        self.assertEqual(line.counted_quantity, 1)

    def test_a_refused_scan_names_no_row(self):
        """Of what a third party brings, the row without a lot waits for one."""
        self._create_box(self.kettle, "BOX-KET")
        transfer = self.make_transfer(
            user=self.shop_staff, lines={self.kettle: 2}, kind="receipt"
        )
        self.submit(transfer, self.shop_staff)
        count = self.start(transfer)
        self.send(count, {"kind": "scan", "barcode": "BOX-KET", "lot_name": "S-1"})
        self.assertFalse(count.line_ids.lot_name)
        self.assertEqual(len(count.line_ids), 1)


@tagged("post_install", "-at_install")
class TestCodes(CodesCase):
    """What a code stands for: what is on its way first, and never the wrong one."""

    def test_two_products_on_their_way_with_one_sku(self):
        self.mug.default_code = "TEA-001"
        count = self.start(self.make_shipped_transfer(lines={self.tea: 2, self.mug: 2}))
        codes = count.get_screen()["barcodes"]
        for product in (self.tea, self.mug):
            self.assertIn(["TEA-001", product.id, 1], codes)
        [result] = self.scan(count, "TEA-001")
        self.assertEqual(result["status"], "asks_product")
        self.send(
            count, {"kind": "scan", "barcode": "TEA-001", "product_id": self.mug.id}
        )
        self.assertEqual(self.get_line(count, self.mug).counted_quantity, 1)

    def test_of_two_products_with_one_sku_the_one_on_its_way(self):
        self.mug.default_code = "TEA-001"
        count = self.start(self.make_shipped_transfer(lines={self.tea: 2}))
        self.scan(count, "TEA-001")
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 1)

    def test_a_barcode_comes_before_a_sku(self):
        self.mug.default_code = self.tea.barcode
        count = self.start(self.make_shipped_transfer(lines={self.tea: 2, self.mug: 2}))
        codes = [
            row for row in count.get_screen()["barcodes"] if row[0] == self.tea.barcode
        ]
        self.assertEqual(codes, [[self.tea.barcode, self.tea.id, 1]])
        self.scan(count, self.tea.barcode)
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 1)

    def test_the_sku_of_a_product_that_nobody_sent_is_the_lot_of_one_that_came(self):
        self.add_lot(self.matcha, "LMP-001")
        count = self.start(self.make_shipped_transfer(lines={self.matcha: 2}))
        self.scan(count, "LMP-001")
        self.assertEqual(self.get_counted(count), {("MAT-001", "LMP-001"): 1})

    def test_what_was_archived_on_its_way_still_arrives(self):
        self._create_box(self.mug, "BOX-MUG")
        self.add_lot(self.matcha, "M-1")
        transfer = self.make_shipped_transfer(
            lines={self.tea: 2, self.mug: 12, self.matcha: 10}
        )
        products = self.tea | self.mug | self.matcha
        products.action_archive()
        self.mug.uom_ids.action_archive()
        count = self.start(transfer)
        results = self.scan(count, "4710000000011", "TEA-001", "BOX-MUG", "M-1")
        self.assertEqual({result["status"] for result in results}, {"counted"})
        review = count.get_review()
        self.assertEqual([row["sku"] for row in review["rows"]], ["MAT-001"])
        count.action_submit()
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.shop, self.mug), 12)
        self.settle_rest_of(transfer)

    def settle_rest_of(self, transfer):
        wizard = self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_settle",
            outcome="lost",
            reason_id=self.env.ref("store_transfer.reason_stolen").id,
        )
        wizard.action_settle()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")

    def test_a_barcode_of_an_archived_product_that_another_bears_now(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 2})
        self.tea.action_archive()
        self.mug.default_code = "TEA-001"
        count = self.start(transfer)
        self.scan(count, "TEA-001")
        self.assertEqual(self.get_line(count, self.tea).counted_quantity, 1)

    def test_an_archived_product_that_nobody_sent_is_unknown(self):
        self.mug.action_archive()
        count = self.start(self.make_shipped_transfer(lines={self.tea: 2}))
        [result] = self.scan(count, "MUG-001")
        self.assertEqual(result["status"], "unknown")


@tagged("post_install", "-at_install")
class TestScanRules(CodesCase):
    """The cases that screen and server decide by the same rule: one table for both."""

    def make_count(self, rows):
        """Have a count with these rows: dicts of product, tracking, lot, expected."""
        products = {}
        for row in rows:
            sku = row["product"]
            if sku not in products:
                products[sku] = self._create_product(
                    sku, sku, tracking=row.get("tracking", "none")
                )
            lot = self.env["stock.lot"]
            if row.get("lot"):
                lot = lot.create({"name": row["lot"], "product_id": products[sku].id})
            self._add_stock(self.ec, products[sku], row["expected"], lot=lot)
        quantities = {
            product: sum(row["expected"] for row in rows if row["product"] == sku)
            for sku, product in products.items()
        }
        return self.start(self.make_shipped_transfer(lines=quantities))

    def test_each_code(self):
        with file_open(RULES) as file:
            _before, rules, _after = file.read().split("`")
        for rule in json.loads(rules):
            with self.subTest(rule["name"]), self.cr.savepoint() as savepoint:
                count = self.make_count(rule["rows"])
                for scan in rule["scans"]:
                    self.check(count, **scan)
                savepoint.rollback()
                self.env.invalidate_all()

    def check(self, count, code, status, row=None, products=()):
        [result] = self.send(
            count, {"uuid": str(uuid.uuid4()), "kind": "scan", "barcode": code}
        )
        self.assertEqual(result["status"], status, result)
        line = count.sudo().line_ids.browse(result["line_id"] or ())
        goods = line and [line.product_id.default_code, line._get_lot_name()]
        self.assertEqual(goods or None, row)
        named = self.env["product.product"].browse(
            product["id"] for product in result.get("products", ())
        )
        self.assertEqual(named.mapped("default_code"), list(products))
