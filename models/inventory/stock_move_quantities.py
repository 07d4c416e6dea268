from collections import defaultdict
from copy import copy

from odoo import models

from ...tools.marks import CLOSES_NOTHING


class StockMove(models.Model):
    """How much the moves of a transfer do, and ask for."""

    _inherit = "stock.move"

    def _set_transfer_quantities(self, quantities):
        """Mark what is done of these moves; the others are left for a backorder.

        :param quantities: ``{move line: quantity in the product's unit}``, not above
            what it has reserved
        """
        self.move_line_ids._unpack_split_packages(quantities)
        done_ids = []
        unlink_ids = []
        ids_by_quantity = defaultdict(list)
        for move in self:
            lines = move.move_line_ids
            if not any(quantities[line] for line in lines):
                continue
            done_ids.append(move.id)
            unit = move.product_id.uom_id
            for line in lines:
                quantity = quantities[line]
                if not quantity:
                    unlink_ids.append(line.id)
                elif unit.compare(quantity, line.quantity_product_uom) < 0:
                    in_line_unit = unit._compute_quantity(quantity, line.product_uom_id)
                    ids_by_quantity[in_line_unit].append(line.id)
        move_lines = self._with_snapshot().env["stock.move.line"]
        for quantity, line_ids in ids_by_quantity.items():
            move_lines.browse(line_ids).quantity = quantity
        move_lines.browse(unlink_ids).unlink()
        done_moves = self.browse(done_ids)
        done_moves.picked = True
        (self - done_moves).filtered("picked").picked = False

    def _set_new_lots(self, goods):
        """Receive lots that a third party brings; unknown names become new lots.

        :param goods: ``LotQuantities``; what is taken is subtracted
        :return: those of these moves that bring such lots
        """
        brought = self.filtered(lambda move: move._brings_new_lots())
        taken = {
            move: goods.take_of_line(move.transfer_line_id, move.product_qty)
            for move in brought
        }
        done = brought.filtered(lambda move: taken[move])
        done.move_line_ids.unlink()
        self.env["stock.move.line"].create(
            [
                {
                    **move._prepare_move_line_vals(quantity=quantity),
                    "lot_id": key.lot.id,
                    "lot_name": key.lot_name,
                }
                for move in done
                for key, quantity in taken[move].items()
            ]
        )
        brought.move_line_ids._apply_putaway_strategy()
        done.picked = True
        (brought - done).picked = False
        return brought

    def _brings_new_lots(self):
        """Tell whether these are lots that a third party brings."""
        return self.has_tracking != "none" and self._get_transfers().kind == "receipt"

    def _release_transfer_quantities(self, quantities):
        """Ask for less, and free exactly the goods that are named.

        :param quantities: ``{move line: quantity in the product's unit}``
        :return: what to put on the move lines that take these goods instead, as
            ``{transfer line: [values]}``
        """
        released, by_move = defaultdict(list), defaultdict(float)
        kept = {}
        self.move_line_ids._unpack_split_packages(quantities)
        for move_line, quantity in quantities.items():
            if not quantity:
                continue
            unit = move_line.product_id.uom_id
            by_move[move_line.move_id] += quantity
            released[move_line.move_id.transfer_line_id].append(
                {
                    "quantity": quantity,
                    "product_uom_id": unit.id,
                    "location_id": move_line.location_id.id,
                    "lot_id": move_line.lot_id.id,
                    "package_id": move_line.package_id.id,
                    "owner_id": move_line.owner_id.id,
                }
            )
            kept[move_line] = unit.round(move_line.quantity_product_uom - quantity)
        moves = self.browse(move.id for move in by_move)
        moves._with_snapshot().move_line_ids._keep_reserved(kept)
        # The other goods stay reserved; what is freed is for somebody else.
        moves._ask_for_less(by_move)._recompute_state()
        return released

    def _free_transfer_goods(self, goods, leaving):
        """Set these goods aside no longer, and ask for as much as before.

        :param goods: ``LotQuantities``
        :param leaving: move lines by which they had come, with their packages
        """
        packages = self.env["stock.package"].union(
            *(line.result_package_id for line in leaving)
        )
        reserved = self.move_line_ids.sorted(
            lambda line: line.package_id not in packages
        )
        freed = {
            line: quantity
            for line, quantity in reserved._take_from(copy(goods)).items()
            if quantity
        }
        reserved._unpack_split_packages(defaultdict(float, freed))
        kept = {
            line: line.product_id.uom_id.round(line.quantity_product_uom - quantity)
            for line, quantity in freed.items()
        }
        self._with_snapshot().move_line_ids._keep_reserved(kept)
        self._recompute_state()

    def _reduce_demand_by_surplus(self, goods):
        """Ask for less: these goods came already, and are set free.

        :param goods: ``LotQuantities``
        """
        by_line, left = goods.by_line(), copy(goods)
        moves = self.filtered(lambda move: move.transfer_line_id in by_line)
        moves._release_transfer_quantities(moves.move_line_ids._take_from(left))
        still_asking = moves.filtered(lambda move: move.state != "cancel")
        still_asking._reduce_transfer_demand(left.by_line())

    def _reduce_transfer_demand(self, quantities):
        """Ask for less of some lines, of what is reserved last.

        :param quantities: ``{transfer line: quantity in the product's unit}``
        """
        moves = self.filtered(lambda move: quantities.get(move.transfer_line_id))
        left, reductions = dict(quantities), {}
        for move in moves.sorted(lambda move: (move.quantity, -move.id)):
            line = move.transfer_line_id
            reductions[move] = min(left[line], move.product_qty)
            left[line] -= reductions[move]
        moves._ask_for_less(reductions)._action_assign()

    def _ask_for_less(self, reductions):
        """Ask for less, and cancel what nobody asks for any more.

        The caller knows what becomes of it instead.

        :param reductions: ``{move: quantity in the product's unit}``
        :return: the moves that still ask for something
        """
        cancelled_ids, ids_by_demand = [], defaultdict(list)
        for move, reduced in reductions.items():
            unit = move.product_uom
            if unit.compare(reduced, move.product_qty) >= 0:
                cancelled_ids.append(move.id)
            elif reduced:
                demand = unit.round(move.product_qty - reduced)
                ids_by_demand[demand].append(move.id)
        for demand, move_ids in ids_by_demand.items():
            self.browse(move_ids).product_uom_qty = demand
        cancelled = self.browse(cancelled_ids)
        cancelled.with_context(**CLOSES_NOTHING.context)._action_cancel()
        return self - cancelled
