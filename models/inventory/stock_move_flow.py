from odoo import fields, models

from ...tools.flows import OUTCOME_FLOWS, RETURN_FLOWS, UNDO_FLOWS


class StockMove(models.Model):
    """What a move does for its transfer."""

    _inherit = "stock.move"

    transfer_outcome = fields.Selection(
        [("damaged", "Damaged"), ("lost", "Lost"), ("not_sent", "Not sent")],
        readonly=True,
        copy=False,
        help="What became of goods of a transfer that did not simply arrive.",
    )

    def _get_transfer_flow(self):
        """Tell what this move does for its transfer.

        :return: ``"ship"`` (leaves the source), ``"receive"`` (enters the
            destination), ``"send_back"`` (leaves the destination), ``"take_back"``
            (enters the source again), ``"damaged"`` (came damaged, or was scrapped on
            the way), ``"lost"`` (inventory loss on the way), ``"not_sent"`` (never
            had left the source), or ``"undo_…"`` one of the last five (a return of it)
        """
        self.ensure_one()
        if self.transfer_outcome:
            return self.transfer_outcome
        if flow := self.origin_returned_move_id._get_flow_of_return():
            return flow
        if self.location_dest_usage == "inventory":
            return "damaged" if self.scrap_id else "lost"
        source = self._get_transfers().source_store_id
        if left := self.location_id.warehouse_id:
            return "ship" if left == source else "send_back"
        entered = self.location_dest_id.warehouse_id
        return "take_back" if entered == source else "receive"

    def _get_flow_of_return(self):
        """Return what a return of this move does, where its locations don't say it.

        :return: ``"undo_…"``, or what this move has undone; else None
        """
        flow = self._get_transfer_flow() if self else ""
        if flow in (*OUTCOME_FLOWS, *RETURN_FLOWS):
            return f"undo_{flow}"
        return flow.removeprefix("undo_") if flow.startswith("undo_") else None

    def _get_outcome_of_case(self):
        """Return what became of what these moves of a line took out of transit."""
        outcomes = {
            "receive": "arrived",
            "undo_send_back": "arrived",
            "take_back": "returned",
            **{flow: flow for flow in OUTCOME_FLOWS},
            # That it was undone, was undone.
            **{flow: flow.removeprefix("undo_") for flow in UNDO_FLOWS},
        }
        flows = [move._get_transfer_flow() for move in self if move.state == "done"]
        return next((outcomes[flow] for flow in flows if flow in outcomes), "closed")

    def _get_transfer_done_quantity(self):
        """Return what was done, in the product's unit."""
        self.ensure_one()
        return self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )
