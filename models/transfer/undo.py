from odoo import models
from odoo.tools import format_date

from ...tools.lot_quantities import LotQuantities
from ...tools.marks import DONE_AT_ONCE


class StoreTransfer(models.Model):
    """What undoing a shipment and undoing a count have in common."""

    _inherit = "store.transfer"

    def _get_reason_too_late(self, moment):
        """Return why what was done then can't be undone any more, or None."""
        # In sudo: which store decides may be out of reach.
        store = (self.destination_store_id or self.source_store_id).sudo()
        decides, days = store._get_undo_days()
        day = store._get_today(moment)
        if (store._get_today() - day).days <= days:
            return None
        return self.env._(
            "%(transfer)s: that was done on %(date)s, too long ago to undo it: for "
            "%(decides)s, Days to Undo is %(days)s. Make a transfer back instead.",
            transfer=self.name,
            date=format_date(self.env, day),
            days=days,
            decides=decides.name,
        )

    def _undo_moves(self, flow, undone, rows, after=()):
        """Move goods back, by moves of their own that are done at once.

        :param flow: what these moves do
        :param undone: the moves that they undo
        :param rows: list of ``(move line that is undone, values of the line for it)``
        :param after: the flows whose goods these moves take on
        :return: ``{line: quantity in the product's unit}``
        """
        work = self.with_context(**DONE_AT_ONCE.context)
        goods = LotQuantities(
            (line._get_lot_key(), values["quantity"]) for line, values in rows
        ).by_line()
        # In the order of the lines, which are read all at once.
        quantities = {line: goods[line] for line in work.line_ids if line in goods}
        moves = work._create_moves(flow, quantities, after=after)
        undone_by_line = undone.grouped("transfer_line_id")
        for move in moves:
            move.origin_returned_move_id = undone_by_line[move.transfer_line_id][:1]
        work._confirm_moves(moves)
        moves._bring_back(rows)
        moves.picked = True
        self._validate_moves(moves.with_env(self.env))
        return quantities

    def _ask_again(self, flow, quantities):
        """Ask for goods once more, beside what the leg still asks for.

        :param quantities: ``{line: quantity in the product's unit}``
        """
        open_moves = self._get_open_moves(flow)
        by_line = open_moves.grouped("transfer_line_id")
        missing = {}
        for line, quantity in quantities.items():
            if moves := by_line.get(line):
                moves[0].product_uom_qty += quantity
            else:
                missing[line] = quantity
        next_moves = self._get_open_moves("receive") if flow == "ship" else None
        moves = self._create_moves(flow, missing, next_moves, joining=True)
        self._confirm_moves(moves)
        self._reserve(open_moves | moves)
        if next_moves:
            # They wait again for what was there already.
            next_moves._recompute_state()
