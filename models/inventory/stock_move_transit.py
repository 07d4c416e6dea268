from odoo import models
from odoo.exceptions import UserError

from ...tools.lot_quantities import LotKey


class StockMove(models.Model):
    """What stands in transit for a transfer is kept for it, wherever that is."""

    _inherit = "stock.move"

    def _check_goods_in_transit(self):
        """Refuse to take a transfer's goods out of transit, by any move but its own.

        No adjustment, scrap or relocation may take them away unseen. What a transfer's
        own moves take, its lines are compared with (``_check_ledger``): so whatever
        else stands there, too much or too little, is no matter of theirs.
        """
        moves = self.filtered(
            lambda move: (
                move.state == "done"
                and not move.transfer_line_id
                and move.location_id.usage == "transit"
            )
        )
        if not moves:
            return
        lines = self.env["store.transfer.line"].sudo()
        goods = lines._find_in_transit(moves.product_id)._get_goods_in_transit()
        for location, kept in goods.items():
            leaving = moves.filtered(
                lambda move, location=location: (
                    move.location_id._child_of(location)
                    and not move.location_dest_id._child_of(location)
                )
            )
            if leaving:
                leaving._check_leaves_goods(location, kept)

    def _check_leaves_goods(self, location, kept):
        """Refuse to leave less in a transit location than transfers have there.

        :param kept: ``LotQuantities`` of products
        """
        here = self.env["stock.quant"]._get_quantities_by_lot(self.product_id, location)
        kept_by_product, missing = kept.by_line(), kept - here
        for move in self.filtered(lambda move: move.product_id in kept_by_product):
            product = move.product_id
            of_lots = [
                missing[LotKey(product, lot)] for lot in move.move_line_ids.lot_id
            ]
            if max(missing.total(product), *of_lots, 0) > 0:
                raise UserError(
                    self.env._(
                        "%s: these goods are on their way for a store transfer, or "
                        "this lot is not on its way. Receive, return or scrap them "
                        "on the transfer's own picking.",
                        product.display_name,
                    )
                )

    def _reserve_in_transit(self):
        """Set aside for these moves what stands in transit for their own transfer.

        Odoo finds nothing free where old goods of the product are below zero, or where
        somebody else has set them aside.
        """
        moves = self.filtered(
            lambda move: (
                move.state in ("confirmed", "waiting", "partially_available")
                and move.location_id.usage == "transit"
            )
        )
        if not moves:
            return
        left = moves.transfer_line_id._get_unreserved_in_transit()
        values = []
        for move in moves:
            reserved = sum(move.move_line_ids.mapped("quantity_product_uom"))
            taken = left.take_of_line(
                move.transfer_line_id, move.product_qty - reserved
            )
            values += [
                {
                    **move._prepare_move_line_vals(),
                    "quantity": quantity,
                    "product_uom_id": move.product_id.uom_id.id,
                    "lot_id": key.lot.id,
                    "owner_id": key.owner.id,
                }
                for key, quantity in taken.items()
            ]
        self.env["stock.move.line"].create(values)._apply_putaway_strategy()
