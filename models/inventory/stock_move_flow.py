from collections import defaultdict

from odoo import fields, models

from ...tools.flows import FLOWS
from ...tools.lot_quantities import LotQuantities


class StockMove(models.Model):
    """What a move does for its transfer: written on it when it is made."""

    _inherit = "stock.move"

    transfer_flow = fields.Selection(
        [(name, flow.label) for name, flow in FLOWS.items()],
        string="Store Transfer Flow",
        readonly=True,
        copy=False,
        help="What this move does for its store transfer.",
    )

    # Counts that were undone are few, and reports ask for all of them.
    _uncounted_index = models.Index(
        "(transfer_line_id) WHERE transfer_flow IN ('uncount', 'uncount_damaged')"
    )
    _transfer_flow_is_known = models.Constraint(
        "CHECK (transfer_line_id IS NULL OR transfer_flow IS NOT NULL)",
        "A move of a store transfer says what it does for it.",
    )

    def _get_goods_by_outcome(self):
        """Return how these moves of a line took goods out of transit, in their order.

        :return: list of ``(outcome of a discrepancy, LotQuantities)``; closed, where
            none of them did
        """
        by_outcome = defaultdict(LotQuantities)
        for move in self.filtered(lambda move: move.state == "done"):
            flow = FLOWS[move.transfer_flow]
            if flow.outcome:
                sign = -1 if flow.into_transit else 1
                goods = by_outcome[flow.outcome]
                for key, quantity in move.move_line_ids._get_goods().items():
                    goods.add(key, sign * quantity)
        return list(by_outcome.items()) or [("closed", LotQuantities())]

    def _get_transfer_done_quantity(self):
        """Return what was done, in the product's unit."""
        self.ensure_one()
        return self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )
