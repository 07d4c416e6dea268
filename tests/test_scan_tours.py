import threading

from odoo.tests import tagged
from odoo.tests.common import ChromeBrowser

from .common_camera import CameraCase
from .common_tours import ScanTourCase


@tagged("post_install", "-at_install")
class TestScanTours(ScanTourCase):
    """The clerk at the door, with a scanner that acts as a keyboard."""

    def test_thirty_rows_by_the_keyboard_alone(self):
        products = self.env["product.product"].concat(
            *(
                self._create_product(f"Product {number}", f"P-{number}")
                for number in range(101, 131)
            )
        )
        self._add_stock(self.ec, products, 10)
        transfer = self.make_shipped_transfer(
            lines={product: 2 for product in products}
        )
        self.play("scan_30", self.shop_staff)
        self.assertState("done")
        self.assertEqual(transfer.received_quantity, 60)
        self.assertEqual(transfer.arrival_user_id, self.shop_staff)
        last = transfer.sudo().event_ids.sorted("id")[-1]
        self.assertEqual((last.step, last.origin), ("count", "scan"))
        self.assertEachOnce(transfer.sudo().count_ids)
        self.assertEqual(len(transfer.sudo().count_ids.line_ids), 30)

    def test_the_network_is_cut_for_a_while(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 5})
        count = self.start(transfer)
        self.scan_in_browser(count, "scan_offline")
        self.assertEqual(
            self.get_counted(count), {(self.tea, False): 4, (self.mug, False): 1}
        )
        self.assertEachOnce(count)

    def test_lots_damaged_and_a_serial_number_twice(self):
        matcha = self._create_product(
            "Matcha", "MAT-001", tracking="lot", barcode="4710000000035"
        )
        kettle = self._create_product("Kettle", "KET-001", tracking="serial")
        for product, name, quantity in (
            (matcha, "M-1", 6),
            (matcha, "M-2", 4),
            (kettle, "K-1", 1),
        ):
            lot = self.env["stock.lot"].create({"name": name, "product_id": product.id})
            self._add_stock(self.ec, product, quantity, lot=lot)
        transfer = self.make_shipped_transfer(lines={matcha: 10, kettle: 1})
        count = self.start(transfer)
        self.scan_in_browser(count, "scan_lots")
        self.assertEqual(
            self.get_counted(count),
            {(matcha, "M-1"): 3, (matcha, "M-2"): 3, (kettle, "K-1"): 1},
        )
        damaged = count.sudo().line_ids.filtered("damaged_quantity")
        self.assertEqual(damaged.damaged_quantity, 1)
        self.assertEqual(damaged.remark, "The bag is torn")


@tagged("post_install", "-at_install")
class TestScanToursOnPhone(ScanTourCase):
    """With a phone that a scanner is paired with, and that takes photos.

    The keyboard and what waits for the network are the same code: on the desktop only.
    """

    browser_size = "375x667"
    touch_enabled = True

    test_lots = TestScanTours.test_lots_damaged_and_a_serial_number_twice

    def test_photos_without_a_network(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 5})
        count = self.start(transfer)
        self.scan_in_browser(count, "scan_photo")
        photos = self.env["store.transfer.count.scan"].search(
            [("count_id", "=", count.id), ("kind", "=", "photo")]
        )
        self.assertEqual(set(photos.mapped("status")), {"counted"})
        self.assertEqual(photos.line_id.product_id, self.tea | self.mug)
        self.assertEqual(len(photos), 2)
        self.assertTrue(all(line.photo for line in count.sudo().line_ids))


@tagged("post_install", "-at_install")
class TestCamera(CameraCase, ScanTourCase):
    """Real barcodes in front of a real browser's camera: that of a phone."""

    browser_size = "375x667"
    touch_enabled = True

    def setUp(self):
        super().setUp()
        # One piece held for long, a second one, and a label in another symbology.
        self.show_camera(
            ("EAN13", self.tea.barcode, 4),
            (None, None, 2.5),
            ("EAN13", self.tea.barcode, 1.5),
            (None, None, 2.5),
            ("Code128", self.mug.default_code, 2),
            (None, None, 10),
        )

    def test_count_with_the_camera(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 5})
        count = self.start(transfer)
        self.scan_in_browser(count, "scan_camera")
        self.assertEqual(
            self.get_counted(count), {(self.tea, False): 2, (self.mug, False): 1}
        )
        self.assertEachOnce(count)


@tagged("post_install", "-at_install")
class TestTwoBrowsers(ScanTourCase):
    """Two people with a browser each count one delivery at the same time."""

    def authenticate(self, user, password, **options):
        """The second browser goes on when the first one may use the server, too."""
        result = super().authenticate(user, password, **options)
        if user == self.shop_staff.login:
            self.first_is_ready.set()
        return result

    def test_two_browsers_count_one_delivery(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 5})
        count = self.start(transfer)
        self.first_is_ready = threading.Event()
        self.http_request_allow_all = True
        second = ChromeBrowser(self, success_signal="tour succeeded")
        self.addCleanup(second.stop)
        self.authenticate(
            self.shop_approver.login, self.shop_approver.login, browser=second
        )
        # Logging in the first browser would end this session.
        self.session = None
        failures = []
        colleague = threading.Thread(
            target=self._play_in, args=(second, count.id, failures)
        )
        colleague.start()
        self.scan_in_browser(count, "scan_together_tea")
        colleague.join(60)
        self.assertFalse(failures)
        self.env.invalidate_all()
        self.assertEqual(
            self.get_counted(count), {(self.tea, False): 10, (self.mug, False): 5}
        )
        self.assertEachOnce(count)

    def _play_in(self, browser, count_id, failures):
        tour = "store_transfer_scan_together_mug"
        try:
            self.first_is_ready.wait(60)
            browser.navigate_to(
                f"{self.base_url()}/odoo/store-transfer-count/{count_id}",
                wait_stop=False,
            )
            browser._wait_ready(f"odoo.isTourReady('{tour}')")
            browser._wait_code_ok(f"odoo.startTour('{tour}', {{}})", 60)
            # No more requests: the first browser will stop, and with it the server.
            browser.navigate_to("about:blank", wait_stop=False)
        except Exception as failure:  # told to the test, whose thread is another one
            failures.append(failure)
