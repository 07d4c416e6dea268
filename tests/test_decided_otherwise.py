from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_discrepancies import OUTCOMES, SettledCase


@tagged("post_install", "-at_install")
class TestDecidedOtherwise(SettledCase):
    """Head office decides a dispute the other way: the goods are moved again."""

    def assertAccounted(self, transfer, outcome):
        """Three of ten are where ``outcome`` says."""
        line = transfer.line_ids
        at_source = self.get_stock(self.ec, self.tea)
        if outcome == "returned":
            self.assertEqual(line.in_transit_quantity, 3)
            transfer.with_user(self.ec_staff).action_take_back()
            self.assertLedger(transfer)
            self.assertEqual(self.get_stock(self.ec, self.tea), at_source + 3)
        name = "closed" if outcome == "not_sent" else outcome
        self.assertEqual((line[f"{name}_quantity"], line.received_quantity), (3, 7))
        self.assertEqual(transfer.state, "done")

    def test_every_outcome_becomes_every_other(self):
        self._add_stock(self.ec, self.tea, 100)
        for former in OUTCOMES:
            for outcome in set(OUTCOMES) - {former}:
                with self.subTest(former=former, outcome=outcome):
                    transfer, discrepancy = self.make_disputed(former)
                    self.decide_otherwise(discrepancy, outcome)
                    self.assertEqual(
                        (
                            discrepancy.state,
                            discrepancy.outcome,
                            discrepancy.is_disputed,
                            discrepancy.is_final,
                        ),
                        ("settled", outcome, False, True),
                    )
                    self.assertEqual(discrepancy.settle_user_id, self.head_office)
                    self.assertAccounted(transfer, outcome)
                    self.assertEqual(self.get_discrepancies(transfer), discrepancy)
                    self.assertFalse(discrepancy.with_user(self.ec_staff).can_dispute)

    def test_the_goods_are_expected_again(self):
        for former in OUTCOMES:
            with self.subTest(former):
                transfer, discrepancy = self.make_disputed(former)
                self.decide_otherwise(discrepancy, "expected")
                self.assertEqual(
                    (discrepancy.state, discrepancy.outcome, discrepancy.is_disputed),
                    ("open", False, False),
                )
                self.assertEqual(transfer.state, "partial")
                self.assertEqual(
                    self.get_activity_users(discrepancy),
                    self.ec_staff | self.ec_approver | self.shop_approver,
                )
                self.count(transfer, {self.tea: 1})
                self.receive_all(transfer)
                discrepancies = self.get_discrepancies(transfer)
                self.assertEqual(set(discrepancies.mapped("outcome")), {"arrived"})
                self.assertEqual(sum(discrepancies.mapped("quantity")), 3)
                self.assertEqual(transfer.line_ids.received_quantity, 10)

    def test_the_source_has_sold_what_was_not_sent(self):
        transfer, discrepancy = self.make_disputed("not_sent")
        self._add_stock(self.ec, self.tea, -92)
        wizard = self.open_wizard(discrepancy, self.head_office, "action_open_overrule")
        wizard.write(
            {
                "outcome": "lost",
                "reason_id": self.env.ref("store_transfer.reason_stolen").id,
            }
        )
        with self.assertRefused("EC Warehouse has only 1 Unit of it left"):
            wizard.action_overrule()
        self.env.invalidate_all()
        self.assertLedger(transfer)
        self.assertEqual(
            (discrepancy.state, discrepancy.outcome), ("answered", "not_sent")
        )
        discrepancy.with_user(self.head_office).action_uphold()

    def test_the_source_has_taken_back_what_was_returned(self):
        transfer, discrepancy = self.make_disputed("returned")
        transfer.with_user(self.ec_staff).action_take_back()
        with self.assertRefused("EC Warehouse has received 3 Units of it already"):
            self.decide_otherwise(discrepancy, "lost")

    def test_all_of_a_transfer_was_not_sent(self):
        transfer, discrepancy = self.make_disputed("not_sent", counted=0)
        self.assertEqual(transfer.state, "cancelled")
        self.decide_otherwise(discrepancy, "lost")
        self.assertEqual(transfer.line_ids.lost_quantity, 10)
        self.assertEqual(transfer.state, "done")

    def test_some_of_it(self):
        transfer, discrepancy = self.make_disputed("lost")
        self.decide_otherwise(discrepancy, "not_sent", quantity=1)
        line = transfer.line_ids
        self.assertEqual((line.lost_quantity, line.closed_quantity), (2, 1))
        self.assertEqual(
            self.get_summary(self.get_discrepancies(transfer)),
            [(1, "settled", "not_sent"), (2, "answered", "lost")],
        )
        discrepancy.with_user(self.head_office).action_uphold()
        for quantity in (0, 4):
            with self.assertRefused("this step is not possible|choose more than 0"):
                self.decide_otherwise(discrepancy, "damaged", quantity=quantity)

    def test_impossible_quantities(self):
        _transfer, discrepancy = self.make_disputed("lost")
        for quantity in (0, -1, 4):
            with self.subTest(quantity), self.assertRefused("Oolong Tea"):
                self.decide_otherwise(discrepancy, "damaged", quantity=quantity)

    def test_only_head_office_decides(self):
        _transfer, discrepancy = self.make_disputed("lost")
        for user in (self.shop_approver, self.shop_staff, self.ec_approver):
            with self.subTest(user.login), self.assertRaises(AccessError):
                discrepancy.with_user(user).action_open_overrule()
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["store.transfer.overrule"].with_user(user).create(
                    {
                        "transfer_id": discrepancy.transfer_id.id,
                        "discrepancy_id": discrepancy.id,
                    }
                )

    def test_only_what_is_disputed_and_settled(self):
        transfer, discrepancy = self.make_short()
        with self.assertRefused("this step is not possible now"):
            discrepancy.action_open_overrule()
        self.answer(discrepancy, "No.", step="action_dispute")
        with self.assertRefused("this step is not possible now"):
            discrepancy.action_open_overrule()
        self.settle(discrepancy, "lost", user=self.head_office)
        with self.assertRefused("this step is not possible now"):
            discrepancy.action_open_overrule()
        self.assertLedger(transfer)

    def test_decided_twice(self):
        transfer, discrepancy = self.make_disputed("lost")
        wizard = self.decide_otherwise(discrepancy, "not_sent")
        with self.assertRefused("this step is not possible now"):
            wizard.action_overrule()
        with self.assertRefused("decided: that is final"):
            discrepancy.with_user(self.ec_staff).action_dispute()
        self.assertLedger(transfer)
        self.assertEqual(self.get_stock(self.ec, self.tea), 93)

    def test_the_question_is_filled_in(self):
        _transfer, discrepancy = self.make_disputed("lost")
        with self.assertRefused("Oolong Tea is settled like that already"):
            self.decide_otherwise(discrepancy, "lost")
        with self.assertRefused("Oolong Tea: choose what became of it"):
            self.decide_otherwise(discrepancy, False)
        wizard = self.open_wizard(
            discrepancy, self.head_office, "action_open_overrule", outcome="damaged"
        )
        with self.assertRefused("choose what became of it, and why"):
            wizard.action_overrule()

    def test_another_transfers_discrepancy(self):
        _transfer, discrepancy = self.make_disputed("lost")
        other, _other_discrepancy = self.make_disputed("lost")
        with self.assertRefused("is not about"):
            self.env["store.transfer.overrule"].with_user(self.head_office).create(
                {"transfer_id": other.id, "discrepancy_id": discrepancy.id}
            )

    def test_the_question_tells_nothing_to_another_company(self):
        _transfer, discrepancy = self.make_disputed("lost")
        company = self.env["res.company"].create({"name": "Other Goods"})
        stranger = self._create_user("stranger", "group_head_office", company=company)
        question = self.env["store.transfer.overrule"].with_user(stranger)
        with self.assertRaises(AccessError):
            question.onchange(
                {"discrepancy_id": discrepancy.id},
                ["discrepancy_id"],
                {"product_id": {}},
            )
        with self.assertRaises(AccessError):
            question.create(
                {
                    "transfer_id": discrepancy.transfer_id.id,
                    "discrepancy_id": discrepancy.id,
                }
            )

    def test_both_sides_are_told(self):
        _transfer, discrepancy = self.make_disputed("lost")
        self.decide_otherwise(discrepancy, "not_sent", note="It stood in the yard")
        for user in (self.ec_staff, self.shop_staff, self.shop_approver):
            [notice] = self.get_notices(discrepancy, user)
            self.assertIn(
                "Head office decided otherwise: Not sent (Left behind at the source, "
                "It stood in the yard). That is final.",
                notice,
            )

    def test_why_it_was_not_sent(self):
        transfer, discrepancy = self.make_disputed("lost")
        self.decide_otherwise(discrepancy, "not_sent")
        line = transfer.line_ids
        self.assertEqual(line.close_reason_id.name, "Left behind at the source")
        transfer, discrepancy = self.make_disputed("not_sent")
        self.decide_otherwise(discrepancy, "lost")
        self.assertFalse(transfer.line_ids.close_reason_id)

    def test_lots_are_kept(self):
        for former in OUTCOMES:
            with self.subTest(former), self.env.cr.savepoint() as savepoint:
                transfer, discrepancy, lots = self.make_short_of_lots(
                    "lot", "M-1", "M-2"
                )
                product = lots.product_id
                self.settle(transfer, former)
                self.answer(discrepancy, "No.", step="action_dispute")
                outcome = "lost" if former == "not_sent" else "not_sent"
                self.decide_otherwise(discrepancy, outcome)
                self.assertEqual(
                    (discrepancy.lot_id, discrepancy.outcome), (lots[1], outcome)
                )
                at_source = self.get_lots(self.ec.lot_stock_id, product)
                left = {} if former == "not_sent" else {"M-2": 2}
                self.assertEqual(at_source, left)
                self.assertEqual(transfer.state, "done")
                savepoint.rollback()

    def test_a_serial_number_that_was_found_since(self):
        transfer, discrepancy, lots = self.make_short_of_lots("serial", "K-1", "K-2")
        self.settle(transfer, "lost")
        self.answer(discrepancy, "It stands here!", step="action_dispute")
        self._add_stock(self.ec, lots.product_id, 1, lot=lots[1])
        with self.assertRefused("serial number K-2 is in stock already, at EC"):
            self.decide_otherwise(discrepancy, "not_sent")
        self._add_stock(self.ec, lots.product_id, -1, lot=lots[1])
        self.decide_otherwise(discrepancy, "not_sent")
        self.assertEqual(
            self.get_lots(self.ec.lot_stock_id, lots.product_id), {"K-2": 1}
        )

    def test_what_was_scrapped_in_the_inventory_app(self):
        transfer, discrepancy = self.make_short()
        self.scrap_on_the_way(transfer)
        self.answer(discrepancy, "No.", step="action_dispute")
        self.decide_otherwise(discrepancy, "not_sent")
        line = transfer.line_ids
        self.assertEqual((line.damaged_quantity, line.closed_quantity), (0, 3))

    def test_what_came_damaged_stays_where_it_is(self):
        """Only what was settled is undone, not what was counted as damaged."""
        location = self.env["stock.location"].create(
            {
                "name": "Damaged",
                "location_id": self.shop.view_location_id.id,
                "usage": "internal",
                "company_id": self.company.id,
            }
        )
        self.shop.with_user(self.head_office).transfer_damage_location_id = location
        transfer = self.make_shipped_transfer()
        count = self.start_count(transfer)
        count.line_ids.write({"counted_quantity": 6, "damaged_quantity": 2})
        count.action_submit()
        self.settle(transfer, "damaged")
        discrepancy = self.get_discrepancies(transfer).filtered(
            lambda discrepancy: discrepancy.kind == "short"
        )
        self.answer(discrepancy, "No.", step="action_dispute")
        self.decide_otherwise(discrepancy, "lost")
        line = transfer.line_ids
        self.assertEqual((line.damaged_quantity, line.lost_quantity), (2, 2))
        self.assertEqual(self.get_lots(location, self.tea), {False: 2})

    def test_a_dispute_outlives_what_else_happens(self):
        """What is settled and disputed is no longer missing, nor settled by itself."""
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 5})
        self.count(transfer, {self.tea: 7, self.mug: 2})
        tea = self.get_discrepancies(transfer).filtered(
            lambda discrepancy: discrepancy.product_id == self.tea
        )
        self.settle(tea.with_user(self.shop_approver), "lost")
        self.answer(tea, "No.", step="action_dispute")
        self.count(transfer, {self.mug: 1})
        self.assertEqual(
            (tea.state, tea.outcome, tea.is_disputed), ("answered", "lost", True)
        )
        self.settle(transfer, "not_sent")
        self.assertEqual((tea.state, tea.outcome), ("answered", "lost"))

    def test_the_source_does_not_answer_what_it_disputes(self):
        _transfer, discrepancy = self.make_disputed("lost")
        self.assertFalse(discrepancy.with_user(self.ec_staff).can_answer)
        with self.assertRefused("this step is not possible now"):
            discrepancy.with_user(self.ec_staff).action_answer()

    def test_undone_and_booked_again_in_the_inventory_app(self):
        transfer, discrepancy = self.make_disputed("lost")
        self.decide_otherwise(discrepancy, "expected")
        undone = self.get_booked(transfer).move_ids.returned_move_ids.picking_id
        undone.with_user(self.inventory_user).move_line_ids.quantity = 0
        self.assertLedger(transfer)
        self.assertEqual(transfer.line_ids.lost_quantity, 3)
        self.assertEqual((discrepancy.state, discrepancy.outcome), ("settled", "lost"))
        with self.assertRefused("more .*Oolong Tea would be on its way again|arrive"):
            self.correct_booked(transfer, 4)
            undone.with_user(self.inventory_user).move_line_ids.quantity = 9
