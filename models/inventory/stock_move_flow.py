from odoo import fields, models

from ...tools.flows import FLOWS


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

    _transfer_flow_is_known = models.Constraint(
        "CHECK (transfer_line_id IS NULL OR transfer_flow IS NOT NULL)",
        "A move of a store transfer says what it does for it.",
    )

    def _get_outcome_of_discrepancy(self):
        """Return what became of what these moves of a line took out of transit."""
        done = self.filtered(lambda move: move.state == "done")
        outcomes = [FLOWS[flow].outcome for flow in done.mapped("transfer_flow")]
        return next(filter(None, outcomes), "closed")

    def _get_transfer_done_quantity(self):
        """Return what was done, in the product's unit."""
        self.ensure_one()
        return self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )
