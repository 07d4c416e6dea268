from odoo import models

from ...tools.validated import Validated


class StoreTransfer(models.Model):
    """The papers that a step prints by itself, where the store wants that."""

    _inherit = "store.transfer"

    def _get_paper_reports(self, work):
        """Return the actions that print the papers of a step.

        :param work: the transfers as the step has worked on them
        """
        shipped = self._filter_shipped_by(work)
        packed = shipped.filtered("has_cartons")
        arrived = self & self.browse(Validated.get(work.env).arrived_ids)
        return [
            *shipped._print_by_policy("transfer_slip", "source_store_id", "shipping"),
            *packed._print_by_policy("packing_list", "source_store_id", "shipping"),
            *arrived._print_by_policy("count_sheet", "destination_store_id", "arrival"),
        ]

    def _filter_shipped_by(self, work):
        """Return those that the step shipped; a surplus that came is no shipment."""
        pickings = work.env["stock.picking"].browse(Validated.get(work.env).picking_ids)
        flows = {
            (move.transfer_line_id.transfer_id.id, move.transfer_flow)
            for move in pickings.move_ids
        }
        return self.filtered(
            lambda transfer: (
                (transfer.id, "ship") in flows and (transfer.id, "receive") not in flows
            )
        )

    def _print_by_policy(self, paper, side, moment):
        """Return the action that prints a paper of those whose store wants it printed.

        :param side: the name of the field with the store
        :param moment: when: ``"shipping"`` or ``"arrival"``
        """
        policy = f"transfer_print_on_{moment}"
        # In sudo: how the other store is set up may be out of reach.
        wanted = self.filtered(
            lambda transfer: (
                transfer.sudo()[side][policy] and not transfer._get_print_refusal(paper)
            )
        )
        if not wanted:
            return []
        return [wanted._get_paper_action(paper)]
