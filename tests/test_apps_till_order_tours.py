from odoo.tests import tagged

from .common_camera import CameraCase
from .common_scan import ScanCase
from .common_till_tours import PHONE, TillTourCase


class TillOrderCase(TillTourCase, ScanCase):
    """Orders that are started at the till, by who may use nothing but the till."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_box(cls.tea, "4710000000066")
        cls._add_stock(cls.shop, cls.tea, 8)
        cls._add_stock(cls.shop, cls.mug, 5)
        cls.env["res.partner"].create(
            [{"name": "Aunt Mei"}, {"name": "Tea Farm", "supplier_rank": 1}]
        )

    def get_ordered(self):
        """Return the only transfer, and how much of which product was asked for."""
        transfer = self.get_transfer()
        return transfer, {
            line.product_id: line.asked_quantity for line in transfer.sudo().line_ids
        }

    def assertAskedForHer(self):
        transfer, asked = self.get_ordered()
        self.assertEqual(asked, {self.tea: 1})
        self.assertEqual(
            (transfer.source_store_id, transfer.destination_store_id),
            (self.ec, self.shop),
        )
        line = transfer.sudo().line_ids
        self.assertEqual(
            (line.customer_name, line.customer_phone), ("Ms. Lin", "0912 345 678")
        )


@tagged("post_install", "-at_install")
class TestTillOrderTours(TillOrderCase):
    """At the counter, where orders are typed and scanned."""

    def test_goods_are_sent_to_another_store(self):
        self.play_at_till("send")
        transfer, asked = self.get_ordered()
        self.assertEqual(asked, {self.tea: 2, self.mug: 3})
        self.assertEqual((transfer.state, transfer.initiator), ("waiting", "source"))
        self.assertEqual(transfer.source_store_id, self.shop)
        self.assertEqual(transfer.destination_store_id, self.shop_south)
        self.assertEqual(transfer.create_uid, self.shop_staff)

    def test_goods_are_requested_from_another_store(self):
        self.play_at_till("request")
        transfer, asked = self.get_ordered()
        self.assertEqual(asked, {self.mug: 4})
        self.assertEqual(
            (transfer.state, transfer.initiator), ("waiting", "destination")
        )
        self.assertEqual(transfer.source_store_id, self.ec)

    def test_a_third_party_brings_goods(self):
        self.play_at_till("receipt")
        transfer, asked = self.get_ordered()
        self.assertEqual(asked, {self.tea: 15})
        self.assertEqual((transfer.state, transfer.kind), ("approved", "receipt"))
        self.assertEqual(transfer.partner_id.name, "Tea Farm")

    def test_an_order_outlives_reload_lock_and_a_lost_network(self):
        self.play_at_till("kept_order")
        transfer, asked = self.get_ordered()
        self.assertEqual(asked, {self.tea: 1, self.mug: 2})
        self.assertEqual(transfer.remark, "For the window")

    def test_an_order_whose_answer_is_lost_is_made_once(self):
        self.play_at_till("answer_lost")
        self.assertEqual(self.get_ordered()[1], {self.tea: 1})

    def test_another_store_is_asked_for_the_customer_of_the_sale(self):
        self.env["res.partner"].create({"name": "Ms. Lin", "phone": "0912 345 678"})
        self.play_at_till("ask_for_customer")
        self.assertAskedForHer()


@tagged("post_install", "-at_install")
class TestTillOrderToursOnPhone(CameraCase, TillOrderCase):
    """In the hand of who stands in front of a shelf, or of a customer.

    What becomes of an order that is kept, and of a lost answer, is the same code: it is
    looked at on the desktop. So is what differs by the kind of the order.
    """

    browser_size = PHONE
    touch_enabled = True

    test_send = TestTillOrderTours.test_goods_are_sent_to_another_store

    def test_goods_are_scanned_with_the_camera(self):
        self.show_camera(("EAN13", self.tea.barcode, 4), (None, None, 20))
        self.play_at_till("order_by_camera")
        self.assertEqual(self.get_ordered()[1], {self.tea: 1})

    def test_another_store_is_asked_for_what_a_customer_wants(self):
        self.play_at_till("ask")
        self.assertAskedForHer()
