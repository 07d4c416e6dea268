from lxml import etree

from odoo.tests import tagged

from .common_discrepancies import DiscrepancyCase


class ShortCase(DiscrepancyCase):
    def settle(self, discrepancy, outcome, quantity, user=None):
        wizard = self.open_wizard(
            discrepancy.transfer_id,
            user or self.shop_approver,
            "action_open_settle",
            outcome=outcome,
            reason_id=self.env.ref("store_transfer.reason_left_behind").id,
        )
        wizard.line_ids.quantity = quantity
        wizard.action_settle()
        self.assertLedger(discrepancy.transfer_id)

    def assertShort(self, transfer, quantity):
        """The line, the question and the report say the same."""
        line = transfer.line_ids
        self.assertEqual(line.short_quantity, quantity)
        found = line.with_user(self.head_office).search([("short_quantity", ">", 0)])
        self.assertEqual(line in found, bool(quantity))
        self.assertEqual(bool(transfer.has_short_goods), bool(quantity))
        if quantity:
            wizard = self.open_wizard(
                transfer, self.shop_approver, "action_open_settle"
            )
            self.assertEqual(sum(wizard.line_ids.mapped("short_quantity")), quantity)


@tagged("post_install", "-at_install")
class TestWhatIsShort(ShortCase):
    """Short is what was sent, was counted as missing and is still expected."""

    def test_what_nobody_counted_is_not_short(self):
        transfer = self.make_shipped_transfer()
        self.assertShort(transfer, 0)
        self.confirm_arrival(transfer)
        self.assertShort(transfer, 0)

    def test_what_was_counted_as_missing_is(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 7})
        self.assertShort(transfer, 3)
        self.count(transfer, {self.tea: 2})
        self.assertShort(transfer, 1)
        self.count(transfer, {self.tea: 1})
        self.assertShort(transfer, 0)

    def test_what_is_shipped_later_is_not(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 6})
        self.count(transfer, {self.tea: 5})
        self.assertShort(transfer, 1)
        self.ship(transfer, {self.tea: 4})
        self.assertShort(transfer, 1)

    def test_what_was_settled_is_something_else(self):
        transfer = self.make_shipped_transfer({self.tea: 20})
        self.count(transfer, {self.tea: 11})
        self.assertShort(transfer, 9)
        line = transfer.line_ids
        for outcome, field, left in (
            ("lost", "lost_quantity", 7),
            ("damaged", "damaged_quantity", 5),
            ("not_sent", "closed_quantity", 3),
        ):
            self.settle(self.get_discrepancies(transfer), outcome, 2)
            self.assertShort(transfer, left)
            self.assertEqual(line[field], 2)
        self.settle(self.get_discrepancies(transfer), "returned", 3)
        self.assertShort(transfer, 0)

    def get_discrepancies(self, transfer, user=None):
        discrepancies = super().get_discrepancies(transfer, user)
        return discrepancies.filtered(lambda discrepancy: not discrepancy.outcome)

    def test_what_was_closed_is_not(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 6})
        self.receive_all(transfer)
        self.close_rest(transfer)
        self.assertShort(transfer, 0)
        self.assertEqual(transfer.line_ids.closed_quantity, 4)


@tagged("post_install", "-at_install")
class TestNotApproved(ShortCase):
    """What an approver did not approve is neither closed nor short; it has a reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason = cls.env.ref("store_transfer.reason_no_space")

    def make_approved_less(self, quantity=6, **values):
        transfer = self.make_transfer(**values)
        self.submit(transfer)
        wizard = self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_approve",
            reason_id=self.reason.id,
        )
        wizard.line_ids.quantity = quantity
        wizard.note = "Only until Monday"
        wizard.action_approve()
        self.assertLedger(transfer)
        return transfer

    def test_it_is_a_quantity_of_its_own(self):
        transfer = self.make_approved_less()
        line = transfer.line_ids
        self.assertEqual((line.not_approved_quantity, line.closed_quantity), (4, 0))
        self.assertEqual(transfer.not_approved_quantity, 4)
        self.assertTrue(transfer.has_not_approved_goods)
        self.assertFalse(transfer.has_closed_goods)
        self.assertEqual(line.not_approved_reason_id, self.reason)
        self.ship(transfer, {self.tea: 5})
        self.close_rest(transfer)
        self.assertEqual((line.not_approved_quantity, line.closed_quantity), (4, 1))
        self.receive_all(transfer)
        self.assertShort(transfer, 0)

    def test_a_reason_is_asked(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        wizard = self.open_wizard(transfer, self.shop_approver, "action_open_approve")
        self.assertFalse(wizard.is_less)
        wizard.line_ids.quantity = 6
        self.assertTrue(wizard.is_less)
        with self.assertRefused("Choose why you approve less"):
            wizard.action_approve()
        wizard.reason_id = self.env.ref("store_transfer.reason_out_of_stock")
        with self.assertRefused("Choose a reason from the list"):
            wizard.action_approve()
        self.assertEqual(transfer.state, "waiting")

    def test_all_of_it_needs_no_reason(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        wizard = self.open_wizard(transfer, self.shop_approver, "action_open_approve")
        wizard.action_approve()
        self.assertEqual(transfer.line_ids.not_approved_quantity, 0)
        self.assertFalse(transfer.line_ids.not_approved_reason_id)

    def test_who_asked_is_told(self):
        transfer = self.make_approved_less()
        [notice] = self.get_notices(transfer, self.ec_staff)
        self.assertIn("4 Units × [TEA-001] Oolong Tea", notice)
        self.assertIn("No space", notice)
        self.assertIn("Only until Monday", notice)

    def test_what_comes_after_all_was_approved_by_that(self):
        transfer = self.make_approved_less()
        self.ship(transfer)
        self.count(transfer, {self.tea: 9}, self.shop_approver)
        line = transfer.line_ids
        self.assertEqual((line.received_quantity, line.not_approved_quantity), (9, 1))

    def test_what_was_rejected_is_not_approved(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.reject(transfer)
        line = transfer.line_ids
        self.assertEqual((line.not_approved_quantity, line.closed_quantity), (10, 0))
        transfer.with_user(self.ec_staff).action_reset()
        self.assertEqual((line.not_approved_quantity, line.to_ship_quantity), (0, 10))


@tagged("post_install", "-at_install")
class TestColumns(ShortCase):
    """A column is there when it has something to show, and says so by itself."""

    def test_what_is_not_zero_shows_itself(self):
        transfer = self.make_shipped_transfer()
        flags = ["has_lost_goods", "has_damaged_goods", "has_returned_goods"]
        flags += ["has_surplus_goods", "has_short_goods", "has_closed_goods"]
        self.assertFalse(any(transfer[flag] for flag in flags))
        self.count(transfer, {self.tea: 7})
        self.settle(self.get_discrepancies(transfer), "lost", 3)
        transfer = transfer.with_user(self.shop_staff)
        self.assertEqual([flag for flag in flags if transfer[flag]], flags[:1])

    def test_the_form_asks_for_it(self):
        arch = etree.fromstring(self.env["store.transfer"].get_view()["arch"])
        [lines] = arch.xpath("//field[@name='line_ids']/list")
        for name in (
            *("not_approved", "closed", "returned"),
            *("lost", "damaged", "surplus", "short"),
        ):
            [column] = lines.xpath(f"field[@name='{name}_quantity']")
            self.assertIn(f"has_{name}_goods", column.get("column_invisible"))
            self.assertEqual(column.get("optional"), "show")

    def test_rejected_is_the_end_only_where_it_is_the_state(self):
        arch = etree.fromstring(self.env["store.transfer"].get_view()["arch"])
        bars = arch.xpath("//header/field[@widget='statusbar']")
        with_rejected = [
            bar for bar in bars if "rejected" in bar.get("statusbar_visible")
        ]
        self.assertEqual(
            [
                (bar.get("statusbar_visible"), bar.get("invisible"))
                for bar in with_rejected
            ],
            [("draft,waiting,rejected", "state != 'rejected'")],
        )
