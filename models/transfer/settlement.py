from copy import copy

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.flows import FLOWS, INTO_TRANSIT, SETTLING_FLOWS
from ...tools.marks import DONE_AT_ONCE
from ...tools.quantities import format_quantity


class StoreTransfer(models.Model):
    """What becomes of goods that did not simply arrive."""

    _inherit = "store.transfer"

    number_of_discrepancies = fields.Integer(compute="_compute_number_of_discrepancies")

    def _take_out_of_transit(self, flow, goods, cartons=()):
        """Create reserved moves that take exactly these goods out of transit.

        The destination stops expecting them.

        :param goods: ``LotQuantities``
        :param cartons: those that they are taken out of first
        :raise UserError: when they are not on their way (any more)
        """
        work = self.with_context(**DONE_AT_ONCE.context)
        expected = work._reserve_open_moves("receive")
        left = copy(goods)
        taken = expected.move_line_ids._sort_by_carton(cartons)._take_from(left)
        self._check_all_was_expected(left)
        released = expected._release_transfer_quantities(taken)
        moves = work._create_moves(flow, goods.by_line(), after=INTO_TRANSIT)
        work._confirm_moves(moves)
        moves._set_move_lines(released)
        return moves.with_env(self.env)

    def _do_settle(self, outcome, goods):
        """Move what was sent and will not arrive to where it is.

        :param outcome: ``"not_sent"``, ``"returned"``, ``"lost"`` or ``"damaged"``
        :param goods: ``LotQuantities``
        :raise UserError: when the goods are not on their way (any more)
        """
        self.ensure_one()
        with self._stock_work() as transfer:
            if self.kind == "receipt":
                transfer._stop_expecting(goods)
            elif outcome == "returned":
                for line, quantity in goods.by_line().items():
                    line.to_return_quantity += quantity
                # On a picking of its own, which the source receives.
                transfer._take_out_of_transit("take_back", goods)
            else:
                flow = SETTLING_FLOWS[outcome]
                moves = transfer._take_out_of_transit(flow, goods)
                moves.picked = True
                transfer._validate_moves(moves)

    def _do_undo(self, outcome, goods):
        """Bring goods on their way again that were settled before.

        :param outcome: what they were settled as, see :meth:`_do_settle`
        :param goods: ``LotQuantities``
        :raise UserError: when they are not there any more
        """
        self.ensure_one()
        with self._stock_work() as transfer:
            if outcome == "returned":
                transfer._stop_returning(goods)
            else:
                transfer._return_to_transit(outcome, goods)
            # Whatever they are settled as next, is taken from what is expected.
            transfer._expect_goods()

    def _stop_returning(self, goods):
        """Let the destination expect again what the source has not yet taken back."""
        moves = self._reserve_open_moves("take_back")
        left = copy(goods)
        freed = moves.move_line_ids._take_from(left)
        if left:
            self._refuse_taken_back(left)
        for line, quantity in goods.by_line().items():
            line.to_return_quantity -= quantity
        moves._release_transfer_quantities(freed)

    def _refuse_taken_back(self, goods):
        line, quantity = next(iter(goods.by_line().items()))
        raise UserError(
            self.env._(
                "%(product)s: %(store)s has received %(quantity)s of it already. What "
                "was taken back is not on its way any more: send it with a new "
                "transfer.",
                product=line.product_id.display_name,
                store=self.source_store_id.name,
                quantity=format_quantity(self.env, quantity, line.stock_uom_id),
            )
        )

    def _return_to_transit(self, outcome, goods):
        """Take goods out of where they were booked to, into transit."""
        work = self.with_context(**DONE_AT_ONCE.context)
        settling = work.line_ids._get_moves_settling_as(outcome)
        settling._check_can_undo(goods, outcome)
        chosen = settling._choose_booked_goods(goods)
        flow = FLOWS[SETTLING_FLOWS[outcome]].undone_by
        moves = work._create_moves(flow, goods.by_line())
        settled_by_line = settling.grouped("transfer_line_id")
        for move in moves:
            move.origin_returned_move_id = settled_by_line[move.transfer_line_id][:1]
        work._confirm_moves(moves)
        moves._take_goods(chosen)
        moves.picked = True
        self._validate_moves(moves.with_env(self.env))

    def _stop_expecting(self, goods):
        """Close what a third party will not bring."""
        closed = goods.by_line()
        self._get_open_moves("receive")._reduce_transfer_demand(closed)
        for line, quantity in closed.items():
            line._close_unshipped(quantity)

    @api.depends("discrepancy_ids")
    @api.depends_context("uid")
    def _compute_number_of_discrepancies(self):
        for transfer in self:
            transfer.number_of_discrepancies = len(transfer.discrepancy_ids)

    def _get_open_shorts(self):
        """Return the discrepancies of goods that are missing."""
        return self.discrepancy_ids._filter_open_shorts()

    def _get_shorts_to_settle(self):
        """Return those that the user may settle: what is disputed, head office may."""
        return self._get_open_shorts().filtered(
            lambda discrepancy: not discrepancy._get_refusal("settle")
        )

    def _add_unexpected_line(self, product, quantity):
        """Return the line of a product that came and was not on this transfer."""
        self.ensure_one()
        line = self.line_ids.filtered(lambda line: line.product_id == product)[:1]
        return line or self.env["store.transfer.line"].create(
            {
                "transfer_id": self.id,
                "product_id": product.id,
                "quantity": 0,
                "surplus_quantity": quantity,
                # Until it is brought on its way, see _raise_by_surplus.
                "closed_quantity": quantity,
            }
        )

    def action_open_settle(self):
        """Open the question what became of the goods that are short."""
        self.ensure_one()
        self._check_step("settle")
        return self._open_saved(
            self._get_wizard_action("store.transfer.settle", self.env._("Settle"))
        )

    def action_view_discrepancies(self):
        """Show the differences of this transfer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "store_transfer.action_store_transfer_discrepancy"
        )
        domain = [("transfer_id", "=", self.id)]
        return {**action, "domain": domain, "context": {"create": False}}
