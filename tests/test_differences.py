from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_discrepancies import DiscrepancyCase


@tagged("post_install", "-at_install")
class TestShort(DiscrepancyCase):
    """What is missing stays expected, until somebody says what became of it."""

    def test_a_short_count_opens_a_discrepancy(self):
        transfer, discrepancy = self.make_short()
        self.assertEqual(
            (discrepancy.kind, discrepancy.quantity, discrepancy.state),
            ("short", 3, "open"),
        )
        self.assertEqual(discrepancy.value, 90)
        self.assertEqual(
            discrepancy.deadline,
            fields.Date.context_today(discrepancy) + timedelta(days=3),
        )
        self.assertEqual(
            self.get_activity_users(discrepancy),
            self.ec_staff | self.ec_approver | self.shop_approver,
        )
        self.assertEqual(discrepancy.with_user(self.ec_staff).transfer_id, transfer)
        self.assertFalse(self.get_discrepancies(transfer, self.south_staff))

    def test_a_late_arrival_settles_it(self):
        transfer, discrepancy = self.make_short()
        self.count(transfer, {self.tea: 2})
        discrepancies = self.get_discrepancies(transfer)
        self.assertEqual(
            discrepancies.mapped(
                lambda discrepancy: (
                    discrepancy.quantity,
                    discrepancy.state,
                    discrepancy.outcome,
                )
            ),
            [(1, "open", False), (2, "settled", "arrived")],
        )
        self.receive_all(transfer)
        self.assertEqual(discrepancy.outcome, "arrived")
        self.assertFalse(self.get_activity_users(discrepancies))

    def test_counted_short_twice_is_one_discrepancy(self):
        transfer, discrepancy = self.make_short()
        self.count(transfer, {})
        self.assertEqual(self.get_discrepancies(transfer), discrepancy)

    def test_not_sent(self):
        """What never left is back in the source's stock at once."""
        transfer, discrepancy = self.make_short()
        self.settle(transfer, "not_sent", reason="left_behind")
        line = transfer.line_ids
        self.assertEqual((line.shipped_quantity, line.closed_quantity), (7, 3))
        self.assertEqual(self.get_stock(self.ec, self.tea), 93)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(
            (discrepancy.state, discrepancy.outcome, discrepancy.reason_id.name),
            ("settled", "not_sent", "Left behind at the source"),
        )
        self.assertEqual(discrepancy.settle_user_id, self.shop_approver)

    def test_returned(self):
        """The source receives it in a picking of its own."""
        transfer, discrepancy = self.make_short()
        self.settle(transfer, "returned", reason="wrong_store")
        line = transfer.line_ids
        self.assertEqual((line.returned_quantity, line.in_transit_quantity), (0, 3))
        self.assertEqual(discrepancy.state, "settled")
        self.assertFalse(transfer.with_user(self.shop_staff).can_count)
        transfer.with_user(self.ec_staff).action_take_back()
        self.assertLedger(transfer)
        self.assertEqual(line.returned_quantity, 3)
        self.assertEqual(transfer.state, "done")
        self.assertEqual(self.get_stock(self.ec, self.tea), 93)

    def test_returned_and_the_picking_is_cancelled(self):
        """The source still expects it."""
        transfer, _discrepancy = self.make_short()
        self.settle(transfer, "returned")
        self.get_pickings(transfer, "incoming").action_cancel()
        self.assertLedger(transfer)
        transfer.with_user(self.ec_staff).action_take_back()
        self.assertLedger(transfer)
        self.assertEqual(transfer.state, "done")

    def test_lost(self):
        transfer, _discrepancy = self.make_short()
        self.settle(transfer, "lost")
        line = transfer.line_ids
        self.assertEqual((line.lost_quantity, line.in_transit_quantity), (3, 0))
        self.assertEqual(self.get_stock(self.ec, self.tea), 90)
        self.assertEqual(transfer.state, "done")

    def test_damaged_on_the_way(self):
        transfer, _discrepancy = self.make_short()
        self.settle(transfer, "damaged", reason="broken_on_the_way")
        self.assertEqual(transfer.line_ids.damaged_quantity, 3)
        self.assertEqual(transfer.state, "done")

    def test_some_of_it_at_a_time(self):
        transfer, _discrepancy = self.make_short()
        self.settle(transfer, "lost", quantity=1)
        self.assertEqual(transfer.state, "partial")
        self.settle(transfer, "not_sent", quantity=1)
        self.receive_all(transfer)
        discrepancies = self.get_discrepancies(transfer)
        self.assertEqual(
            sorted(discrepancies.mapped("outcome")), ["arrived", "lost", "not_sent"]
        )
        self.assertEqual(discrepancies.mapped("quantity"), [1, 1, 1])
        self.assertEqual(transfer.state, "done")

    def test_lots_are_settled_as_counted(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": matcha.id} for name in ("M-1", "M-2")]
        )
        for lot in lots:
            self._add_stock(self.ec, matcha, 5, lot=lot)
        transfer = self.make_shipped_transfer({matcha: 10})
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        lines = count.with_user(self.shop_staff).line_ids.grouped("lot_id")
        lines[lots[0]].counted_quantity = 5
        lines[lots[1]].counted_quantity = 3
        count.with_user(self.shop_staff).action_submit()
        discrepancy = self.get_discrepancies(transfer)
        self.assertEqual((discrepancy.lot_id, discrepancy.quantity), (lots[1], 2))
        self.settle(discrepancy.with_user(self.shop_approver), "not_sent")
        at_source = self.env["stock.quant"].search(
            [
                ("location_id", "=", self.ec.lot_stock_id.id),
                ("lot_id", "=", lots[1].id),
            ]
        )
        self.assertEqual(at_source.quantity, 2)

    def test_settling_twice_is_refused(self):
        transfer, discrepancy = self.make_short()
        first = self.open_wizard(transfer, self.shop_approver, "action_open_settle")
        second = self.open_wizard(transfer, self.head_office, "action_open_settle")
        reason = self.env.ref("store_transfer.reason_stolen")
        for wizard in (first, second):
            wizard.line_ids.write({"outcome": "lost", "reason_id": reason.id})
        first.action_settle()
        with self.assertRefused("this step is not possible|nothing is short|is Done"):
            second.action_settle()
        with self.assertRefused("this step is not possible|is Done"):
            first.action_settle()
        self.assertLedger(transfer)
        self.assertEqual(transfer.line_ids.lost_quantity, 3)
        self.assertEqual(self.get_discrepancies(transfer), discrepancy)

    def test_settled_after_it_arrived_is_refused(self):
        transfer, _discrepancy = self.make_short()
        wizard = self.open_wizard(transfer, self.shop_approver, "action_open_settle")
        reason = self.env.ref("store_transfer.reason_stolen")
        wizard.line_ids.write({"outcome": "lost", "reason_id": reason.id})
        self.count(transfer, {self.tea: 2})
        with self.assertRefused("Oolong Tea: choose between 0 and 1"):
            wizard.action_settle()

    def test_an_outcome_and_a_reason_are_needed(self):
        transfer, _discrepancy = self.make_short()
        wizard = self.open_wizard(transfer, self.shop_approver, "action_open_settle")
        with self.assertRefused("Oolong Tea: choose what became of it, and why"):
            wizard.action_settle()

    def test_only_the_destinations_approver_settles(self):
        transfer, discrepancy = self.make_short()
        for user in (self.shop_staff, self.ec_approver, self.ec_staff):
            with self.subTest(user.login), self.assertRaises(AccessError):
                transfer.with_user(user).action_open_settle()
            with self.subTest(user.login), self.assertRaises(AccessError):
                discrepancy.with_user(user).action_open_settle()
        self.settle(transfer, "lost", user=self.head_office)

    def test_the_source_answers(self):
        transfer, discrepancy = self.make_short()
        with self.assertRefused("write your answer first"):
            discrepancy.with_user(self.ec_staff).action_answer()
        self.answer(discrepancy, "It is still on the dock.")
        self.assertEqual(
            (discrepancy.state, discrepancy.answer_user_id), ("answered", self.ec_staff)
        )
        self.assertEqual(self.get_activity_users(discrepancy), self.shop_approver)
        self.settle(transfer, "not_sent")

    def test_what_is_disputed_head_office_decides(self):
        transfer, discrepancy = self.make_short()
        self.answer(discrepancy, "The driver signed for ten.", step="action_dispute")
        self.assertTrue(discrepancy.is_disputed)
        self.assertEqual(self.get_activity_users(discrepancy), self.head_office)
        with self.assertRefused("head office decides", AccessError):
            self.settle(discrepancy.with_user(self.shop_approver), "not_sent")
        self.settle(discrepancy, "lost", user=self.head_office)
        self.assertEqual(
            (discrepancy.state, discrepancy.is_disputed), ("settled", False)
        )

    def make_two_shorts(self):
        """Return a transfer with two shorts, of which the first one is disputed."""
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 10})
        self.count(transfer, {self.tea: 7, self.mug: 8})
        discrepancies = self.get_discrepancies(transfer)
        self.answer(
            discrepancies[0], "The driver signed for ten.", step="action_dispute"
        )
        return transfer, discrepancies

    def test_what_is_disputed_is_left_to_head_office(self):
        """The approver settles the rest, and is told how many are left."""
        transfer, (disputed, other) = self.make_two_shorts()
        wizard = self.settle(transfer, "lost")
        self.assertEqual(wizard.line_ids.discrepancy_id, other)
        self.assertEqual(wizard.disputed_count, 1)
        self.assertEqual((disputed.state, other.state), ("answered", "settled"))
        self.assertFalse(transfer.with_user(self.shop_approver).can_settle)
        with self.assertRefused("What is disputed, head office decides"):
            transfer.with_user(self.shop_approver).action_open_settle()
        self.settle(transfer, "not_sent", user=self.head_office)
        self.assertEqual((disputed.state, transfer.state), ("settled", "done"))

    def test_a_disputed_one_slipped_into_the_question_settles_nothing(self):
        transfer, discrepancies = self.make_two_shorts()
        wizard = self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_settle",
            outcome="lost",
            reason_id=self.env.ref("store_transfer.reason_stolen").id,
        )
        wizard.line_ids.copy(
            {
                "wizard_id": wizard.id,
                "discrepancy_id": discrepancies[0].id,
                "line_id": discrepancies[0].line_id.id,
            }
        )
        with self.assertRefused("head office decides", AccessError):
            wizard.action_settle()
        self.assertEqual(set(discrepancies.mapped("state")), {"answered", "open"})
        self.assertLedger(transfer)

    def test_head_office_settles_all_of_it(self):
        transfer, discrepancies = self.make_two_shorts()
        wizard = self.settle(transfer, "lost", user=self.head_office)
        self.assertEqual(wizard.line_ids.discrepancy_id, discrepancies)
        self.assertEqual(wizard.disputed_count, 0)
        self.assertEqual(set(discrepancies.mapped("state")), {"settled"})

    def test_what_became_of_each_is_written_on_it(self):
        transfer, discrepancies = self.make_two_shorts()
        self.settle(transfer, "lost", user=self.head_office)
        self.assertIn(
            "The driver signed for ten.", str(discrepancies[0].message_ids[1].body)
        )
        for discrepancy in discrepancies:
            message = discrepancy.message_ids[0]
            self.assertEqual(message.author_id, self.head_office.partner_id)
            self.assertIn("Lost, Stolen", str(message.body))

    def test_what_was_settled_can_be_disputed(self):
        transfer, discrepancy = self.make_short()
        self.settle(transfer, "not_sent")
        self.answer(discrepancy, "We did send it.", step="action_dispute")
        self.assertEqual(
            (discrepancy.state, discrepancy.outcome), ("answered", "not_sent")
        )
        with self.assertRefused("head office decides", AccessError):
            discrepancy.with_user(self.shop_approver).action_uphold()
        discrepancy.with_user(self.head_office).action_uphold()
        self.assertEqual(
            (discrepancy.state, discrepancy.outcome), ("settled", "not_sent")
        )

    def test_only_the_source_writes_the_answer(self):
        _transfer, discrepancy = self.make_short()
        for user in (self.shop_staff, self.shop_approver):
            with self.subTest(user.login), self.assertRaises(AccessError):
                discrepancy.with_user(user).answer = "No"
        with self.assertRaises(AccessError):
            discrepancy.with_user(self.shop_approver).write({"state": "settled"})

    def test_late_cases_stand_out(self):
        _transfer, discrepancy = self.make_short()
        self.assertFalse(discrepancy.is_late)
        discrepancy.sudo().deadline = fields.Date.context_today(
            discrepancy
        ) - timedelta(days=1)
        self.assertTrue(discrepancy.is_late)
        self.assertIn(discrepancy, discrepancy.search([("is_late", "=", True)]))
        self.assertNotIn(discrepancy, discrepancy.search([("is_late", "=", False)]))

    def test_scrapped_in_the_inventory_app(self):
        transfer, discrepancy = self.make_short()
        self.scrap_on_the_way(transfer)
        self.assertEqual(
            (discrepancy.state, discrepancy.outcome), ("settled", "damaged")
        )

    def test_booked_wrongly_and_corrected_in_the_inventory_app(self):
        """What was settled wrongly is on its way again."""
        for outcome in ("lost", "damaged", "not_sent"):
            with self.subTest(outcome):
                transfer, _discrepancy = self.make_short()
                self.settle(transfer, outcome)
                booked = self.get_gone(transfer).picking_id
                booked.with_user(self.inventory_user).move_line_ids.quantity = 0
                self.assertLedger(transfer)
                self.assertEqual(transfer.line_ids.in_transit_quantity, 3)
                self.receive_all(transfer)
                self.assertEqual(transfer.state, "done")
                self.assertEqual(transfer.line_ids.received_quantity, 10)

    def test_a_third_party_did_not_bring_it(self):
        transfer = self.make_transfer(user=self.shop_staff, kind="receipt")
        self.submit(transfer, self.shop_staff)
        self.count(transfer, {self.tea: 6})
        discrepancy = self.get_discrepancies(transfer)
        self.assertEqual((discrepancy.kind, discrepancy.quantity), ("short", 4))
        self.assertEqual(self.get_activity_users(discrepancy), self.shop_approver)
        self.settle(transfer, None, quantity=1, reason="not_delivered")
        self.assertEqual(transfer.line_ids.to_ship_quantity, 3)
        self.close_rest(transfer, self.shop_approver)
        self.assertEqual(transfer.line_ids.closed_quantity, 4)
        self.assertEqual(
            sorted(self.get_discrepancies(transfer).mapped("outcome")),
            ["closed", "not_sent"],
        )
        self.assertEqual(transfer.state, "done")

    def test_the_rest_that_is_closed_is_written_down(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 4})
        self.close_rest(transfer)
        discrepancy = self.get_discrepancies(transfer)
        self.assertEqual(
            (
                discrepancy.kind,
                discrepancy.quantity,
                discrepancy.state,
                discrepancy.outcome,
            ),
            ("short", 6, "settled", "closed"),
        )
        self.assertEqual(discrepancy.reason_id.name, "Out of stock")
        [notice] = self.get_notices(transfer, self.shop_staff)
        self.assertIn("6 Units × [TEA-001] Oolong Tea", notice)


@tagged("post_install", "-at_install")
class TestDamagedCase(DiscrepancyCase):
    """What came damaged is a discrepancy as well, for who pays for it."""

    def make_damaged(self):
        transfer = self.make_shipped_transfer()
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        line = count.with_user(self.shop_staff).line_ids
        line.write(
            {"counted_quantity": 8, "damaged_quantity": 2, "remark": "Wet carton"}
        )
        count.with_user(self.shop_staff).action_submit()
        self.assertLedger(transfer)
        return self.get_discrepancies(transfer)

    def test_the_source_agrees(self):
        discrepancy = self.make_damaged()
        self.assertEqual(
            (
                discrepancy.kind,
                discrepancy.quantity,
                discrepancy.outcome,
                discrepancy.remark,
            ),
            ("damaged", 2, "damaged", "Wet carton"),
        )
        self.assertEqual(
            self.get_activity_users(discrepancy), self.ec_staff | self.ec_approver
        )
        self.answer(discrepancy, "Sorry, we will pack it better.")
        self.assertEqual(discrepancy.state, "settled")

    def test_the_source_disputes(self):
        discrepancy = self.make_damaged()
        self.answer(discrepancy, "It was whole when it left.", step="action_dispute")
        discrepancy.with_user(self.head_office).action_uphold()
        self.assertEqual(discrepancy.state, "settled")

    def test_nobody_answers(self):
        discrepancy = self.make_damaged()
        discrepancy.with_user(self.shop_approver).action_uphold()
        self.assertEqual(
            (discrepancy.state, discrepancy.outcome), ("settled", "damaged")
        )
