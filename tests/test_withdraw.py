from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_discrepancies import DiscrepancyCase


@tagged("post_install", "-at_install")
class TestWithdraw(DiscrepancyCase):
    """Who submitted a transfer takes it back, as long as nobody has approved it."""

    def make_waiting(self, **values):
        transfer = self.make_transfer(**values)
        self.submit(transfer, values.get("user"))
        return transfer

    def withdraw(self, transfer, user=None):
        transfer.with_user(user or self.ec_staff).action_withdraw()
        self.assertLedger(transfer)

    def test_it_is_a_draft_again_and_can_be_submitted_anew(self):
        transfer = self.make_waiting()
        self.withdraw(transfer)
        self.assertEqual(transfer.state, "draft")
        self.assertFalse(transfer.submit_date or transfer.promised_date)
        transfer.with_user(self.ec_staff).line_ids.quantity = 4
        self.submit(transfer)
        self.approve(transfer)
        self.assertEqual(transfer.to_ship_quantity, 4)

    def test_the_other_side_has_nothing_to_do_any_more_and_is_told(self):
        transfer = self.make_waiting()
        self.assertEqual(transfer.sudo().activity_ids.user_id, self.shop_approver)
        self.withdraw(transfer)
        self.assertFalse(transfer.sudo().activity_ids)
        notice = self.get_notices(transfer, self.shop_approver)[0]
        self.assertIn("EC Warehouse has taken it back", notice)
        transfers = self.env["store.transfer"].with_user(self.shop_approver)
        self.assertNotIn(transfer, transfers.search([]))

    def test_a_pull_is_withdrawn_by_the_destination(self):
        transfer = self.make_waiting(user=self.shop_staff, initiator="destination")
        with self.assertRefused("staff of Shop North", AccessError):
            self.withdraw(transfer, self.ec_approver)
        self.withdraw(transfer, self.shop_staff)
        self.assertEqual(transfer.state, "draft")

    def test_the_side_that_approves_rejects_instead(self):
        transfer = self.make_waiting()
        for user in (self.shop_approver, self.south_staff, self.inventory_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.withdraw(transfer, user)
        self.assertFalse(transfer.with_user(self.shop_approver).can_withdraw)
        self.assertTrue(transfer.with_user(self.ec_staff).can_withdraw)

    def test_what_is_approved_is_not_withdrawn(self):
        transfer = self.make_waiting()
        self.approve(transfer)
        with self.assertRefused("is Approved: this step is not possible"):
            self.withdraw(transfer)

    def test_many_at_once_or_none(self):
        waiting, draft = self.make_waiting(), self.make_transfer()
        with self.assertRefused(f"{draft.name} is Draft"):
            self.withdraw(waiting | draft)
        self.assertEqual(waiting.state, "waiting")
