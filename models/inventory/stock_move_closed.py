from collections import defaultdict

from odoo import models

from ...tools.flows import ASKED_AGAIN, FIRST_FLOWS
from ...tools.marks import CLOSES_NOTHING

ENDED = ("done", "cancel")


class StockMove(models.Model):
    """What a move closes of its transfer's line: what was approved and never leaves.

    It is written down when it happens: a move of the first leg was cancelled, or done
    with less than it asked for; goods were booked back as not sent. So the ledger can
    be compared with what was asked for.
    """

    _inherit = "stock.move"

    def _action_cancel(self):
        first_leg = self._get_first_leg_to_do()
        result = super()._action_cancel()
        if not CLOSES_NOTHING.is_on(self.env):
            closed = first_leg.filtered(lambda move: move.state == "cancel")
            closed._add_to_closed(closed._get_demand_by_line())
        return result

    def _is_first_leg(self):
        """Tell whether this brings the goods on their way, or in from a third party."""
        self.ensure_one()
        # What is brought once more after a return, was approved with the first.
        if not self.transfer_line_id or self.origin_returned_move_id:
            return False
        return self.transfer_flow in FIRST_FLOWS[self._get_transfers().kind]

    def _get_first_leg_to_do(self):
        return self.filtered(
            lambda move: move.state not in ("draft", *ENDED) and move._is_first_leg()
        )

    def _get_demand_by_line(self):
        """Return ``{transfer line: quantity in the product's unit}``."""
        demand = defaultdict(float)
        for move in self:
            demand[move.transfer_line_id] += move.product_qty
        return demand

    def _get_closed_by_line(self):
        """Return what these moves close by having been done.

        :return: ``{transfer line: quantity in the product's unit}``, below zero where
            more was done than had been asked for
        """
        closed = defaultdict(float)
        for move in self.filtered("transfer_line_id"):
            if move.state == "done":
                closed[move.transfer_line_id] += move._get_closed_quantity()
        return closed

    def _get_closed_quantity(self):
        done = self._get_transfer_done_quantity()
        if self._is_first_leg():
            return self.product_qty - done
        # For what it brings back, the first leg asks once more.
        if self.transfer_flow in ASKED_AGAIN[self._get_transfers().kind]:
            return done - self.product_qty
        return {"not_sent": done, "undo_not_sent": -done}.get(self.transfer_flow, 0.0)

    def _add_to_closed(self, by_line):
        """Write down what is closed now.

        :param by_line: ``{transfer line: quantity in the product's unit}``
        """
        for line, quantity in by_line.items():
            if not line.product_id.uom_id.is_zero(quantity):
                # Inventory users need not know store transfers to cancel a picking.
                line.sudo()._close_unshipped(quantity)
