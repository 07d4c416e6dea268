from collections import defaultdict

from odoo import models


class StockMove(models.Model):
    """Bringing goods back to where they were before a step that is undone."""

    _inherit = "stock.move"

    def _bring_back(self, rows):
        """Take goods the very way that they had come.

        :param rows: list of ``(move line that is undone, values of the line for it)``
        """
        moves = {move.transfer_line_id: move for move in self}
        reserving = self._with_snapshot()
        reserving.move_line_ids.unlink()
        reserving.env["stock.move.line"].create(
            [
                {
                    **moves[line.move_id.transfer_line_id]._prepare_move_line_vals(),
                    **values,
                }
                for line, values in rows
            ]
        )

    def _prepare_ways_back(self):
        """Return how to take back what these moves of a count have received.

        :return: list of ``(move line, values of the line that takes it back)``
        :raise UserError: when some of it is not free in the store any more
        """
        lines = self.move_line_ids.with_prefetch().filtered("quantity_product_uom")
        if any(move.location_dest_id.should_bypass_reservation() for move in self):
            # Nobody keeps account of what is there.
            self._check_serials_not_in_stock(lines._get_goods())
            return [
                (line, line._prepare_way_back(line.quantity_product_uom))
                for line in lines
            ]
        places = lines._choose_places()
        split = self._get_split_packages(places)
        return [
            (line, line._prepare_way_back(quantity, quant, split))
            for line, chosen in places.items()
            for quant, quantity in chosen
        ]

    def _get_split_packages(self, places):
        """Return the packages of which some goods go, and others stay.

        :param places: what ``_choose_places`` of the move lines returned
        """
        taken = defaultdict(float)
        for chosen in places.values():
            for quant, quantity in chosen:
                taken[quant] += quantity
        quants = self.env["stock.quant"].union(*taken)
        return quants.package_id.filtered(
            lambda package: any(
                quant.product_uom_id.compare(taken[quant], quant.quantity) < 0
                for quant in package.quant_ids
            )
        )
