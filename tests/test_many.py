from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestMany(StoreTransferCase):
    """One question for many transfers: what will be done, and what not, and why."""

    def make_many(self, quantities, **values):
        """Make a waiting transfer of tea for each quantity, in this order of dates."""
        transfers = self.env["store.transfer"]
        for quantity in quantities:
            transfer = self.make_transfer(lines={self.tea: quantity}, **values)
            self.submit(transfer)
            transfers += transfer
        return transfers

    def make_approved(self, quantities, **values):
        transfers = self.make_many(quantities, **values)
        for transfer in transfers:
            self.approve(transfer)
        return transfers

    def ask(self, transfers, step, user):
        """Press the button of the list, and return the question."""
        action = getattr(transfers.with_user(user), f"action_open_many_{step}")()
        return self.env[action["res_model"]].with_user(user).browse(action["res_id"])

    def get_outcomes(self, question):
        return [(row.outcome, row.reason) for row in question.row_ids]

    def test_what_is_reserved_in_full_is_shipped(self):
        transfers = self.make_approved((10, 90, 20))
        question = self.ask(transfers, "ship", self.ec_staff)
        self.assertEqual(
            self.get_outcomes(question),
            [("ready", False), ("ready", False), ("look", "none")],
        )
        self.assertEqual(question.headline, "Ship 2 of 3")
        self.assertIn("nothing of it is there at EC Warehouse", question.left_summary)
        question.action_do()
        self.assertLedger(transfers)
        self.assertEqual(
            transfers.mapped("state"), ["in_transit", "in_transit", "approved"]
        )

    def test_what_leaves_is_on_a_pick_list(self):
        """Also here it is kept who shipped what, and from where."""
        transfers = self.make_approved((60, 60))
        opened = transfers[0].with_user(self.ec_staff).action_pick()
        transfers.with_user(self.ec_staff).ship_many(partly=True)
        self.assertLedger(transfers)
        picks = transfers.sudo().pick_ids.sorted("id")
        self.assertEqual(picks[0].id, opened["params"]["pick_id"])
        self.assertEqual(picks.transfer_id, transfers)
        self.assertEqual(picks.mapped("state"), ["done", "done"])
        self.assertEqual(picks.user_id, self.ec_staff)
        self.assertTrue(all(picks.mapped("submit_date")))
        stock = self.ec.lot_stock_id
        self.assertEqual(
            [
                (line.location_id, line.expected_quantity, line.picked_quantity)
                for line in picks.line_ids
            ],
            [(stock, 60, 60), (stock, 40, 40), (stock.browse(), 20, 0)],
        )

    def test_what_somebody_picks_is_left_to_them(self):
        transfers = self.make_approved((1, 2))
        action = transfers[0].with_user(self.ec_staff).action_pick()
        pick = self.env["store.transfer.pick"].browse(action["params"]["pick_id"])
        question = self.ask(transfers, "ship", self.ec_staff)
        self.assertEqual(question.headline, "Ship 2 of 2")
        pick.with_user(self.ec_staff).record_scans(
            [{"uuid": "scan-0001", "kind": "scan", "line_id": pick.sudo().line_ids.id}]
        )
        question.action_do()
        self.assertEqual(transfers.mapped("state"), ["approved", "in_transit"])
        self.assertIn("has begun to pick it. Ship", question.left_summary)

    def test_what_is_partly_there_goes_by_choice_only(self):
        transfers = self.make_approved((60, 60))
        question = self.ask(transfers, "ship", self.ec_staff)
        self.assertEqual(
            self.get_outcomes(question), [("ready", False), ("part", "part")]
        )
        self.assertIn("40 Units of 60 Units are there", question.left_summary)
        self.assertEqual(question.headline, "Ship 1 of 2")
        question.with_partly = True
        self.assertEqual(question.headline, "Ship 2 of 2")
        question.action_do()
        self.assertLedger(transfers)
        self.assertEqual(transfers.mapped("shipped_quantity"), [60, 40])
        self.assertEqual(transfers[1].to_ship_quantity, 20)

    def test_lots_that_are_not_written_down_are_looked_at(self):
        matcha = self._create_product("Matcha", "MAT-001", tracking="lot")
        lot = self.env["stock.lot"].create({"name": "M-1", "product_id": matcha.id})
        self._add_stock(self.ec, matcha, 5, lot=lot)
        self._add_stock(self.ec, matcha, 5)
        full = self.make_transfer(lines={matcha: 5})
        short = self.make_transfer(lines={matcha: 3, self.tea: 2})
        for transfer in (full, short):
            self.submit(transfer)
            self.approve(transfer)
        question = self.ask(full + short, "ship", self.ec_staff)
        self.assertEqual(
            self.get_outcomes(question), [("ready", False), ("look", "lots")]
        )
        self.assertIn("without a lot or serial number", question.left_summary)
        question.with_partly = True
        question.action_do()
        self.assertLedger(full + short)
        self.assertFalse(short.shipped_quantity)

    def test_what_is_not_possible_is_said_by_reason(self):
        waiting = self.make_transfer()
        self.submit(waiting)
        shipped = self.make_shipped_transfer()
        from_shop = self.make_transfer(
            user=self.shop_staff,
            source_store_id=self.shop.id,
            destination_store_id=self.ec.id,
        )
        self.submit(from_shop, self.shop_staff)
        question = self.ask(waiting + shipped + from_shop, "ship", self.ec_staff)
        self.assertEqual(
            self.get_outcomes(question),
            [("refused", "state"), ("refused", "nothing"), ("refused", "role")],
        )
        self.assertFalse(question.can_do)
        for sentence in ("is To Approve", "nothing left to ship", "Shop North"):
            self.assertIn(sentence, question.left_summary)
        with self.assertRefused("None of these transfers is ready"):
            question.action_do()

    def test_what_is_due_first_is_approved_first(self):
        transfers = self.make_many((60, 60, 40))
        transfers[1].sudo().priority = "1"
        question = self.ask(transfers, "approve", self.shop_approver)
        self.assertEqual(
            self.get_outcomes(question),
            [("look", "short"), ("ready", False), ("ready", False)],
        )
        self.assertIn(
            "has not enough left for it, once those that are due before it have "
            "theirs: [TEA-001] Oolong Tea (asked 60 Units, free 40 Units)",
            question.left_summary,
        )
        question.action_do()
        self.assertLedger(transfers)
        self.assertEqual(transfers.mapped("state"), ["waiting", "approved", "approved"])
        self.assertEqual(transfers[1].approval_user_id, self.shop_approver)

    def test_arrival_of_many(self):
        transfers = self.make_approved((1, 2, 3))
        for transfer in transfers[:2]:
            self.ship(transfer)
        question = self.ask(transfers, "confirm_arrival", self.shop_staff)
        self.assertEqual(question.headline, "Confirm the arrival of 2 of 3")
        question.action_do()
        self.assertLedger(transfers)
        self.assertEqual(transfers.mapped("state"), ["arrived", "arrived", "approved"])
        self.assertEqual(transfers[:2].arrival_user_id, self.shop_staff)

    def test_one_that_fails_on_the_way_leaves_the_others(self):
        transfers = self.make_many((1, 2, 3, 4, 5))
        to_south = self.make_transfer(destination_store_id=self.shop_south.id)
        self.submit(to_south)
        question = self.ask(transfers + to_south, "approve", self.head_office)
        self.shop_south.is_store = False
        action = question.action_do()
        self.assertLedger(transfers + to_south)
        self.assertEqual(set(transfers.mapped("state")), {"approved"})
        self.assertEqual(to_south.state, "waiting")
        self.assertEqual(action["res_id"], question.id)
        self.assertEqual(question.headline, "Approved: 5 of 6")
        self.assertIn("Shop South is not a store any more", question.left_summary)

    def test_what_was_not_announced_is_not_done(self):
        transfers = self.make_approved((100, 10))
        question = self.ask(transfers, "ship", self.ec_staff)
        self.assertEqual(question.headline, "Ship 1 of 2")
        self._add_stock(self.ec, self.tea, 50)
        question.action_do()
        self.assertEqual(transfers.mapped("state"), ["in_transit", "approved"])

    def test_what_changed_meanwhile_is_said(self):
        transfers = self.make_many((1, 2))
        question = self.ask(transfers, "approve", self.shop_approver)
        self.reject(transfers[1])
        question.action_do()
        self.assertEqual(transfers.mapped("state"), ["approved", "rejected"])
        self.assertEqual(question.headline, "Approved: 1 of 2")
        self.assertIn("is Rejected", question.left_summary)

    def test_it_is_done_once(self):
        transfers = self.make_approved((1, 2))
        question = self.ask(transfers, "ship", self.ec_staff)
        question.action_do()
        with self.assertRefused("was done already"):
            question.action_do()
        self.assertEqual(transfers.mapped("shipped_quantity"), [1, 2])

    def test_what_is_left_is_shown_in_a_list(self):
        transfers = self.make_approved((10, 100))
        question = self.ask(transfers, "ship", self.ec_staff)
        action = question.action_show_left()
        self.assertEqual(
            self.env["store.transfer"].search(action["domain"]), transfers[1]
        )

    def test_over_rpc(self):
        transfers = self.make_many((60, 60))
        result = transfers.with_user(self.shop_approver).approve_many()
        self.assertEqual(result["done"], transfers[0].ids)
        (left,) = result["left"]
        self.assertEqual((left["id"], left["reason"]), (transfers[1].id, "short"))
        self.approve(transfers[1])
        result = transfers.with_user(self.ec_staff).ship_many()
        self.assertEqual(result["done"], transfers[0].ids)
        result = transfers.with_user(self.ec_staff).ship_many(partly=True)
        self.assertEqual(result["done"], transfers[1].ids)
        self.assertEqual(result["left"][0]["reason"], "nothing")
        result = transfers.with_user(self.shop_staff).confirm_arrival_many()
        self.assertEqual(result, {"done": transfers.ids, "left": []})
        self.assertLedger(transfers)

    def test_of_other_stores_nothing_is_told(self):
        transfers = self.make_many((1, 2))
        for method in ("approve_many", "ship_many", "action_open_many_ship"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(transfers.with_user(self.south_staff), method)()

    def test_the_question_is_not_forged(self):
        transfers = self.make_many((1,))
        questions = self.env["store.transfer.many"].with_user(self.ec_staff)
        values = {
            "step": "ship",
            "row_ids": [
                Command.create({"transfer_id": transfers.id, "outcome": "ready"})
            ],
        }
        with self.assertRaises(AccessError):
            questions.create(values)
        question = self.ask(transfers, "ship", self.ec_staff)
        for change in (
            {"step": "approve"},
            {"is_done": True},
            {"row_ids": [Command.update(question.row_ids.id, {"outcome": "ready"})]},
        ):
            with self.subTest(change), self.assertRaises(AccessError):
                question.write(change)
        with self.assertRaises(AccessError):
            question.row_ids.outcome = "ready"
        with self.assertRaises(AccessError):
            question.with_user(self.ec_approver).action_do()
