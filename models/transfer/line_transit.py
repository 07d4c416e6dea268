from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError

from ...tools.flows import INTO_TRANSIT


class StoreTransferLine(models.Model):
    """Which goods of a line are on their way, by lot and owner."""

    _inherit = "store.transfer.line"

    def _check_lots_in_transit(self):
        """Refuse to take another transfer's lot out of transit, instead of one's own.

        :raise UserError: naming the lot
        """
        for line, by_lot in self._get_lots_in_transit().items():
            for lot, quantity in by_lot.items():
                if line.product_id.uom_id.compare(quantity, 0) < 0:
                    raise UserError(
                        self.env._(
                            "%(transfer)s: %(lot)s of %(product)s is not on its way.",
                            lot=lot.name or self.env._("A piece without lot"),
                            **line._get_ledger_message_values(0),
                        )
                    )

    def _get_lots_in_transit(self):
        """Return ``{line: {lot: quantity}}`` of the tracked goods in transit."""
        in_transit = defaultdict(lambda: defaultdict(float))
        tracked = self.filtered(
            lambda line: (
                line.product_id.tracking != "none"
                and line.transfer_id.kind == "between"
            )
        )
        if not tracked:
            return in_transit
        for line, flow, lot, quantity in self.env["stock.move.line"]._read_group(
            [("move_id.transfer_line_id", "in", tracked.ids), ("state", "=", "done")],
            ["move_id.transfer_line_id", "move_id.transfer_flow", "lot_id"],
            ["quantity_product_uom:sum"],
        ):
            sign = 1 if flow in INTO_TRANSIT else -1
            in_transit[line][lot] += sign * quantity
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

        :return: ``{location: {product: {lot: quantity}}}``, in the product's unit
        """
        goods = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
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
            if flow in INTO_TRANSIT:
                goods[entered][product][lot] += quantity
            else:
                goods[left][product][lot] -= quantity
        return goods

    def _get_unreserved_in_transit(self):
        """Return what these lines have in transit that no move has set aside.

        :return: ``{line: {(lot, owner): quantity}}``, in the product's unit
        """
        left = defaultdict(lambda: defaultdict(float))
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
            if flow not in INTO_TRANSIT:
                left[line][lot, owner] -= quantity
            elif state == "done":
                left[line][lot, owner] += quantity
        return left
