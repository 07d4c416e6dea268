from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError

from ...tools.flows import INTO_TRANSIT
from ...tools.lot_quantities import LotKey, LotQuantities


class StoreTransferLine(models.Model):
    """Which goods of a line are on their way, by lot and owner."""

    _inherit = "store.transfer.line"

    def _check_lots_in_transit(self):
        """Refuse to take another transfer's lot out of transit, instead of one's own.

        :raise UserError: naming the lot
        """
        for key, quantity in self._get_lots_in_transit().items():
            if quantity < 0:
                raise UserError(
                    self.env._(
                        "%(transfer)s: %(lot)s of %(product)s is not on its way.",
                        lot=key.lot.name or self.env._("A piece without lot"),
                        **key.line._get_ledger_message_values(0),
                    )
                )

    def _get_lots_in_transit(self):
        """Return the ``LotQuantities`` in transit; untracked goods without a lot."""
        between = self.filtered(lambda line: line.transfer_id.kind == "between")
        tracked = between.filtered(lambda line: line.product_id.tracking != "none")
        in_transit = LotQuantities(
            (LotKey(line, self.env["stock.lot"]), line.in_transit_quantity)
            for line in between - tracked
        )
        if not tracked:
            return in_transit
        for line, flow, lot, quantity in self.env["stock.move.line"]._read_group(
            [("move_id.transfer_line_id", "in", tracked.ids), ("state", "=", "done")],
            ["move_id.transfer_line_id", "move_id.transfer_flow", "lot_id"],
            ["quantity_product_uom:sum"],
        ):
            sign = 1 if flow in INTO_TRANSIT else -1
            in_transit.add(LotKey(line, lot), sign * quantity)
        return in_transit

    @api.model
    def _find_in_transit(self, products):
        """Return the lines of any transfer that have some of these products in transit.

        Products, because a location may belong to several companies.
        """
        return self.search(
            [("product_id", "in", products.ids), ("in_transit_quantity", ">", 0)]
        ).filtered(lambda line: line.transfer_id.kind == "between")

    def _get_goods_in_transit(self):
        """Return where the goods of these lines stand, as their moves say.

        :return: ``{location: LotQuantities}`` of products
        """
        goods = defaultdict(LotQuantities)
        for flow, left, entered, product, lot, quantity in self.env[
            "stock.move.line"
        ]._read_group(
            [("move_id.transfer_line_id", "in", self.ids), ("state", "=", "done")],
            [
                "move_id.transfer_flow",
                "move_id.location_id",
                "move_id.location_dest_id",
                "product_id",
                "lot_id",
            ],
            ["quantity_product_uom:sum"],
        ):
            key = LotKey(product, lot)
            if flow in INTO_TRANSIT:
                goods[entered].add(key, quantity)
            else:
                goods[left].add(key, -quantity)
        return goods

    def _get_unreserved_in_transit(self):
        """Return what these lines have in transit that no move has set aside.

        :return: ``LotQuantities``, each with its owner
        """
        left = LotQuantities()
        for line, flow, state, lot, owner, quantity in self.env[
            "stock.move.line"
        ]._read_group(
            [("move_id.transfer_line_id", "in", self.ids), ("state", "!=", "cancel")],
            [
                "move_id.transfer_line_id",
                "move_id.transfer_flow",
                "state",
                "lot_id",
                "owner_id",
            ],
            ["quantity_product_uom:sum"],
            order="id:min",
        ):
            key = LotKey(line, lot, owner=owner)
            if flow not in INTO_TRANSIT:
                left.add(key, -quantity)
            elif state == "done":
                left.add(key, quantity)
        return left
