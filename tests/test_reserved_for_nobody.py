from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestReservedForNobody(StoreTransferCase):
    """What two who moved the same goods at once have left, who is next puts right."""

    def reserve(self, product, store, quantity):
        """Reserve what no move asks for."""
        self.env["stock.quant"]._update_reserved_quantity(
            product, store.lot_stock_id, quantity
        )

    def get_quants(self, product, store):
        return self.env["stock.quant"].search(
            [
                ("product_id", "=", product.id),
                ("location_id", "=", store.lot_stock_id.id),
            ]
        )

    def get_reserved(self, product, store):
        return sum(self.get_quants(product, store).mapped("reserved_quantity"))

    def make_waiting_transfer(self, **values):
        transfer = self.make_transfer(**values)
        self.submit(transfer)
        return transfer

    def test_all_of_it_can_be_reserved_again(self):
        self.reserve(self.tea, self.ec, 95)
        transfer = self.make_waiting_transfer()
        self.approve(transfer)
        self.assertEqual(self.get_reserved(self.tea, self.ec), 10)
        self.ship(transfer)
        self.assertEqual(transfer.line_ids.shipped_quantity, 10)
        self.assertEqual(self.get_reserved(self.tea, self.ec), 0)

    def test_what_moves_ask_for_and_quants_forgot(self):
        transfer = self.make_waiting_transfer()
        self.approve(transfer)
        self.reserve(self.tea, self.ec, -4)
        self.approve(self.make_waiting_transfer(lines={self.tea: 7}))
        self.assertEqual(self.get_reserved(self.tea, self.ec), 17)

    def test_goods_in_two_quants_are_one_again(self):
        self.env["stock.quant"].create(
            {
                "product_id": self.tea.id,
                "location_id": self.ec.lot_stock_id.id,
                "quantity": 5,
                "reserved_quantity": -2,
            }
        )
        self.approve(self.make_waiting_transfer())
        quant = self.get_quants(self.tea, self.ec)
        self.assertEqual((quant.quantity, quant.reserved_quantity), (105, 10))

    def test_other_goods_and_places_are_left_to_the_scheduler(self):
        """Who approves ten tea waits for nothing else, and meets nobody at it."""
        self._add_stock(self.shop_south, self.tea, 20)
        self.reserve(self.mug, self.ec, 7)
        self.reserve(self.tea, self.shop_south, 3)
        self.reserve(self.tea, self.ec, 1)
        self.approve(self.make_waiting_transfer())
        self.assertEqual(self.get_reserved(self.tea, self.ec), 10)
        self.assertEqual(self.get_reserved(self.mug, self.ec), 7)
        self.assertEqual(self.get_reserved(self.tea, self.shop_south), 3)
        self.env["stock.quant"].with_user(self.inventory_user)._quant_tasks()
        self.assertEqual(self.get_reserved(self.mug, self.ec), 0)
