from collections import Counter

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..tools.flows import FLOWS
from .common_discrepancies import SettledCase

# What a step has undone is done anew by a step, and by no return.
STEPS_ONLY = {"unship", "uncount", "uncount_damaged"}


class FlowsCase(SettledCase):
    def get_moves(self, transfer, flow):
        moves = transfer.sudo().line_ids.move_ids
        return moves.filtered(
            lambda move: move.state != "cancel" and move.transfer_flow == flow
        )

    def assertFlows(self, transfer, **expected):
        """Check how much each flow has moved, and still has to.

        :param expected: quantities by flow; what is not named moves nothing
        """
        found = Counter()
        for move in transfer.sudo().line_ids.move_ids:
            if move.state == "done":
                found[move.transfer_flow] += move.quantity
            elif move.state != "cancel":
                found[move.transfer_flow] += move.product_qty
        self.assertEqual({flow: left for flow, left in found.items() if left}, expected)

    def return_moves(self, moves, quantity):
        """Return some of what was moved, in the Inventory app; it is done."""
        back = self.return_picking(moves.picking_id, quantity)
        self.validate_picking(back)
        return back.sudo().move_ids

    def count_with_damaged(self, transfer, good, damaged):
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        line = count.with_user(self.shop_staff).line_ids
        line.write({"counted_quantity": good, "damaged_quantity": damaged})
        count.with_user(self.shop_staff).action_submit()
        self.assertLedger(transfer)


@tagged("post_install", "-at_install")
class TestFlows(FlowsCase):
    """What a move does for its transfer is written on it, however it is made."""

    def test_every_flow_can_be_undone(self):
        for name, flow in FLOWS.items():
            with self.subTest(name):
                if name in STEPS_ONLY:
                    self.assertFalse(flow.undone_by)
                    continue
                self.assertIn(flow.undone_by, FLOWS)
                back = FLOWS[flow.undone_by]
                self.assertNotEqual(back.into_transit, flow.into_transit)

    def test_approved(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.assertFlows(transfer, ship=10, receive=10)

    def test_third_parties(self):
        receipt = self.make_transfer(kind="receipt", destination_store_id=self.ec.id)
        self.submit(receipt)
        dispatch = self.make_transfer(kind="dispatch", source_store_id=self.ec.id)
        self.submit(dispatch)
        self.assertFlows(receipt, receive=10)
        self.assertFlows(dispatch, ship=10)
        self.validate_picking(self.get_pickings(receipt, "incoming"))
        self.validate_picking(self.get_pickings(dispatch, "outgoing"))
        self.return_moves(self.get_moves(receipt, "receive"), 2)
        self.return_moves(self.get_moves(dispatch, "ship"), 3)
        self.assertFlows(receipt, receive=10, send_back=2)
        self.assertFlows(dispatch, ship=10, undo_ship=3)

    def test_shipped_and_received_in_parts(self):
        """Backorders are split from moves, and do what these do."""
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 6})
        self.count(transfer, {self.tea: 4})
        self.assertEqual(len(self.get_moves(transfer, "ship")), 2)
        self.assertEqual(len(self.get_moves(transfer, "receive")), 2)
        self.assertFlows(transfer, ship=10, receive=10)

    def test_validated_in_parts_in_the_inventory_app(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        self.validate_picking(self.get_pickings(transfer, "outgoing"), {self.tea: 6})
        self.validate_picking(self.get_pickings(transfer, "incoming"), {self.tea: 4})
        self.assertLedger(transfer)
        self.assertEqual(len(self.get_moves(transfer, "ship")), 2)
        self.assertFlows(transfer, ship=10, receive=10)

    def test_merged(self):
        """Only moves of one line that do the same are merged."""
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        ship = self.get_moves(transfer, "ship")
        split = ship.create(ship._split(4))
        split._action_confirm(merge=False)
        self.assertEqual(split.transfer_flow, "ship")
        split.transfer_flow = "undo_not_sent"
        (ship | split)._merge_moves()
        self.assertEqual(self.get_moves(transfer, "ship"), ship)
        self.assertEqual(ship.product_qty, 6)
        split.transfer_flow = "ship"
        (ship | split)._merge_moves()
        self.assertEqual(self.get_moves(transfer, "ship").product_qty, 10)

    def test_copied(self):
        transfer = self.make_shipped_transfer()
        picking = self.get_pickings(transfer, "incoming").copy()
        self.assertFalse(picking.sudo().move_ids.transfer_line_id)
        self.assertEqual(picking.sudo().move_ids.mapped("transfer_flow"), [False])

    def test_returned_before_it_arrives_and_sent_again(self):
        transfer = self.make_shipped_transfer()
        back = self.return_moves(self.get_moves(transfer, "ship"), 4)
        self.assertFlows(transfer, ship=10, undo_ship=4, receive=6)
        again = self.return_moves(back, 3)
        self.assertFlows(transfer, ship=10, undo_ship=4, undo_take_back=3, receive=9)
        self.return_moves(again, 2)
        self.assertFlows(transfer, ship=10, undo_ship=6, undo_take_back=3, receive=7)
        self.assertLedger(transfer)

    def test_sent_back_and_sent_again(self):
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        back = self.return_moves(self.get_moves(transfer, "receive"), 5)
        self.assertFlows(transfer, ship=10, receive=10, send_back=5, take_back=5)
        again = self.return_moves(back, 1)
        self.assertFlows(
            transfer, ship=10, receive=10, send_back=5, undo_send_back=1, take_back=4
        )
        self.return_moves(again, 1)
        transfer.with_user(self.ec_staff).action_take_back()
        taken = self.get_moves(transfer, "take_back").sorted("product_qty")
        self.return_moves(taken[-1], 2)
        self.assertFlows(
            transfer,
            ship=10,
            receive=12,
            send_back=6,
            undo_send_back=1,
            take_back=5,
            undo_take_back=2,
        )
        self.assertLedger(transfer)

    def test_exchanged(self):
        """What is brought instead of what went back does the same once more."""
        transfer = self.make_transfer(kind="receipt", destination_store_id=self.ec.id)
        self.submit(transfer)
        picking = self.get_pickings(transfer, "incoming")
        self.validate_picking(picking)
        wizard = (
            self.env["stock.return.picking"]
            .with_user(self.inventory_user)
            .create({"picking_id": picking.id})
        )
        wizard.product_return_moves.quantity = 2
        wizard.action_create_exchanges()
        self.assertFlows(transfer, receive=12, send_back=2)

    def test_returned_over_rpc(self):
        """Lines that the wizard would not offer are of the transfer all the same."""
        transfer, _discrepancy = self.make_settled("lost")
        lost = self.get_moves(transfer, "lost")
        wizard = (
            self.env["stock.return.picking"]
            .with_user(self.inventory_user)
            .create({"picking_id": lost.picking_id.id})
        )
        self.assertFalse(wizard.product_return_moves)
        wizard.product_return_moves = [
            Command.create(
                {"product_id": self.tea.id, "quantity": 1, "move_id": lost.id}
            )
        ]
        wizard.action_create_returns()
        self.assertFlows(transfer, ship=10, receive=7, lost=3, undo_lost=1)

    def test_another_product_in_a_return(self):
        transfer = self.make_shipped_transfer()
        shipped = self.get_moves(transfer, "ship")
        wizard = (
            self.env["stock.return.picking"]
            .with_user(self.inventory_user)
            .create({"picking_id": shipped.picking_id.id})
        )
        wizard.product_return_moves.write({"product_id": self.mug.id, "quantity": 1})
        action = wizard.action_create_returns()
        moves = self.env["stock.picking"].browse(action["res_id"]).sudo().move_ids
        self.assertFalse(moves.transfer_line_id)
        self.assertEqual(moves.mapped("transfer_flow"), [False])

    def test_damaged_and_returned(self):
        self.shop.transfer_damage_location_id = self._create_location(
            "Damaged", self.shop.view_location_id
        )
        transfer = self.make_shipped_transfer()
        self.count_with_damaged(transfer, 7, 3)
        self.assertFlows(transfer, ship=10, receive=7, damaged=3)
        self.return_moves(self.get_moves(transfer, "damaged"), 2)
        self.assertFlows(transfer, ship=10, receive=9, damaged=3, undo_damaged=2)
        self.assertLedger(transfer)

    def test_a_third_party_brings_damaged_goods(self):
        transfer = self.make_transfer(kind="receipt", destination_store_id=self.ec.id)
        self.submit(transfer)
        action = transfer.with_user(self.ec_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        line = count.with_user(self.ec_staff).line_ids
        line.write({"counted_quantity": 7, "damaged_quantity": 3})
        count.with_user(self.ec_staff).action_submit()
        self.assertFlows(transfer, receive=7, damaged=3)

    def test_scrapped_on_its_way(self):
        transfer = self.make_shipped_transfer()
        self.scrap_on_the_way(transfer)
        self.assertFlows(transfer, ship=10, receive=7, scrapped=3)
        self.assertEqual(transfer.line_ids.damaged_quantity, 3)

    def test_scrapped_into_the_stock_of_a_store(self):
        """That is no scrap: such goods are received, or nothing."""
        transfer = self.make_shipped_transfer()
        scrap = (
            self.env["stock.scrap"]
            .with_user(self.inventory_user)
            .create(
                {
                    "product_id": self.tea.id,
                    "scrap_qty": 1,
                    "picking_id": self.get_moves(transfer, "ship").picking_id.id,
                    "location_id": self.transit.id,
                    "scrap_location_id": self.shop.lot_stock_id.id,
                    "company_id": self.company.id,
                }
            )
        )
        with self.assertRefused("on their way for a store transfer"):
            scrap.do_scrap()
        self.assertFlows(transfer, ship=10, receive=10)

    def test_scrapped_in_a_store(self):
        """That is no matter of the transfer any more."""
        transfer = self.make_shipped_transfer()
        self.receive_all(transfer)
        scrap = (
            self.env["stock.scrap"]
            .with_user(self.inventory_user)
            .create(
                {
                    "product_id": self.tea.id,
                    "scrap_qty": 1,
                    "picking_id": self.get_moves(transfer, "receive").picking_id.id,
                    "location_id": self.shop.lot_stock_id.id,
                    "company_id": self.company.id,
                }
            )
        )
        # A caller's defaults are no way to make it one.
        scrap.with_context(
            default_transfer_flow="scrapped",
            default_transfer_line_id=transfer.line_ids.id,
        ).do_scrap()
        self.assertEqual(scrap.move_ids.mapped("transfer_flow"), [False])
        self.assertFlows(transfer, ship=10, receive=10)

    def test_settled_and_decided_otherwise(self):
        flows = {
            "damaged": ("scrapped", "undo_scrapped"),
            "lost": ("lost", "undo_lost"),
            "not_sent": ("not_sent", "undo_not_sent"),
        }
        for outcome, (flow, undoing) in flows.items():
            with self.subTest(outcome):
                transfer, discrepancy = self.make_disputed(outcome)
                self.assertFlows(transfer, ship=10, receive=7, **{flow: 3})
                self.decide_otherwise(discrepancy, "expected")
                self.assertFlows(transfer, ship=10, receive=10, **{flow: 3, undoing: 3})

    def test_settled_as_returned(self):
        transfer, _discrepancy = self.make_settled("returned")
        self.assertFlows(transfer, ship=10, receive=7, take_back=3)

    def test_a_surplus(self):
        self.company.transfer_surplus_policy = "tolerance"
        self.company.transfer_surplus_percent = 50
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 12})
        self.assertFlows(transfer, ship=12, receive=12)

    def test_in_another_unit(self):
        """Each quantity is converted and rounded as the stock has it."""
        dozen = self.env.ref("uom.product_uom_dozen")
        dozen.active = True
        box = self._create_product("Box of Tea", "TEA-BOX", uom_id=dozen.id)
        self._add_stock(self.ec, box, 10)
        transfer = self.make_shipped_transfer({box: 5})
        unit = self.env.ref("uom.product_uom_unit")
        for _time in range(2):
            self.env["stock.scrap"].with_user(self.inventory_user).create(
                {
                    "product_id": box.id,
                    "product_uom_id": unit.id,
                    "scrap_qty": 1,
                    "picking_id": self.get_moves(transfer, "ship").picking_id.id,
                    "location_id": self.transit.id,
                    "company_id": self.company.id,
                }
            ).do_scrap()
            self.assertLedger(transfer)
        # A piece is 0.08 of a box.
        self.assertEqual(transfer.line_ids.damaged_quantity, 0.16)
        self.assertEqual(transfer.line_ids.in_transit_quantity, 4.84)

    def test_a_ledger_is_one_query(self):
        """However many lines there are, and whatever was done to them."""
        products = self._create_many_products("F", 5)
        self._add_stock(self.ec, products, 100)
        transfer = self.make_shipped_transfer(dict.fromkeys(products, 10))
        lines = transfer.sudo().line_ids
        self.env.flush_all()
        lines.product_id.uom_id.mapped("rounding")
        with self.assertQueryCount(1):
            lines._get_quantities_by_flow()

    def test_nobody_writes_it_by_hand(self):
        transfer = self.make_shipped_transfer()
        move = self.get_moves(transfer, "ship").with_user(self.inventory_user)
        with self.assertRefused("can't be changed here"):
            move.transfer_flow = "lost"
        values = {"picking_id": False, "picking_type_id": self.ec.int_type_id.id}
        other = move.copy(values)
        with self.assertRefused("by its steps only", AccessError):
            other.transfer_flow = "ship"
        with self.assertRefused("by its steps only", AccessError):
            move.copy({**values, "transfer_flow": "lost"})
        with self.assertRefused("by its steps only", AccessError):
            move.with_context(default_transfer_flow="ship").copy(values)


@tagged("post_install", "-at_install")
class TestOldFlows(FlowsCase):
    """Moves of the time before get the flow that was guessed at each reading."""

    def test_what_was_not_written_is_found(self):
        transfers = self.make_all_flows()
        lines = transfers.sudo().line_ids
        moves = lines.move_ids
        self.assertEqual(set(moves.mapped("transfer_flow")), set(FLOWS) - STEPS_ONLY)
        flows = moves.mapped("transfer_flow")
        to_take_back = lines.mapped("to_take_back_quantity")
        self.assertTrue(any(to_take_back))
        self.forget_flows(transfers)
        self.run_migration("19.0.1.3.0/pre-flow.py")
        self.env.invalidate_all()
        self.assertEqual(moves.mapped("transfer_flow"), flows)
        self.assertEqual(lines.mapped("to_take_back_quantity"), to_take_back)
        self.assertLedger(transfers)

    def make_all_flows(self):
        """Return transfers whose moves do all that a move can do."""
        sent_again = self.make_shipped_transfer()
        back = self.return_moves(self.get_moves(sent_again, "ship"), 4)
        self.return_moves(self.return_moves(back, 3), 2)
        sent_back = self.make_shipped_transfer()
        self.receive_all(sent_back)
        back = self.return_moves(self.get_moves(sent_back, "receive"), 5)
        self.return_moves(self.return_moves(back, 2), 1)
        damaged = self.make_shipped_transfer()
        self.count_with_damaged(damaged, 5, 2)
        self.settle(damaged, "damaged", quantity=1)
        self.settle(damaged, "lost", quantity=1)
        in_place = self.make_damaged_in_place()
        scrapped = self.make_shipped_transfer()
        self.scrap_on_the_way(scrapped)
        expected_again = self.env["store.transfer"]
        for outcome in ("damaged", "lost", "not_sent"):
            transfer, discrepancy = self.make_disputed(outcome)
            self.decide_otherwise(discrepancy, "expected")
            expected_again += transfer
        receipt = self.make_transfer(kind="receipt", destination_store_id=self.ec.id)
        self.submit(receipt)
        self.validate_picking(self.get_pickings(receipt, "incoming"))
        self.return_moves(self.get_moves(receipt, "receive"), 2)
        dispatch = self.make_transfer(kind="dispatch", source_store_id=self.ec.id)
        self.submit(dispatch)
        self.validate_picking(self.get_pickings(dispatch, "outgoing"))
        self.return_moves(self.get_moves(dispatch, "ship"), 3)
        return (
            sent_again
            | sent_back
            | damaged
            | in_place
            | scrapped
            | expected_again
            | receipt
            | dispatch
        )

    def make_damaged_in_place(self):
        """Return a transfer whose damaged goods went to a place, and came back."""
        self.shop.transfer_damage_location_id = self._create_location(
            "Damaged", self.shop.view_location_id
        )
        transfer = self.make_shipped_transfer()
        self.count_with_damaged(transfer, 7, 3)
        back = self.return_moves(self.get_moves(transfer, "damaged"), 2)
        self.return_moves(back, 1)
        self.shop.transfer_damage_location_id = False
        return transfer

    def forget_flows(self, transfers):
        """Leave on the moves what earlier versions had written on them.

        Each count was a moment of its own then; here all happens in one.
        """
        self.env.flush_all()
        self.cr.execute(
            """
            ALTER TABLE stock_move DROP CONSTRAINT stock_move_transfer_flow_is_known;
            ALTER TABLE stock_move ADD COLUMN transfer_outcome varchar;
            ALTER TABLE store_transfer_line DROP COLUMN to_take_back_quantity;
            UPDATE stock_move
               SET transfer_outcome = CASE transfer_flow WHEN 'scrapped'
                   THEN 'damaged' ELSE transfer_flow END
             WHERE transfer_flow IN ('damaged', 'scrapped', 'lost', 'not_sent')
               AND origin_returned_move_id IS NULL AND scrap_id IS NULL;
            UPDATE stock_move SET create_date = create_date - interval '1 day'
             WHERE transfer_flow = 'scrapped';
            ALTER TABLE stock_move DROP COLUMN transfer_flow;
            """
        )
