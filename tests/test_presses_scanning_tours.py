from odoo.tests import tagged

from .common_presses import PressesCase


@tagged("post_install", "-at_install")
class TestPressesScanning(PressesCase):
    """From My Work, where people are after logging in, to the end on a scan screen."""

    def test_count_a_correct_delivery(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        self.do_job("count a correct delivery", self.shop_staff)
        self.assertState("done")
        self.assertEqual(transfer.received_quantity, 10)


@tagged("post_install", "-at_install")
class TestPressesScanningOnPhone(PressesCase):
    browser_size = "375x667"
    touch_enabled = True

    test_count = TestPressesScanning.test_count_a_correct_delivery

    def test_ship(self):
        transfer = self.make_transfer(lines={self.tea: 10})
        self.submit(transfer)
        self.approve(transfer)
        self.do_job("ship on a phone", self.ec_staff)
        self.assertState("in_transit")
        self.assertEqual(transfer.shipped_quantity, 10)
