from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_till_tours import CashierTourCase, TillTourCase

PIN = "2468"


class TillPinCase(TillTourCase):
    """Staff are logged in at the till, and an approver approves by a PIN."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.transfer_till_pin = True
        as_owner = cls.shop_approver.with_user(cls.shop_approver)
        as_owner.transfer_pin = PIN


@tagged("post_install", "-at_install")
class TestTillPinTours(TillPinCase):
    @mute_logger("odoo.http")
    def test_a_wrong_pin_and_the_right_one(self):
        transfer = self.make_waiting()
        self.play_at_till("pin")
        self.assertEqual(transfer.state, "approved")
        self.assertEqual(transfer.approval_user_id, self.shop_approver)

    @mute_logger("odoo.http")
    def test_too_many_wrong_ones(self):
        # Those of a browser are undone with its call: here all share one transaction.
        self.env["store.transfer.pin.attempt"].create(
            [
                {
                    "user_id": self.shop_approver.id,
                    "picking_type_id": self.till.picking_type_id.id,
                }
            ]
            * 5
        )
        transfer = self.make_waiting()
        self.play_at_till("pin_too_often")
        self.assertEqual(transfer.state, "waiting")


@tagged("post_install", "-at_install")
class TestTillPinOfCashiers(TillPinCase, CashierTourCase):
    """The same where cashiers are told apart."""

    @mute_logger("odoo.http")
    def test_the_trail_names_approver_cashier_and_login(self):
        transfer = self.make_waiting()
        self.play_at_till("pin_of_cashier")
        self.assertEqual(transfer.state, "approved")
        self.assertEqual(transfer.approval_user_id, self.shop_approver)
        message = transfer.message_ids[0]
        self.assertEqual(message.author_id, self.shop_approver.partner_id)
        self.assertIn(f"Mei (logged in: {self.shop_staff.name})", message.body)
