from odoo.tests import tagged

from .common_till_tours import TillTourCase
from .common_tours import ScanTourCase


@tagged("post_install", "-at_install")
class TestTillSlowTours(TillTourCase, ScanTourCase):
    """The server answers late, or not: nothing is lost, and nobody is led away.

    On the desktop only: it is about what comes when, and a phone runs the same.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._add_stock(cls.shop, cls.tea, 8)
        cls._add_stock(cls.shop, cls.mug, 5)

    def test_an_order_is_answered_when_its_sender_sells_again(self):
        self.play_at_till("late_order")
        self.assertState("waiting")
        self.assertLines("asked_quantity", {self.mug: 1})

    def test_a_code_is_answered_when_something_else_is_shown(self):
        self.make_waiting(lines={self.tea: 10})
        self.play_at_till("late_code")

    def test_a_count_is_answered_when_its_sender_sells_again(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        self.confirm_arrival(transfer)
        self.play_at_till("late_count")
        self.assertState("partial")
        self.assertLines("received_quantity", {self.tea: 1})

    def test_a_step_fails_when_its_sender_sells_again(self):
        transfer = self.make_waiting(lines={self.tea: 10})
        self.play_at_till("late_refusal", self.shop_approver)
        self.assertEqual(transfer.state, "waiting")

    def test_a_scan_opens_nothing_behind_a_question(self):
        rejected = self.make_waiting(lines={self.tea: 10}, remark="For the window")
        other = self.make_waiting(lines={self.tea: 10}, remark="For the shelf")
        self.play_at_till("asked", self.shop_approver)
        self.assertEqual((rejected.state, other.state), ("rejected", "waiting"))

    def test_a_question_goes_with_its_screen(self):
        self.make_waiting(lines={self.tea: 10})
        self.play_at_till("question_left", self.shop_approver)

    def test_what_is_scanned_offline_is_in_the_order_later(self):
        self.play_at_till("kept_codes")
        self.assertLines("asked_quantity", {self.tea: 1, self.mug: 3})
