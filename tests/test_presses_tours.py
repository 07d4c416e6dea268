from odoo.tests import tagged

from .common_import import ImportCase
from .common_presses import PressesCase


class PartialCase(PressesCase):
    def make_partial_transfer(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 5, self.mug: 5})
        self.count(transfer, {self.tea: 4, self.mug: 5})


@tagged("post_install", "-at_install")
class TestPresses(PartialCase):
    """From logging in to the end of the job; each tour counts, and tells."""

    def test_order_by_scanner(self):
        self.do_job("order 3 lines, scanned", self.shop_staff)
        self.assertLines("quantity", {self.tea: 1, self.mug: 1, self.lamp: 1})
        self.assertEqual(self.get_transfer().source_store_id, self.ec)

    def test_order_typed(self):
        self.do_job("order 3 lines, typed", self.shop_staff)
        self.assertLines("quantity", {self.tea: 10, self.mug: 5, self.lamp: 2})
        self.assertEqual(self.get_transfer().source_store_id, self.ec)

    def test_send_by_scanner(self):
        self.do_job("send 3 lines, scanned", self.ec_staff)
        self.assertLines("quantity", {self.tea: 1, self.mug: 1, self.lamp: 1})
        self.assertEqual(self.get_transfer().destination_store_id, self.shop)

    def test_send_typed(self):
        self.do_job("send 3 lines, typed", self.ec_staff)
        self.assertLines("quantity", {self.tea: 10, self.mug: 5, self.lamp: 2})
        self.assertEqual(self.get_transfer().destination_store_id, self.shop)

    def test_third_party_receipt(self):
        vendor = self.env["res.partner"].create({"name": "Tea Garden"})
        self.do_job("third-party receipt", self.ec_staff)
        self.assertEqual(self.get_transfer().partner_id, vendor)
        self.assertLines("quantity", {self.tea: 30})

    def test_approve(self):
        self.submit(self.make_transfer())
        self.do_job("approve", self.shop_approver)
        self.assertState("approved")

    def test_reject(self):
        self.submit(self.make_transfer())
        self.do_job("reject", self.shop_approver)
        self.assertState("rejected")

    def test_ship(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.do_job("ship", self.ec_staff)
        self.assertState("in_transit")

    def test_confirm_arrival(self):
        self.make_shipped_transfer()
        self.do_job("confirm arrival", self.shop_staff)
        self.assertState("arrived")

    def test_see_what_is_missing(self):
        self.make_partial_transfer()
        self.do_job("see what is missing", self.shop_staff)

    def test_settle(self):
        self.make_partial_transfer()
        self.do_job("settle", self.shop_approver)
        self.assertState("done")
        self.assertLines("lost_quantity", {self.tea: 1, self.mug: 0})


@tagged("post_install", "-at_install")
class TestPressesOnPhone(PartialCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_see_what_is_missing(self):
        self.make_partial_transfer()
        self.do_job("see what is missing", self.shop_staff)

    def test_settle(self):
        self.make_partial_transfer()
        self.do_job("settle", self.shop_approver)
        self.assertState("done")


@tagged("post_install", "-at_install")
class TestPressesOfImport(ImportCase, PressesCase):
    def test_import(self):
        self.put_on_server("orders.xlsx", self.make_file(self.make_row()))
        self.do_job("import", self.ec_staff)
        self.assertEqual(self.get_transfer().destination_store_id, self.shop)
