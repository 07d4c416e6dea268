from odoo.tests import tagged

from .common_tours import ShipTourCase


class ShelfCase(ShipTourCase):
    """Goods lie on shelves."""

    def put_on_shelf(self, number, product, quantity, lot=None):
        shelf = self._create_location(f"Shelf {number:02}", self.ec.lot_stock_id)
        self.env["stock.quant"]._update_available_quantity(
            product, shelf, quantity, lot_id=lot
        )

    def make_products(self, numbers):
        """Return products of which there are enough, the last on the first shelf."""
        products = self.env["product.product"].concat(
            *(self._create_product(f"Product {n}", f"P-{n}") for n in numbers)
        )
        for number, product in enumerate(reversed(products), start=1):
            self.put_on_shelf(number, product, 10)
        return products

    def make_kettle(self, *serials):
        kettle = self._create_product("Kettle", "KET-001", tracking="serial")
        for number, name in enumerate(serials, start=30):
            lot = self.env["stock.lot"].create({"name": name, "product_id": kettle.id})
            self.put_on_shelf(number, kettle, 1, lot)
        return kettle


@tagged("post_install", "-at_install")
class TestShipTours(ShelfCase):
    """Who walks along the shelves, with a scanner that acts as a keyboard."""

    def test_thirty_lines_another_serial_number_and_one_short(self):
        products = self.make_products(range(101, 129))
        kettle = self.make_kettle("K-1", "K-2", "K-3")
        scarce = self._create_product("Scarce", "P-130")
        self.put_on_shelf(29, scarce, 2)
        lines = {product: 2 for product in products | kettle | scarce}
        transfer = self.make_approved(lines=lines)
        self.play("ship_30", self.ec_staff)
        self.assertState("in_transit")
        self.assertEqual(transfer.shipped_quantity, 59)
        self.assertEqual(transfer.to_ship_quantity, 1)
        pick = transfer.sudo().pick_ids.filtered(lambda pick: pick.state == "done")
        self.assertEachOnce(pick)
        cartons = transfer.sudo().carton_ids.sorted("transfer_number")
        self.assertEqual(
            [sum(carton.quant_ids.mapped("quantity")) for carton in cartons], [28, 31]
        )
        shipped = transfer.sudo().line_ids.move_ids.filtered(
            lambda move: move.transfer_flow == "ship" and move.state == "done"
        )
        self.assertEqual(
            set(shipped.move_line_ids.lot_id.mapped("name")), {"K-1", "K-3"}
        )

    def test_the_rest_is_closed_with_a_reason(self):
        transfer = self.make_approved(lines={self.tea: 3, self.mug: 5})
        pick = self.start_pick(transfer, self.ec_approver)
        self.pick_in_browser(pick, "ship_close", self.ec_approver)
        self.assertEqual(transfer.shipped_quantity, 7)
        self.assertEqual(transfer.to_ship_quantity, 0)
        mugs = transfer.line_ids.filtered(lambda line: line.product_id == self.mug)
        self.assertEqual(
            mugs.close_reason_id, self.env.ref("store_transfer.reason_out_of_stock")
        )
        self.assertEachOnce(pick)


@tagged("post_install", "-at_install")
class TestShipToursOnPhone(ShelfCase):
    """The same with a phone that a scanner is paired with: it goes where no network is.

    An approver closes the rest at a desk.
    """

    browser_size = "375x667"
    touch_enabled = True

    test_thirty_lines = (
        TestShipTours.test_thirty_lines_another_serial_number_and_one_short
    )

    def test_the_network_is_cut_for_a_while(self):
        transfer = self.make_approved(lines={self.tea: 3, self.mug: 5})
        pick = self.start_pick(transfer)
        self.pick_in_browser(pick, "ship_offline")
        self.assertEqual(self.get_picked(pick), {("TEA-001", ""): 3})
        self.assertEqual(transfer.shipped_quantity, 3)
        self.assertEachOnce(pick)
