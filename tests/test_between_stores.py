from odoo.tests import tagged

from .common import StoreTransferCase


@tagged("post_install", "-at_install")
class TestBetweenStores(StoreTransferCase):
    """From creation to done, between two stores."""

    def test_whole_life_with_a_partial_count_between(self):
        """EC sends tea and mugs; three mugs come a day late."""
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 6})
        self.assertEqual(transfer.state, "draft")
        self.submit(transfer)
        self.assertEqual(transfer.state, "waiting")
        self.approve(transfer)
        self.assertEqual(transfer.state, "approved")
        self.assertEqual(transfer.to_ship_quantity, 16)
        self.ship(transfer)
        self.assertEqual(transfer.state, "in_transit")
        self.assertEqual(self.get_stock(self.ec, self.tea), 90)
        self.confirm_arrival(transfer)
        self.assertEqual(transfer.state, "arrived")
        self.assertEqual(transfer.arrival_user_id, self.shop_staff)
        self.count(transfer, {self.tea: 10, self.mug: 3})
        self.assertEqual(transfer.state, "partial")
        self.assertEqual(self.get_stock(self.shop, self.mug), 3)
        backorder = self.get_pickings(transfer, "incoming")
        self.assertEqual(backorder.move_ids.product_qty, 3)
        self.assertTrue(backorder.backorder_id)
        self.count(transfer, {self.mug: 3})
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.shop, self.mug), 6)
