from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_till import TillCase


@tagged("post_install", "-at_install")
class TestTillSlip(TillCase):
    """The slip that the till's own printer prints."""

    def test_a_slip_says_where_the_goods_go(self):
        transfer = self.make_shipped_transfer()
        slip = self.at_till("get_slip", transfer.id)
        self.assertEqual(slip["name"], transfer.name)
        self.assertEqual(slip["source"], transfer.source_store_id.name)
        self.assertEqual(slip["destination"], self.shop.name)

    def test_its_codes_are_drawings(self):
        slip = self.at_till("get_slip", self.make_shipped_transfer().id)
        for code in (slip["barcode"], slip["qr"]):
            self.assertTrue(code.startswith("<svg "), code)

    def test_it_tells_no_quantities_to_who_counts_blind(self):
        self.shop.transfer_blind_count = True
        slip = self.at_till("get_slip", self.make_shipped_transfer().id)
        self.assertFalse({"rows", "quantity", "lines"} & slip.keys())

    def test_a_slip_of_another_store_is_refused(self):
        transfer = self.make_shipped_transfer()
        with self.assertRefused("not one of its staff", AccessError):
            self.at_till("get_slip", transfer.id, user=self.south_staff)
