from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from ...tools.flows import FLOWS, SETTLING_FLOWS
from ...tools.quantities import format_quantity


class StockMove(models.Model):
    """What was booked out of transit, and can still be undone."""

    _inherit = "stock.move"

    def _check_can_undo(self, line, by_lot, outcome):
        """Refuse to bring goods on their way again that are not there any more.

        :param line: the transfer line of these moves, by which goods were settled
        :param by_lot: ``{(lot, lot name): quantity}`` to bring on their way again
        :param outcome: what they were settled as
        :raise UserError: saying what became of them
        """
        booked = self._get_booked_by_lot()
        unit = line.product_id.uom_id
        for (lot, _lot_name), quantity in by_lot.items():
            values = {
                "product": " ".join(
                    filter(None, [line.product_id.display_name, lot.name])
                ),
                "store": line.transfer_id.source_store_id.name,
            }
            if unit.compare(booked[lot], quantity) < 0:
                raise UserError(
                    self.env._(
                        "%(product)s: only %(quantity)s of it are still booked like "
                        "that. Somebody corrected it in the Inventory app.",
                        quantity=format_quantity(self.env, booked[lot], unit),
                        **values,
                    )
                )
            if outcome == "not_sent":
                free = self._get_free_of_booked(lot, quantity)
                if unit.compare(free, quantity) < 0:
                    raise UserError(
                        self.env._(
                            "%(product)s: %(store)s has only %(quantity)s of it left "
                            "that are free. The rest was sold or moved since it was "
                            "booked back, so it can't be on its way.",
                            quantity=format_quantity(self.env, free, unit),
                            **values,
                        )
                    )
        if outcome != "not_sent":
            self._check_serials_are_nowhere(line, by_lot)

    def _get_free_of_booked(self, lot, quantity):
        """Return how much of what was booked back into the source's stock is free."""
        move = self[:1]
        stock = move.location_dest_id.warehouse_id.lot_stock_id
        return sum(
            min(booked, move._with_owner(owner)._get_free_in(stock, lot))
            for _lot, _name, owner, booked in self._choose_booked_goods(
                {(lot, False): quantity}
            )
        )

    def _check_serials_are_nowhere(self, line, by_lot):
        """Refuse serial numbers that were found since they were booked as gone."""
        if line.product_id.tracking != "serial":
            return
        lots = self.env["stock.lot"].union(*(lot for lot, _name in by_lot))
        found = self.env["stock.quant"].search(
            [
                ("lot_id", "in", lots.ids),
                ("location_id.usage", "in", ("internal", "transit")),
                ("quantity", ">", 0),
            ],
            limit=1,
        )
        if found:
            found._refuse_serial_in_stock()

    def _get_booked_outcomes(self):
        """Return what the lines of these moves say of the outcomes they are about.

        :return: ``{(transfer line, outcome): {lot: quantity}}``
        """
        touched = defaultdict(set)
        for move in self.filtered("transfer_line_id"):
            for outcome, flow in SETTLING_FLOWS.items():
                if move.transfer_flow in (flow, FLOWS[flow].undone_by):
                    touched[move.transfer_line_id].add(outcome)
        lines = self.env["store.transfer.line"].union(*touched)
        # Read at once what is looked at line by line below.
        moves = lines.move_ids
        (moves | moves.returned_move_ids).move_line_ids.mapped("quantity_product_uom")
        return {
            (line, outcome): line._get_moves_settling_as(outcome)._get_booked_by_lot()
            for line, outcomes in touched.items()
            for outcome in sorted(outcomes)
            if line.transfer_id.kind == "between"
        }

    def _get_booked_by_lot(self):
        """Return ``{lot: quantity}`` that these moves brought, and nobody took back."""
        by_lot = defaultdict(float)
        for (lot, _owner), quantity in self._get_booked_goods().items():
            by_lot[lot] += quantity
        return by_lot

    def _get_booked_goods(self):
        """Return the same by owner as well: ``{(lot, owner): quantity}``."""
        booked = defaultdict(float)
        undone = self.returned_move_ids.filtered(lambda move: move.state == "done")
        for moves, sign in ((self, 1), (undone, -1)):
            for move_line in moves.move_line_ids:
                goods = (move_line.lot_id, move_line.owner_id)
                booked[goods] += sign * move_line.quantity_product_uom
        return booked

    def _choose_booked_goods(self, by_lot):
        """Return which of the goods that these moves brought are meant, and whose.

        :param by_lot: ``{(lot, lot name): quantity}``
        :return: list of ``(lot, lot name, owner, quantity)``
        """
        left = {lot: quantity for (lot, _name), quantity in by_lot.items()}
        chosen = []
        for (lot, owner), booked in self._get_booked_goods().items():
            quantity = min(left.get(lot, 0.0), booked)
            if quantity > 0:
                left[lot] -= quantity
                chosen.append((lot, False, owner, quantity))
        return chosen
