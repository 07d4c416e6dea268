from contextlib import suppress
from unittest.mock import patch

from odoo.tests import tagged

from ..tools.stock_work import StockWork
from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestEndOfStep(StoreTransferCase):
    """A step brings the legs in line once, and people get their activities once."""

    def count_calls(self, step):
        """Do a step.

        :return: on what each was called: ``{(model name, method name): [ids]}``
        """
        calls = {}
        patches = []
        for model, method in (
            ("store.transfer", "_sync_legs"),
            ("store.transfer", "_give_activities"),
            ("store.transfer.discrepancy", "_give_activities"),
        ):
            calls[model, method] = on = []
            cls = self.registry[model]
            patches.append(
                patch.object(cls, method, self._remember(on, getattr(cls, method)))
            )
        for patcher in patches:
            patcher.start()
        try:
            step()
        finally:
            for patcher in patches:
                patcher.stop()
        return calls

    def _remember(self, on, method):
        def remembering(records, *args, **kwargs):
            on.append(records.ids)
            return method(records, *args, **kwargs)

        return remembering

    def assertBroughtInLineOnce(self, transfer, step, discrepancies=True):
        calls = self.count_calls(step)
        self.assertEqual(calls["store.transfer", "_sync_legs"], [transfer.ids])
        self.assertEqual(calls["store.transfer", "_give_activities"], [transfer.ids])
        self.assertEqual(
            len(calls["store.transfer.discrepancy", "_give_activities"]), discrepancies
        )
        self.assertLedger(transfer)

    def fill_count(self, transfer, good, damaged=None, user=None):
        """Count ``{product: quantity}``, and what is damaged beside it."""
        count = self.start_count(transfer, user)
        for line in count.line_ids:
            line.counted_quantity = good.get(line.product_id, 0)
            line.damaged_quantity = (damaged or {}).get(line.product_id, 0)
        return count

    def test_a_count_with_a_short_and_a_damaged_line(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 5})
        count = self.fill_count(transfer, {self.tea: 7, self.mug: 4}, {self.mug: 1})
        self.assertBroughtInLineOnce(transfer, count.action_submit)
        self.assertEqual(transfer.state, "partial")

    def test_a_count_with_a_surplus(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 5})
        count = self.fill_count(
            transfer,
            {self.tea: 12, self.mug: 3},
            {self.mug: 1},
            user=self.shop_approver,
        )
        self.assertBroughtInLineOnce(transfer, count.action_submit)
        self.assertEqual(transfer.line_ids.mapped("in_transit_quantity"), [0, 1])

    def test_approve(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.assertBroughtInLineOnce(
            transfer, lambda: self.approve(transfer), discrepancies=False
        )

    def test_ship_some_and_close_the_rest(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        reason = self.env.ref("store_transfer.reason_out_of_stock")
        self.assertBroughtInLineOnce(
            transfer,
            lambda: self.ship(
                transfer,
                {self.tea: 6},
                user=self.ec_approver,
                rest="close",
                reason_id=reason.id,
            ),
        )
        self.assertEqual(transfer.in_transit_quantity, 6)

    def test_settle_in_several_ways(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 5})
        self.count(transfer, {self.tea: 7, self.mug: 3})
        reason = self.env["store.transfer.reason"].search(
            [("usage", "=", "short")], limit=1
        )
        wizard = self.open_wizard(
            transfer,
            self.shop_approver,
            "action_open_settle",
            outcome="lost",
            reason_id=reason.id,
        )
        wizard.line_ids[:1].outcome = "returned"
        self.assertBroughtInLineOnce(transfer, wizard.action_settle)
        self.assertEqual(transfer.in_transit_quantity, 3)

    def test_refuse_for_several_reasons_and_uphold(self):
        transfer = self.make_shipped_transfer({self.tea: 10, self.mug: 5})
        self.fill_count(transfer, {self.tea: 12, self.mug: 6}).action_submit()
        surplus = transfer.discrepancy_ids.with_user(self.shop_approver)
        surplus[0].note = "Of another store"
        self.assertBroughtInLineOnce(transfer, surplus.action_refuse)
        self.assertEqual(set(surplus.mapped("outcome")), {"refused"})
        disputed = surplus.with_user(self.ec_staff)
        disputed.answer = "We packed fifteen."
        disputed.action_dispute()
        self.assertBroughtInLineOnce(
            transfer, surplus.with_user(self.head_office).action_uphold
        )
        self.assertEqual(set(surplus.mapped("state")), {"settled"})

    def test_cancel(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.assertBroughtInLineOnce(
            transfer, transfer.with_user(self.ec_staff).action_cancel, False
        )
        self.assertEqual(transfer.state, "cancelled")

    def test_in_the_inventory_app_each_is_a_step(self):
        transfer = self.make_shipped_transfer()
        picking = self.get_pickings(transfer, "incoming")
        self.assertBroughtInLineOnce(
            transfer, lambda: self.validate_picking(picking, {self.tea: 8}), False
        )
        done = picking.move_line_ids.with_user(self.inventory_user)
        self.assertBroughtInLineOnce(
            transfer, lambda: done.write({"quantity": 9}), False
        )
        backorder = self.get_pickings(transfer, "incoming", "assigned")
        self.assertBroughtInLineOnce(
            transfer, backorder.with_user(self.inventory_user).action_cancel, False
        )

    def test_scrap_on_the_way(self):
        """On a picking that is done, the move is done when it is created."""
        transfer = self.make_shipped_transfer()
        scrap = (
            self.env["stock.scrap"]
            .with_user(self.inventory_user)
            .create(
                {
                    "product_id": self.tea.id,
                    "scrap_qty": 3,
                    "picking_id": self.get_pickings(transfer, "outgoing", "done").id,
                    "location_id": self.transit.id,
                    "company_id": self.company.id,
                }
            )
        )
        self.assertBroughtInLineOnce(transfer, scrap.do_scrap)

    def test_a_step_within_a_step_joins_it(self):
        transfers = self.make_shipped_transfer() | self.make_shipped_transfer()
        first, second = transfers.sudo()

        def step():
            with first._stock_work() as working:
                with second.with_env(working.env)._stock_work():
                    pass
                self.assertTrue(StockWork.get(working.env))
            self.assertFalse(StockWork.get(working.env))

        self.assertBroughtInLineOnce(transfers, step, discrepancies=False)

    def test_after_an_error_nothing_is_brought_in_line(self):
        transfer = self.make_shipped_transfer().sudo()
        working = transfer.browse()

        def step():
            nonlocal working
            with transfer._stock_work() as working:
                working._sync_activities()
                raise ZeroDivisionError

        with self.assertRaises(ZeroDivisionError):
            self.assertBroughtInLineOnce(transfer, step)
        self.assertFalse(StockWork.get(working.env))

    def test_what_a_savepoint_takes_back_is_no_work_of_the_step(self):
        """Another addon tries something within a step, and goes on without it."""
        transfer = self.make_shipped_transfer().sudo()
        self.count(transfer, {self.tea: 7})
        count = self.fill_count(transfer, {self.tea: 1}, {self.tea: 1}).sudo()
        with transfer._stock_work() as working:
            with suppress(ZeroDivisionError), self.env.cr.savepoint():
                count.with_env(working.env)._do_submit(working, {})
                raise ZeroDivisionError
            working._sync_activities()
        self.assertLedger(transfer)
        self.assertEqual(transfer.received_quantity, 7)
        self.assertEqual(
            transfer.discrepancy_ids.mapped(lambda short: (short.kind, short.state)),
            [("short", "open")],
        )

    def test_nothing_is_looked_up_where_no_savepoint_was_rolled_back(self):
        transfer = self.make_shipped_transfer()
        transfers = self.registry["store.transfer"]
        with patch.object(transfers, "_forget_rolled_back") as forget:
            self.count(transfer, {self.tea: 7})
        forget.assert_not_called()

    def test_what_was_short_is_settled_as_each_of_it_left(self):
        """Of five that were short, two arrive, one comes damaged, two stay missing."""
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 5})
        self.fill_count(transfer, {self.tea: 2}, {self.tea: 1}).action_submit()
        shorts = transfer.sudo().discrepancy_ids.filtered(
            lambda discrepancy: discrepancy.kind == "short"
        )
        self.assertEqual(
            sorted(
                (discrepancy.outcome or "", discrepancy.quantity)
                for discrepancy in shorts
            ),
            [("", 2), ("arrived", 2), ("damaged", 1)],
        )
