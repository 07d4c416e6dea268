from datetime import timedelta

from odoo import fields
from odoo.tests import Form, tagged

from .common_discrepancies import SettledCase


@tagged("post_install", "-at_install")
class TestUndoneInTheInventoryApp(SettledCase):
    """What was settled, and is corrected in the Inventory app, is open again."""

    def test_all_of_it(self):
        for outcome in ("lost", "damaged", "not_sent"):
            with self.subTest(outcome):
                transfer, discrepancy = self.make_settled(outcome)
                self.correct_booked(transfer, 0)
                self.assertEqual(
                    (discrepancy.state, discrepancy.outcome), ("open", False)
                )
                self.assertFalse(discrepancy.reason_id or discrepancy.settle_user_id)
                self.assertEqual(
                    self.get_activity_users(discrepancy),
                    self.ec_staff | self.ec_approver | self.shop_approver,
                )
                self.count(transfer, {})
                self.assertEqual(self.get_discrepancies(transfer), discrepancy)
                self.settle(transfer, "returned")
                self.assertEqual(discrepancy.outcome, "returned")

    def test_some_of_it(self):
        transfer, _discrepancy = self.make_settled("lost")
        self.correct_booked(transfer, 2)
        discrepancies = self.get_discrepancies(transfer)
        self.assertEqual(
            self.get_summary(discrepancies), [(1, "open", ""), (2, "settled", "lost")]
        )
        self.correct_booked(transfer, 2)
        self.assertEqual(self.get_discrepancies(transfer), discrepancies)
        self.count(transfer, {})
        self.assertEqual(self.get_discrepancies(transfer), discrepancies)
        self.correct_booked(transfer, 0)
        self.assertEqual(
            self.get_summary(self.get_discrepancies(transfer)),
            [(1, "open", ""), (2, "open", "")],
        )

    def test_the_newest_first(self):
        transfer, _discrepancy = self.make_short()
        self.settle(transfer, "lost", quantity=1)
        older = self.get_discrepancies(transfer).filtered("outcome")
        older.sudo().settle_date -= timedelta(days=1)
        self.settle(transfer, "lost")
        newer = self.get_discrepancies(transfer) - older
        picking = self.get_booked(transfer).sorted("id")[-1]
        picking.with_user(self.inventory_user).move_line_ids.quantity = 0
        self.assertLedger(transfer)
        self.assertEqual(
            self.get_summary(older | newer), [(1, "settled", "lost"), (2, "open", "")]
        )

    def test_booked_as_more_again(self):
        """What is corrected back is settled as what it was."""
        transfer, discrepancy = self.make_settled("lost")
        self.correct_booked(transfer, 0)
        self.correct_booked(transfer, 3)
        self.assertEqual((discrepancy.state, discrepancy.outcome), ("settled", "lost"))

    def test_returned_in_the_inventory_app(self):
        transfer, discrepancy = self.make_settled("not_sent")
        back = self.return_picking(self.get_booked(transfer), 3)
        self.validate_picking(back)
        self.assertLedger(transfer)
        self.assertEqual((discrepancy.state, discrepancy.outcome), ("open", False))

    def test_lots_are_told_apart(self):
        product = self._create_product("Matcha", "MAT-001", tracking="lot")
        self.make_lots(product, "M-1", "M-2")
        transfer = self.make_shipped_transfer({product: 10})
        self.count(transfer, {})
        self.settle(transfer, "lost")
        picking = self.get_booked(transfer).with_user(self.inventory_user)
        first = picking.move_line_ids.filtered(lambda line: line.lot_id.name == "M-1")
        first.quantity = 3
        self.assertLedger(transfer)
        self.assertEqual(
            sorted(
                self.get_discrepancies(transfer).mapped(
                    lambda discrepancy: (
                        discrepancy.lot_id.name,
                        discrepancy.quantity,
                        discrepancy.state,
                    )
                )
            ),
            [("M-1", 2, "open"), ("M-1", 3, "settled"), ("M-2", 5, "settled")],
        )

    def test_some_of_each_lot_arrives_later(self):
        """What is still missing of a lot has its discrepancy, and no second one."""
        product = self._create_product("Matcha", "MAT-001", tracking="lot")
        self.make_lots(product, "M-1", "M-2")
        transfer = self.make_shipped_transfer({product: 10})
        for quantity in (3, 1):
            count = self.start_count(transfer)
            count.line_ids.write({"counted_quantity": quantity})
            count.action_submit()
            self.assertLedger(transfer)
        self.assertEqual(
            sorted(
                self.get_discrepancies(transfer).mapped(
                    lambda discrepancy: (
                        discrepancy.lot_id.name,
                        discrepancy.quantity,
                        discrepancy.state,
                    )
                )
            ),
            [
                ("M-1", 1, "open"),
                ("M-1", 1, "settled"),
                ("M-2", 1, "open"),
                ("M-2", 1, "settled"),
            ],
        )

    def test_what_is_settled_in_several_ways_at_once_stays_settled(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 5})
        self.count(transfer, {self.tea: 7, self.mug: 2})
        wizard = self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_settle",
            reason_id=self.env.ref("store_transfer.reason_stolen").id,
        )
        with Form(wizard) as form:
            for index, outcome in enumerate(("lost", "not_sent")):
                with form.line_ids.edit(index) as line:
                    line.outcome = outcome
        wizard.action_settle()
        self.assertLedger(transfer)
        self.assertEqual(
            self.get_summary(self.get_discrepancies(transfer)),
            [(3, "settled", "lost"), (3, "settled", "not_sent")],
        )

    def test_a_dispute_is_still_a_dispute(self):
        transfer, discrepancy = self.make_disputed("lost")
        self.correct_booked(transfer, 0)
        self.assertEqual(
            (discrepancy.state, discrepancy.outcome, discrepancy.is_disputed),
            ("answered", False, True),
        )
        self.settle(discrepancy, "not_sent", user=self.head_office)
        self.assertTrue(discrepancy.is_final)

    def test_what_came_damaged_is_not_what_was_settled_as_damaged(self):
        transfer = self.make_shipped_transfer()
        count = self.start_count(transfer)
        count.line_ids.write({"counted_quantity": 6, "damaged_quantity": 2})
        count.action_submit()
        self.settle(transfer, "damaged")
        picking = self.get_booked(transfer).sorted("id")[-1]
        picking.with_user(self.inventory_user).move_line_ids.quantity = 0
        self.assertLedger(transfer)
        self.assertEqual(
            sorted(
                self.get_discrepancies(transfer).mapped(
                    lambda discrepancy: (discrepancy.kind, discrepancy.outcome)
                )
            ),
            [("damaged", "damaged"), ("short", False)],
        )

    def test_it_does_not_take_more_queries_for_more_discrepancies(self):
        numbers = []
        for size in (2, 6):
            products = self.env["product.product"].union(
                *(
                    self._create_product(f"Tea {size}-{n}", f"T-{size}-{n}")
                    for n in range(size)
                )
            )
            self._add_stock(self.ec, products, 100)
            transfer = self.make_shipped_transfer(dict.fromkeys(products, 10))
            self.count(transfer, dict.fromkeys(products, 7))
            self.settle(transfer, "lost")
            self.correct_booked(transfer, 2)
            opened = self.get_discrepancies(transfer).filtered(
                lambda discrepancy: not discrepancy.outcome
            )
            self.assertEqual(len(opened), size)
            # As if the pickings had said so just now.
            opened.sudo().write({"state": "settled", "outcome": "lost"})
            opened.sudo().settle_date = fields.Datetime.now()
            discrepancies = opened.browse().sudo()
            booked = self.get_booked(transfer).move_ids
            moves = booked.browse(booked.ids).sudo()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            discrepancies._reopen_missing(moves)
            self.env.flush_all()
            numbers.append(self.env.cr.sql_log_count - start)
            opened = self.get_discrepancies(transfer).filtered(
                lambda discrepancy: not discrepancy.outcome
            )
            self.assertEqual(sum(opened.mapped("quantity")), size)
        self.assertLessEqual(numbers[1], numbers[0])
