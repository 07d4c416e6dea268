from odoo import models
from odoo.fields import Command

from ...tools.person import as_system


class StoreTransferAside(models.Model):
    """Moving goods between the stock and where they are set aside.

    Within one store of one company: nothing is worth more or less by it.
    """

    _inherit = "store.transfer.aside"

    def _take_aside(self):
        """Move these out of the stock, from where they were received."""
        self._move_goods(
            [(aside, aside.shelf_id, aside.place_id, aside.quantity) for aside in self]
        )

    def _put_back(self):
        """Move these into the stock again, where they came from.

        What somebody has moved on in the Inventory app is not here any more, and stays
        where they have put it.
        """
        here = self._get_quantities_here()
        rows = []
        for aside in self:
            key = aside._get_goods_key()
            quantity = aside.stock_uom_id.round(min(aside.quantity, here.get(key, 0)))
            if aside.stock_uom_id.compare(quantity, 0) > 0:
                here[key] -= quantity
                rows.append((aside, aside.place_id, aside.shelf_id, quantity))
        self._move_goods(rows)

    def _get_goods_key(self):
        return self.place_id, self.product_id, self.lot_id, self.owner_id

    def _get_quantities_here(self):
        """Return what stands in the places of these: ``{key of goods: quantity}``."""
        quants = self.env["stock.quant"]._read_group(
            [
                ("location_id", "in", self.place_id.ids),
                ("product_id", "in", self.product_id.ids),
            ],
            ["location_id", "product_id", "lot_id", "owner_id"],
            ["quantity:sum"],
        )
        return {tuple(key): quantity for *key, quantity in quants}

    def _move_goods(self, rows):
        """Move goods at once.

        :param rows: list of ``(record, from where, to where, quantity)``
        """
        if not rows:
            return
        moves = as_system(self.env["stock.move"], self.company_id.ensure_one())
        moves = moves.create(
            [
                aside._prepare_move_values(source, destination, quantity)
                for aside, source, destination, quantity in rows
            ]
        )
        moves._action_confirm(merge=False)
        for move, (aside, *_places, quantity) in zip(moves, rows, strict=True):
            move.move_line_ids = [
                Command.clear(),
                Command.create(aside._prepare_move_line_values(move, quantity)),
            ]
        moves.picked = True
        moves._action_done()

    def _prepare_move_values(self, source, destination, quantity):
        """Return the values of a move of these goods. To be extended by addons."""
        return {
            "product_id": self.product_id.id,
            "product_uom": self.stock_uom_id.id,
            "product_uom_qty": quantity,
            "location_id": source.id,
            "location_dest_id": destination.id,
            "company_id": self.company_id.id,
            "origin": f"{self.transfer_id.name}: {self.customer_name}",
        }

    def _prepare_move_line_values(self, move, quantity):
        return {
            **move._prepare_move_line_vals(),
            "quantity": quantity,
            "lot_id": self.lot_id.id,
            "owner_id": self.owner_id.id,
            # Set aside it is in no carton any more.
            "package_id": move.location_id == self.shelf_id and self.package_id.id,
            "result_package_id": False,
        }
