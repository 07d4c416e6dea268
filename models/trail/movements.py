from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from odoo import models

from ...tools.epcis import ERRORS, MEANINGS

# Out of transit, and into a store: cartons are opened.
OPENING = ("receive", "damaged", "take_back", "undo_ship")


class Piece(NamedTuple):
    """One kind of goods that was moved: in which carton it is afterwards, and out of
    which it was taken, if there are any.
    """

    product: models.Model
    lot: models.Model
    package: models.Model
    opened: models.Model

    @property
    def ids(self):
        return tuple(record.id or 0 for record in self)


@dataclass
class Movement:
    """What one picking did for a transfer, of one flow, and what was taken back of it.

    ``goods`` is ``{Piece: quantity in the product's unit}``; ``undone`` the same by
    ``(product, lot)``, since cartons are opened when goods are taken back.
    """

    flow: str
    moves: models.Model
    goods: dict
    undone: dict = field(default_factory=lambda: defaultdict(float))
    undone_date: object = None

    @property
    def date(self):
        return max(self.moves.mapped("date"))

    def get_left(self):
        """Return ``{Piece: quantity}``: what was not taken back."""
        left, undone = {}, dict(self.undone)
        for piece, quantity in self.goods.items():
            key = piece.product, piece.lot
            taken = min(quantity, undone.get(key, 0.0))
            if taken:
                undone[key] -= taken
            unit = piece.product.uom_id
            if unit.compare(quantity, taken) > 0:
                left[piece] = unit.round(quantity - taken)
        return left


class StoreTransfer(models.Model):
    """What was moved for a transfer, read off its moves."""

    _inherit = "store.transfer"

    def _get_movements(self):
        """Return each :class:`Movement` of this transfer, from the first to the last.

        The caller has checked that the user may know it, and asks in sudo.
        """
        self.ensure_one()
        done = self.line_ids.move_ids.filtered(lambda move: move.state == "done")
        by_move, movements = {}, []
        for moves in done.grouped(lambda move: move._get_movement_key()).values():
            flow = moves[0].transfer_flow
            if flow in MEANINGS:
                movement = Movement(flow, moves, moves._get_pieces())
                by_move.update(dict.fromkeys(moves, movement))
                movements.append(movement)
        for move in done.filtered(lambda move: move.transfer_flow in ERRORS):
            if undone := by_move.get(move.origin_returned_move_id):
                move._take_off_movement(undone)
        return sorted(movements, key=lambda one: (one.date, one.moves.ids))


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_movement_key(self):
        """Return by what moves belong together; a scrap without a picking is alone."""
        return self.transfer_flow, self.picking_id.id or f"move {self.id}"

    def _get_pieces(self):
        """Return ``{Piece: quantity in the product's unit}`` of what was moved."""
        pieces = defaultdict(float)
        for line in self.move_line_ids:
            package, opened = line.result_package_id, line.package_id
            if package == opened or line.move_id.transfer_flow not in OPENING:
                opened = opened.browse()
            piece = Piece(line.product_id, line.lot_id, package, opened)
            pieces[piece] += line.quantity_product_uom
        return {piece: quantity for piece, quantity in pieces.items() if quantity}

    def _take_off_movement(self, movement):
        """Write down what this move says of an earlier one: that it was not so."""
        for line in self.move_line_ids:
            movement.undone[line.product_id, line.lot_id] += line.quantity_product_uom
        last = movement.undone_date
        movement.undone_date = max(last, self.date) if last else self.date
