from odoo.tests import Form, tagged

from ..tools.quantities import format_by_carton
from .common_discrepancies import DiscrepancyCase


@tagged("post_install", "-at_install")
class TestFilledIn(DiscrepancyCase):
    """What is nearly always right is filled in before anybody types."""

    def new_pull(self, user):
        return (
            self.env["store.transfer"]
            .with_user(user)
            .new({"company_id": self.company.id, "initiator": "destination"})
        )

    def test_goods_that_are_asked_for_come_from_the_main_warehouse(self):
        pull = self.new_pull(self.shop_staff)
        self.assertEqual(pull.source_store_id._origin, self.ec)
        self.assertEqual(pull.destination_store_id._origin, self.shop)

    def test_the_main_warehouse_asks_others(self):
        self.assertFalse(self.new_pull(self.ec_staff).source_store_id)

    def test_a_main_warehouse_that_takes_no_part_is_not_asked(self):
        self.ec.is_store = False
        self.assertFalse(self.new_pull(self.shop_staff).source_store_id)

    def test_the_source_approves_what_it_has(self):
        transfer = self.make_transfer(
            user=self.shop_staff,
            initiator="destination",
            lines={self.tea: 120, self.mug: 5},
        )
        self.submit(transfer, self.shop_staff)
        wizard = self.open_wizard(transfer, self.ec_approver, "action_open_approve")
        self.assertEqual(self.get_quantities(wizard), {self.tea: 100, self.mug: 5})
        self.assertTrue(wizard.is_less)
        with self.assertRefused("Choose why you approve less"):
            wizard.action_approve()

    def test_the_same_product_twice_is_proposed_once(self):
        transfer = self.make_transfer(
            user=self.shop_staff, initiator="destination", lines={self.tea: 70}
        )
        transfer.line_ids.copy({"quantity": 60, "transfer_id": transfer.id})
        self.submit(transfer, self.shop_staff)
        wizard = self.open_wizard(transfer, self.ec_approver, "action_open_approve")
        self.assertEqual(wizard.line_ids.mapped("quantity"), [70, 30])

    def test_who_receives_approves_what_was_asked(self):
        transfer = self.make_transfer(lines={self.tea: 120})
        self.submit(transfer)
        wizard = self.open_wizard(transfer, self.shop_approver, "action_open_approve")
        self.assertEqual(self.get_quantities(wizard), {self.tea: 120})

    def get_quantities(self, wizard):
        return {line.product_id: line.quantity for line in wizard.line_ids}

    def test_who_approves_less_sees_what_both_stores_have(self):
        self._add_stock(self.shop, self.tea, 7)
        transfer = self.make_transfer(lines={self.tea: 10})
        self.submit(transfer)
        wizard = self.open_wizard(transfer, self.shop_approver, "action_open_approve")
        line = wizard.line_ids
        self.assertEqual((line.source_stock, line.destination_stock), ("100", "7"))

    def test_the_reason_says_what_became_of_it(self):
        transfer, _discrepancy = self.make_short(7)
        wizard = self.open_wizard(transfer, self.shop_approver, "action_open_settle")
        with Form(wizard) as form:
            form.reason_id = self.env.ref("store_transfer.reason_stolen")
            self.assertEqual(form.outcome, "lost")
            form.reason_id = self.env.ref("store_transfer.reason_left_behind")
            self.assertEqual(form.outcome, "not_sent")
            form.outcome = "returned"
            form.reason_id = self.env.ref("store_transfer.reason_stolen")
            self.assertEqual(form.outcome, "returned", "This was said by somebody")
        self.assertEqual(wizard.line_ids.mapped("outcome"), ["returned"])

    def test_what_a_third_party_did_not_bring_has_its_reason(self):
        transfer = self.make_transfer(
            user=self.shop_staff, kind="receipt", lines={self.tea: 10}
        )
        self.submit(transfer, self.shop_staff)
        self.count(transfer, {self.tea: 4})
        wizard = self.open_wizard(transfer, self.shop_approver, "action_open_settle")
        self.assertEqual(
            wizard.reason_id, self.env.ref("store_transfer.reason_not_delivered")
        )
        wizard.action_settle()
        self.assertEqual(transfer.state, "done")
        self.assertLedger(transfer)


@tagged("post_install", "-at_install")
class TestCartons(DiscrepancyCase):
    """What is asked for in cartons is shown in cartons and pieces."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        unit = cls.tea.uom_id
        cls.box = cls.env["uom.uom"].create(
            {"name": "Box of 12", "relative_factor": 12, "relative_uom_id": unit.id}
        )
        cls.tea.uom_ids += cls.box

    def test_in_cartons_and_pieces(self):
        unit = self.tea.uom_id
        for quantity, text in (
            (100, "8 Box of 12 + 4 Units"),
            (96, "8 Box of 12"),
            (4, "4 Units"),
            (0, "0 Units"),
            (-3, "-3 Units"),
            (12.5, "1 Box of 12 + 0.5 Units"),
        ):
            with self.subTest(quantity):
                self.assertEqual(
                    format_by_carton(self.env, quantity, self.box, unit), text
                )
        self.assertEqual(format_by_carton(self.env, 100, unit, unit), "100")

    def test_on_a_line_in_cartons(self):
        self._add_stock(self.shop, self.tea, 15)
        transfer = self.make_transfer(lines={self.tea: 2, self.mug: 3})
        tea = transfer.line_ids[0]
        tea.product_uom_id = self.box
        self.assertEqual(tea.source_stock, "8 Box of 12 + 4 Units")
        self.assertEqual(tea.destination_stock, "1 Box of 12 + 3 Units")
        self.assertEqual(transfer.line_ids[1].source_stock, "100")

    def test_there_is_a_choice_only_of_several_units(self):
        transfer = self.make_transfer(lines={self.tea: 2, self.mug: 3})
        self.assertEqual(transfer.line_ids.mapped("has_units"), [True, False])
