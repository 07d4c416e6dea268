from odoo.tests import tagged

from .common_performance import PerformanceCase


class PickPerformanceCase(PerformanceCase):
    def get_pick(self, action):
        picks = self.env["store.transfer.pick"].with_user(self.ec_staff)
        return picks.browse(action["params"]["pick_id"])

    def measure_scans(self, name, pick, codes):
        events = [
            {"uuid": f"{pick.id:08}{number:08}", "kind": "scan", "barcode": code}
            for number, code in enumerate(codes)
        ]
        return self.measure(name, pick.transfer_id, lambda: pick.record_scans(events))


@tagged("post_install", "-at_install")
class TestPerformanceOfPicking(PickPerformanceCase):
    """Picking costs the same per line in a large transfer."""

    def live(self, number_of_lines):
        transfer = self.make_approved(number_of_lines).with_user(self.ec_staff)
        action = self.measure("start", transfer, transfer.action_pick)
        pick = self.get_pick(action)
        self.measure("open_the_screen", transfer, pick.get_screen)
        self.measure("review", transfer, pick.get_review)
        codes = pick.line_ids.mapped("default_code")
        with self.taken_back():
            self.measure_scans("scan_one_product_many_times", pick, codes[:1] * 9)
        with self.taken_back():
            self.measure_scans("scan_every_product_once", pick, codes)
        self.pick_everything(pick)
        self.measure("submit", transfer, pick.action_submit)

    def pick_everything(self, pick):
        events = [
            {
                "uuid": f"all-{pick.id:08}{line.id:08}",
                "kind": "all_came",
                "line_id": line.id,
            }
            for line in pick.line_ids
        ]
        pick.record_scans(events)

    def test_start(self):
        self.assertCostPerLine("start", 0.1)

    def test_open_the_screen(self):
        self.assertCostPerLine("open_the_screen", 0.1)

    def test_scan_one_product_many_times(self):
        figures = self.figures["scan_one_product_many_times"]
        queries = [figures[size][0] for size in (self.FEW, self.MANY)]
        # Ids of many rows are read in parts.
        self.assertLessEqual(max(queries) - min(queries), 2)

    def test_scan_every_product_once(self):
        # Each barcode is looked up by itself.
        self.assertCostPerLine("scan_every_product_once", 8)

    def test_review(self):
        self.assertCostPerLine("review", 0.1)

    def test_submit(self):
        self.assertCostPerLine("submit", 2)


@tagged("post_install", "-at_install")
class TestPerformanceOfPickingSerialNumbers(PickPerformanceCase):
    """Other serial numbers than those that were set aside."""

    def live(self, number_of_lines):
        products = self._create_many_products("S", number_of_lines)
        codes = [self.add_serial_numbers(product)[-1] for product in products]
        transfer = self.make_transfer(lines=dict.fromkeys(products, 1))
        self.submit(transfer)
        self.approve(transfer)
        pick = self.get_pick(transfer.with_user(self.ec_staff).action_pick())
        answer = self.measure_scans("scan_another_of_each_product", pick, codes)
        statuses = {result["status"] for result in answer["results"].values()}
        self.assertEqual(statuses, {"counted"})

    def add_serial_numbers(self, product):
        product.tracking = "serial"
        names = [f"{product.default_code}-{name}" for name in ("A", "B")]
        for name in names:
            lot = self.env["stock.lot"].create({"name": name, "product_id": product.id})
            self._add_stock(self.ec, product, 1, lot=lot)
        return names

    def test_scan_another_of_each_product(self):
        # Each is looked up, gets a row, and is set aside instead of another one.
        self.assertCostPerLine("scan_another_of_each_product", 60)
