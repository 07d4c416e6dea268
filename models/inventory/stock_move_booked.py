from collections import defaultdict
from copy import copy

from odoo import models
from odoo.exceptions import UserError

from ...tools.flows import FLOWS, SETTLING_FLOWS
from ...tools.lot_quantities import LotQuantities
from ...tools.quantities import format_quantity


class StockMove(models.Model):
    """What was booked out of transit, and can still be undone."""

    _inherit = "stock.move"

    def _check_can_undo(self, goods, outcome):
        """Refuse to bring goods on their way again that are not there any more.

        To be called on the moves by which they were settled.

        :param goods: ``LotQuantities`` to bring on their way again
        :param outcome: what they were settled as
        :raise UserError: saying what became of them
        """
        all_booked = self._get_booked_goods()
        for key, quantity in goods.items():
            booked = all_booked.total(key.line, key.lot)
            if key.unit.compare(booked, quantity) < 0:
                raise UserError(
                    self.env._(
                        "%(product)s: only %(quantity)s of it are still booked like "
                        "that. Somebody corrected it in the Inventory app.",
                        product=key.display_name,
                        quantity=format_quantity(self.env, booked, key.unit),
                    )
                )
        if outcome == "not_sent":
            self._check_booked_is_free(goods)
        else:
            self._check_serials_not_in_stock(goods)

    def _check_booked_is_free(self, goods):
        """Refuse goods that were sold or moved since they were booked back."""
        moves = self.grouped("transfer_line_id")
        chosen = self._choose_booked_goods(goods)
        for wanted, quantity in goods.items():
            move = moves[wanted.line][:1]
            stock = move.location_dest_id.warehouse_id.lot_stock_id
            free = sum(
                min(booked, move._only_for(key)._get_free_in(stock, key.lot))
                for key, booked in chosen.of_line(wanted.line).items()
                if key.lot == wanted.lot
            )
            if wanted.unit.compare(free, quantity) < 0:
                raise UserError(
                    self.env._(
                        "%(product)s: %(store)s has only %(quantity)s of it left that "
                        "are free. The rest was sold or moved since it was booked "
                        "back, so it can't be on its way.",
                        product=wanted.display_name,
                        store=wanted.line.transfer_id.source_store_id.name,
                        quantity=format_quantity(self.env, free, wanted.unit),
                    )
                )

    def _check_serials_not_in_stock(self, goods, leaving=()):
        """Refuse serial numbers that were found since they were booked as gone.

        :param goods: ``LotQuantities``
        :param leaving: the ids of the locations that they are just taken out of
        """
        lots = self.env["stock.lot"].union(
            *(
                key.lot
                for key, _quantity in goods.items()
                if key.line.product_id.tracking == "serial"
            )
        )
        if not lots:
            return
        found = self.env["stock.quant"].search(
            [
                ("lot_id", "in", lots.ids),
                ("location_id.usage", "in", ("internal", "transit")),
                ("location_id", "not in", leaving),
                ("quantity", ">", 0),
            ],
            limit=1,
        )
        if found:
            found._refuse_serial_in_stock()

    def _get_booked_outcomes(self):
        """Return what the lines of these moves say of the outcomes they are about.

        :return: ``{(transfer line, outcome): LotQuantities}``, each with its owner
        """
        touched = defaultdict(set)
        for move in self.filtered("transfer_line_id"):
            for outcome, flow in SETTLING_FLOWS.items():
                if move.transfer_flow in (flow, FLOWS[flow].undone_by):
                    touched[move.transfer_line_id].add(outcome)
        lines = self.env["store.transfer.line"].union(*touched)
        # Read at once what is looked at line by line below.
        lines.product_id.mapped("uom_id")
        moves = lines.move_ids
        (moves | moves.returned_move_ids).move_line_ids.mapped("quantity_product_uom")
        return {
            (line, outcome): line._get_moves_settling_as(outcome)._get_booked_goods()
            for line, outcomes in touched.items()
            for outcome in sorted(outcomes)
            if line.transfer_id.kind == "between"
        }

    def _get_booked_goods(self):
        """Return what these moves brought, and nobody took back.

        :return: ``LotQuantities``, each with its owner
        """
        undone = self.returned_move_ids.filtered(
            lambda move: move.state == "done" and move.transfer_line_id
        )
        brought = self.move_line_ids._get_goods(by_owner=True)
        return brought - undone.move_line_ids._get_goods(by_owner=True)

    def _choose_booked_goods(self, goods):
        """Return which of the goods that these moves brought are meant, and whose.

        :param goods: ``LotQuantities``
        :return: ``LotQuantities``, each with its owner
        """
        left = copy(goods)
        return LotQuantities(
            (key, left.take(key._replace(owner=None), booked))
            for key, booked in self._get_booked_goods().items()
        )
