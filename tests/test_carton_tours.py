from odoo.tests import tagged

from .common_cartons import CartonCase
from .common_tours import ScanTourCase


class CartonTourCase(CartonCase, ScanTourCase):
    """Cartons have labels that the tours know."""

    def make_named_cartons(self, names, *contents, **values):
        transfer, cartons = self.make_packed_transfer(*contents, **values)
        for carton, name in zip(cartons, names, strict=True):
            carton.name = name
        return transfer, cartons


@tagged("post_install", "-at_install")
class TestCartonTours(CartonTourCase):
    """The clerk at the door, with cartons in front of them."""

    def test_cartons_are_received_and_one_is_missing(self):
        transfer, cartons = self.make_named_cartons(
            ("CT-ONE", "CT-TWO", "CT-THREE"),
            {self.tea: 6, self.mug: 2},
            {self.tea: 4},
            {self.mug: 3},
        )
        astray, _cartons = self.make_named_cartons(
            ("CT-ASTRAY",), {self.lamp: 1}, destination_store_id=self.shop_south.id
        )
        count = self.start(transfer)
        self.scan_in_browser(count, "receive_cartons")
        self.assertEqual(self.get_places(cartons), ["internal", "internal", "transit"])
        self.assertEqual(transfer.state, "partial")
        self.assertEqual(self.get_stock(self.shop, self.tea), 10)
        self.assertIn("CT-ASTRAY", astray.sudo().message_ids[0].body)

    def test_cartons_are_packed_and_received(self):
        transfer = self.make_transfer(lines={self.tea: 3, self.mug: 2})
        self.submit(transfer)
        self.approve(transfer)
        action = transfer.with_user(self.ec_staff).action_pick()
        pick_id = action["params"]["pick_id"]
        self.start_tour(
            f"/odoo/{action['path']}/{pick_id}",
            "store_transfer_pack_cartons",
            login=self.ec_staff.login,
        )
        self.env.invalidate_all()
        self.assertLedger(transfer)
        cartons = transfer.sudo().carton_ids.sorted("transfer_number")
        self.assertEqual(
            [
                {quant.product_id: quant.quantity for quant in carton.quant_ids}
                for carton in cartons
            ],
            [{self.tea: 2, self.mug: 1}, {self.mug: 1}],
        )
        self.assertEqual(transfer.shipped_quantity, 5)
        count = self.start(transfer)
        self.scan(count, *cartons.mapped("name"))
        self.assertEqual(count.sudo().counted_quantity, 4)

    def test_cartons_are_opened(self):
        self.company.transfer_carton_policy = "open"
        transfer, _cartons = self.make_named_cartons(
            ("CT-ONE", "CT-TWO"), {self.tea: 6}, {self.mug: 2}
        )
        other, cartons = self.make_named_cartons(("CT-OTHER",), {self.lamp: 3})
        self.scan_in_browser(self.start(transfer), "open_cartons")
        self.assertEqual(other.sudo().count_ids._get_cartons_here(), cartons)


@tagged("post_install", "-at_install")
class TestCartonToursOnPhone(CartonTourCase):
    """The delivery at the door; cartons are packed and opened on a table."""

    browser_size = "375x667"
    touch_enabled = True

    test_receive = TestCartonTours.test_cartons_are_received_and_one_is_missing
