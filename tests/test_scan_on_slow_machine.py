from odoo.tests import tagged

from .common_keyboard import KeyboardCase

# The processor at a sixth of its speed, as in an old tablet that does other things.
SLOWNESS = 6


@tagged("post_install", "-at_install")
class TestScanOnSlowMachine(KeyboardCase):
    def test_no_row_but_the_scanned_one_changes(self):
        codes = ["4719980006129", "A-SPRING", "U-SPRING", "S-SPRING", "+7-SPRING"]
        products = self.env["product.product"].concat(
            *(self._create_product(f"Product {code}", code) for code in codes)
        )
        self._add_stock(self.ec, products, 20)
        lines = {self.tea: 5, **{product: 10 for product in products}}
        count = self.start(self.make_shipped_transfer(lines=lines))
        path = f"/odoo/store-transfer-count/{count.id}"
        with self.open_browser(path, self.shop_staff, SLOWNESS) as keyboard:
            keyboard.click(".o_count_row[data-sku='TEA-001']")
            keyboard.see(".o_count_card", "Oolong Tea")
            for place in (1, 4, 7):
                for code in codes:
                    keyboard.scan(code, late_key=place, late=0.12)
            for code in codes:
                keyboard.scan(code, end=None)
                keyboard.type("4")
                keyboard.scan(code, late_key=4, late=0.1)
            keyboard.see(".o_count_sync", "Saved")
        self.assertEqual(
            self.get_counted(count), {(product, False): 5 for product in products}
        )
        self.assertEachOnce(count)
