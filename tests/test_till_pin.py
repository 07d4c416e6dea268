# pylint: disable=invalid-commit
from odoo import api
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common_concurrency import TransferConcurrencyCase

PIN, WRONG = "2468", "1357"


@tagged("post_install", "-at_install")
class TestPin(TransferConcurrencyCase):
    """An approver approves where staff are logged in. Committed, as calls are in life:
    what is counted stays counted when a call is undone.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.transfer_till_pin = True
        as_owner = cls.shop_approver.with_user(cls.shop_approver)
        as_owner.transfer_pin = PIN
        cls.env.cr.commit()

    def setUp(self):
        super().setUp()
        self.till_type = self.shop.out_type_id
        self.env["store.transfer.pin.attempt"].search([]).unlink()
        self.env.cr.commit()

    def call(
        self,
        method,
        *arguments,
        user=None,
        companies=None,
        cashier="Mei",
        origin="till",
        **options,
    ):
        """Call as the till does: a transaction of its own, undone when it fails."""
        user = user or self.shop_staff
        context = {"allowed_company_ids": (companies or self.company).ids}
        context["store_transfer_origin"] = origin
        context["store_transfer_cashier"] = cashier
        try:
            with self.registry.cursor() as cursor:
                till = api.Environment(cursor, user.id, context)["store.transfer.till"]
                return getattr(till, method)(self.till_type.id, *arguments, **options)
        finally:
            self.env.cr.commit()
            self.env.invalidate_all()

    def approve(self, transfer, pin=PIN, approver=None):
        approver = approver or self.shop_approver
        return self.call(
            "approve", transfer.id, approver={"user_id": approver.id, "pin": pin}
        )

    def assertWrong(self, transfer, message="not the PIN", pin=WRONG, approver=None):
        with self.assertRaisesRegex(UserError, message):
            self.approve(transfer, pin, approver)
        self.assertEqual(transfer.state, "waiting")

    def test_the_right_pin_approves_as_the_approver(self):
        transfer = self.make_transfer()
        shown = self.call("get_transfer", transfer.id)
        self.assertEqual(shown["steps_by_pin"], ["approve", "reject"])
        self.assertTrue(shown["steps"]["approve"])
        self.assertIn(
            {"id": self.shop_approver.id, "name": self.shop_approver.name},
            self.call("get_approvers"),
        )
        shown = self.approve(transfer)
        self.assertEqual(shown["state"], "approved")
        self.assertEqual(transfer.approval_user_id, self.shop_approver)
        self.assertFalse(self.env["store.transfer.pin.attempt"].search([]))

    def test_both_names_are_in_the_trail(self):
        transfer = self.make_transfer()
        self.approve(transfer)
        message = transfer.message_ids[0]
        self.assertEqual(message.author_id, self.shop_approver.partner_id)
        self.assertIn(f"Mei (logged in: {self.shop_staff.name})", message.body)

    def test_no_name_hides_who_is_logged_in(self):
        transfer = self.make_transfer()
        self.call(
            "approve",
            transfer.id,
            approver={"user_id": self.shop_approver.id, "pin": PIN},
            cashier="\u202e" + "The boss herself " * 10,
        )
        body = transfer.message_ids[0].body
        self.assertNotIn("\u202e", body)
        self.assertIn("The boss herself The", body)
        self.assertIn(f"… (logged in: {self.shop_staff.name})</div>", body)

    def test_who_is_logged_in_is_named_though_no_till_calls(self):
        transfer = self.make_transfer()
        self.call(
            "approve",
            transfer.id,
            approver={"user_id": self.shop_approver.id, "pin": PIN},
            origin=None,
        )
        event = transfer.sudo().event_ids.sorted("id")[-1]
        self.assertEqual(event.cashier, f"{self.shop_staff.name} (logged in)")

    def test_a_wrong_pin_is_refused(self):
        transfer = self.make_transfer()
        for pin in (WRONG, "", None, 2468, f"{PIN}0", f"{PIN}\n", "٢٤٦٨", ["2468"]):
            self.env["store.transfer.pin.attempt"].search([]).unlink()
            self.env.cr.commit()
            self.assertWrong(transfer, pin=pin)

    def test_after_five_wrong_ones_the_right_one_has_to_wait(self):
        transfer = self.make_transfer()
        for _ in range(5):
            self.assertWrong(transfer)
        self.assertWrong(transfer, "Wait 15 minutes", pin=PIN)
        attempts = self.env["store.transfer.pin.attempt"].search([])
        self.assertEqual(len(attempts), 5)
        self.env.cr.execute(
            "UPDATE store_transfer_pin_attempt "
            "SET create_date = create_date - interval '16 minutes'"
        )
        self.env.cr.commit()
        self.assertEqual(self.approve(transfer)["state"], "approved")

    def test_the_right_pin_forgets_the_wrong_ones(self):
        first, second = self.make_transfer(), self.make_transfer()
        for _ in range(4):
            self.assertWrong(first)
        self.approve(first)
        for _ in range(4):
            self.assertWrong(second)
        self.approve(second)

    def test_one_till_tries_no_more_than_ten(self):
        """Nobody goes on with the next person after five."""
        others = [
            self._create_user(
                f"approver_{number}{id(self)}", "group_approver", self.shop
            )
            for number in range(2)
        ]
        for user in others:
            user.with_user(user).transfer_pin = "97531"
        self.env.cr.commit()
        transfer = self.make_transfer()
        for user in others:
            for _ in range(5):
                self.assertWrong(transfer, approver=user)
        self.assertWrong(transfer, "Wait", pin=PIN)

    def test_other_operation_types_of_the_store_are_the_same_till(self):
        others = [
            self._create_user(f"types_{number}{id(self)}", "group_approver", self.shop)
            for number in range(3)
        ]
        for user in others:
            user.with_user(user).transfer_pin = "97531"
        self.env.cr.commit()
        transfer = self.make_transfer()
        for number in range(10):
            if number == 5:
                self.till_type = self.shop.in_type_id
            self.assertWrong(transfer, approver=others[number // 5])
        self.till_type = self.shop.int_type_id
        self.assertWrong(transfer, "Wait", approver=others[2])

    def test_who_is_logged_into_more_companies_than_the_approver(self):
        before = self.call("get_start")["total"]
        transfer = self.make_transfer()
        other = self.env["res.company"].create({"name": f"Second {id(self)}"})
        self.shop_staff.company_ids += other
        self.env.cr.commit()
        self.addCleanup(self.env.cr.commit)
        self.addCleanup(
            self.shop_staff.write, {"company_ids": [Command.unlink(other.id)]}
        )
        companies = self.company | other
        start = self.call("get_start", companies=companies)
        self.assertEqual(start["total"], before + 1)
        shown = self.call("get_transfer", transfer.id, companies=companies)
        self.assertIn("approve", shown["steps_by_pin"])

    def test_an_approver_undoes_a_count_by_a_pin(self):
        transfer = self.make_transfer()
        self.approve(transfer)
        self.till_type = self.ec.out_type_id
        self.call("ship", transfer.id, user=self.ec_staff)
        self.till_type = self.shop.out_type_id
        transfer.with_user(self.shop_staff).action_receive_all()
        self.env.cr.commit()
        self.assertEqual(
            self.call("get_transfer", transfer.id)["steps_by_pin"], ["undo_count"]
        )
        shown = self.call(
            "do_step",
            transfer.id,
            "undo_count",
            approver={"user_id": self.shop_approver.id, "pin": PIN},
        )
        self.assertEqual(shown["state"], "arrived")
        self.assertFalse(transfer.received_quantity)

    def test_who_does_not_approve_for_the_store_does_not_by_pin(self):
        transfer = self.make_transfer()
        for user in (self.ec_approver, self.head_office):
            user.with_user(user).transfer_pin = PIN
        self.env.cr.commit()
        for user in (self.ec_approver, self.shop_staff, self.head_office):
            with self.assertRaisesRegex(AccessError, "Choose an approver"):
                self.approve(transfer, approver=user)
        for approver in (7, {}, [], {"user_id": "x"}, {"user_id": 0, "pin": PIN}):
            with self.assertRaisesRegex(AccessError, "Choose an approver"):
                self.call("approve", transfer.id, approver=approver)
        self.assertEqual(transfer.state, "waiting")

    def test_who_has_left_does_not_approve(self):
        user = self._create_user(f"gone_{id(self)}", "group_approver", self.shop)
        user.with_user(user).transfer_pin = PIN
        user.active = False
        self.env.cr.commit()
        transfer = self.make_transfer()
        with self.assertRaisesRegex(AccessError, "Choose an approver"):
            self.approve(transfer, approver=user)

    def test_no_pin_is_asked_for_where_the_company_wants_none(self):
        self.company.transfer_till_pin = False
        self.env.cr.commit()
        self.addCleanup(self.env.cr.commit)
        self.addCleanup(self.company.write, {"transfer_till_pin": True})
        transfer = self.make_transfer()
        self.assertEqual(self.call("get_approvers"), [])
        self.assertEqual(self.call("get_transfer", transfer.id)["steps_by_pin"], [])
        self.assertWrong(transfer, "No PINs are used", pin=PIN)

    def test_a_pin_is_never_read(self):
        user = self.shop_approver.with_user(self.shop_approver)
        self.assertFalse(user.transfer_pin)
        self.assertTrue(user.has_transfer_pin)
        for reader in (user, user.with_user(self.head_office), user.with_user(2)):
            with self.assertRaises(AccessError):
                reader.read(["transfer_pin_hash"])
        self.assertNotIn(PIN, user.sudo().transfer_pin_hash)

    def test_nobody_sets_anothers_pin(self):
        for user in (self.shop_staff, self.head_office):
            with self.assertRaises(AccessError):
                self.shop_approver.with_user(user).transfer_pin = "8642"
            with self.assertRaises(AccessError):
                self.shop_approver.with_user(user).action_remove_transfer_pin()
            with self.assertRaises(AccessError):
                self.shop_approver.with_user(user).transfer_pin_hash = "x"

    def test_a_pin_is_4_to_12_digits(self):
        user = self.ec_approver.with_user(self.ec_approver)
        for pin in ("123", "1" * 13, "12a4", "1111", "١٢٣٤", " 1234"):
            with self.assertRaisesRegex(ValidationError, "4 to 12 digits"):
                user.transfer_pin = pin
            self.env.cr.rollback()

    def test_a_pin_is_removed(self):
        user = self._create_user(f"removes_{id(self)}", "group_approver", self.shop)
        user.with_user(user).transfer_pin = PIN
        user.with_user(user).action_remove_transfer_pin()
        self.assertFalse(user.has_transfer_pin)
        self.env.cr.commit()
        self.assertNotIn(user.id, [one["id"] for one in self.call("get_approvers")])
