from odoo import models
from odoo.exceptions import UserError


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

        :param kept: ``{product: {lot: quantity}}``
        """
        here = self.env["stock.quant"]._get_quantities_by_lot(self.product_id, location)
        for move in self:
            product = move.product_id
            lots, by_lot = kept.get(product, {}), here[product]
            missing = sum(lots.values()) - sum(by_lot.values())
            of_lots = [
                lots.get(lot, 0) - by_lot[lot] for lot in move.move_line_ids.lot_id
            ]
            if lots and product.uom_id.compare(max(missing, *of_lots, 0), 0) > 0:
                raise UserError(
                    self.env._(
                        "%s: these goods are on their way for a store transfer, or "
                        "this lot is not on its way. Receive, return or scrap them "
                        "on the transfer's own picking.",
                        product.display_name,
                    )
                )

    def _reserve_what_is_on_its_way(self):
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
            unit = move.product_id.uom_id
            needed = move.product_qty - sum(
                move.move_line_ids.mapped("quantity_product_uom")
            )
            for goods, quantity in left[move.transfer_line_id].items():
                taken = unit.round(min(needed, quantity))
                if unit.compare(taken, 0) <= 0:
                    continue
                needed -= taken
                left[move.transfer_line_id][goods] -= taken
                lot, owner = goods
                values.append(
                    {
                        **move._prepare_move_line_vals(),
                        "quantity": taken,
                        "product_uom_id": unit.id,
                        "lot_id": lot.id,
                        "owner_id": owner.id,
                    }
                )
        self.env["stock.move.line"].create(values)._apply_putaway_strategy()
