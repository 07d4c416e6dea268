from odoo.tests import tagged

from .common_camera import CameraCase
from .common_cartons import CartonCase
from .common_till_tours import PHONE, TillTourCase
from .common_tours import ScanTourCase

SSCC = "106141411234567897"


class TillScanCase(TillTourCase, ScanTourCase, CartonCase):
    """Goods are counted and picked at the till, beside a sale that is rung up."""

    def make_arrived(self, **lines):
        transfer = self.make_shipped_transfer(**lines)
        self.confirm_arrival(transfer)
        return transfer

    def get_open_count(self):
        return self.get_transfer().sudo().count_ids.ensure_one()


@tagged("post_install", "-at_install")
class TestTillScanTours(TillScanCase):
    """Scanning at the till: nothing is lost, nothing doubled, the sale stays."""

    def test_one_short_and_one_damaged(self):
        transfer = self.make_arrived(lines={self.tea: 10, self.mug: 5})
        self.play_at_till("count")
        self.assertState("partial")
        self.assertEachOnce(self.get_open_count())
        self.assertLines("received_quantity", {self.tea: 9, self.mug: 4})
        self.assertLines("damaged_quantity", {self.tea: 0, self.mug: 1})
        self.assertEqual(transfer.sudo().count_ids.user_id, self.shop_staff)

    def test_a_count_outlives_saver_lock_reload_back_and_forward(self):
        self.make_arrived(lines={self.tea: 10, self.mug: 5})
        self.play_at_till("ways_out", query="tour_clock=1")
        count = self.get_open_count()
        self.assertEachOnce(count)
        self.assertEqual(self.get_counted(count), {(self.tea, False): 4})


@tagged("post_install", "-at_install")
class TestTillScanToursOnPhone(TillScanCase):
    """The same on a phone: counting, and the way into a corner without a network.

    Who leaves the screen and comes back is looked at on the desktop, whose till has a
    saver and is locked and reloaded.
    """

    browser_size = PHONE
    touch_enabled = True

    test_count = TestTillScanTours.test_one_short_and_one_damaged

    def test_the_till_is_offline_for_a_while(self):
        self.make_arrived(lines={self.tea: 10, self.mug: 5})
        self.play_at_till("offline")
        count = self.get_open_count()
        self.assertEachOnce(count)
        self.assertEqual(
            self.get_counted(count), {(self.tea, False): 2, (self.mug, False): 2}
        )


@tagged("post_install", "-at_install")
class TestTillScanner(CameraCase, TillScanCase):
    """What the till makes of what is scanned for us."""

    def test_ten_minutes_of_nothing_but_scans(self):
        self.make_arrived(lines={self.tea: 100})
        self.play_at_till("presence", query="tour_clock=1")
        self.assertEqual(
            self.get_counted(self.get_open_count()), {(self.tea, False): 100}
        )

    def test_codes_that_no_nomenclature_knows(self):
        self.make_arrived(lines={self.tea: 10, self.mug: 5})
        self.play_at_till("unknown")

    def test_a_gs1_nomenclature(self):
        transfer, cartons = self.make_packed_transfer({self.mug: 5}, {self.tea: 10})
        cartons[0].name = SSCC
        self.confirm_arrival(transfer)
        self.company.nomenclature_id = self.env.ref(
            "barcodes_gs1_nomenclature.default_gs1_nomenclature"
        )
        self.play_at_till("gs1")
        self.assertEqual(
            self.get_counted(self.get_open_count()),
            {(self.mug, False): 5, (self.tea, False): 1},
        )

    def test_the_camera(self):
        self.show_camera(("EAN13", self.tea.barcode, 4), (None, None, 20))
        self.make_arrived(lines={self.tea: 10, self.mug: 5})
        self.play_at_till("camera")
        self.assertEachOnce(self.get_open_count())

    def test_scans_that_come_too_late_go_into_the_next_count(self):
        transfer = self.make_arrived(lines={self.tea: 10})
        self.play_at_till("too_late")
        self.assertLines("received_quantity", {self.tea: 1})
        first, second = transfer.sudo().count_ids.sorted("id")
        self.assertEqual((first.state, second.state), ("done", "open"))
        self.assertEqual(self.get_counted(second), {(self.tea, False): 2})

    def test_an_address_that_was_typed_wrong(self):
        transfer = self.make_arrived(lines={self.tea: 10})
        self.start_tour(
            f"/pos/ui/{self.till.id}/transfers/{transfer.id}/nonsense",
            "store_transfer_till_wrong_address",
            login=self.shop_staff.login,
        )
        self.assertFalse(transfer.sudo().count_ids)

    def test_only_transfers_get_no_answer(self):
        self.make_arrived(lines={self.tea: 10})
        self.play_at_till("no_answer")


@tagged("post_install", "-at_install")
class TestTillShipping(TillScanCase):
    """The till of the store that sends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till = cls._open_till(cls.ec, cls.ec_staff)

    def test_a_part_is_picked_and_shipped(self):
        transfer = self.make_approved(lines={self.tea: 10, self.mug: 5})
        self.play_at_till("ship", user=self.ec_staff)
        self.assertEqual(transfer.shipped_quantity, 5)
        self.assertEqual(transfer.to_ship_quantity, 10)
        self.assertEqual(transfer.state, "in_transit")
