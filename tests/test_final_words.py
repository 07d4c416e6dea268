import base64

from odoo.tests import tagged

from .common_scan import make_photo
from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestFinalWords(StoreTransferCase):
    """What was said about a difference is not rewritten without a trace."""

    def make_discrepancy(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 7})
        return self.env["store.transfer.discrepancy"].search(
            [("transfer_id", "=", transfer.id)]
        )

    def settle(self, discrepancy):
        self.receive_all(discrepancy.transfer_id)
        self.assertEqual(discrepancy.state, "settled")

    def get_messages(self, discrepancy):
        self.flush_tracking()
        return discrepancy.sudo().message_ids

    def test_a_remark_and_a_photo_are_final_once_it_is_settled(self):
        discrepancy = self.make_discrepancy().with_user(self.shop_staff)
        discrepancy.write({"remark": "Carton open", "photo": make_photo()})
        self.assertTrue(discrepancy.can_remark)
        self.settle(discrepancy)
        for user in (self.shop_staff, self.shop_approver, self.head_office):
            as_user = discrepancy.with_user(user)
            self.assertFalse(as_user.can_remark)
            for name, value in (("remark", "Nothing seen"), ("photo", False)):
                with self.assertRefused("its remark and photo are final"):
                    as_user.write({name: value})
        self.assertEqual(discrepancy.remark, "Carton open")

    def test_a_remark_says_what_it_said_before(self):
        discrepancy = self.make_discrepancy().with_user(self.shop_staff)
        discrepancy.remark = "Carton open"
        self.assertNotIn("remark", str(self.get_messages(discrepancy).mapped("body")))
        discrepancy.remark = "Carton closed"
        [message] = self.get_messages(discrepancy).filtered(
            lambda message: "The remark was: Carton open" in message.body
        )
        self.assertEqual(message.author_id, self.shop_staff.partner_id)

    def test_a_photo_that_was_replaced_is_kept(self):
        discrepancy = self.make_discrepancy().with_user(self.shop_staff)
        discrepancy.photo = make_photo(colour="green")
        former = discrepancy.photo
        discrepancy.photo = make_photo(colour="red")
        [kept] = self.get_messages(discrepancy).attachment_ids
        self.assertEqual(kept.raw, base64.b64decode(former))

    def test_an_answer_says_what_it_said_before(self):
        discrepancy = self.make_discrepancy().with_user(self.ec_staff)
        discrepancy.answer = "We sent ten"
        discrepancy.action_answer()
        discrepancy.answer = "We sent seven"
        bodies = " ".join(self.get_messages(discrepancy).mapped("body"))
        self.assertIn("The answer was: We sent ten", bodies)

    def test_an_answer_to_what_is_settled_is_for_a_dispute(self):
        discrepancy = self.make_discrepancy()
        as_source = discrepancy.with_user(self.ec_staff)
        as_source.answer = "We sent ten"
        as_source.action_answer()
        wizard = self.open_wizard(
            discrepancy.transfer_id,
            self.shop_approver,
            "action_open_settle",
            outcome="lost",
            reason_id=self.env["store.transfer.reason"]
            .search([("usage", "=", "short")], limit=1)
            .id,
        )
        wizard.action_settle()
        as_source.answer = "It was on the pallet"
        as_source.action_dispute()
        bodies = " ".join(self.get_messages(discrepancy).mapped("body"))
        self.assertIn("The answer was: We sent ten", bodies)
        discrepancy.with_user(self.head_office).action_uphold()
        with self.assertRefused("that is final"):
            as_source.answer = "We sent seven"
