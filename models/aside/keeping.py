from collections import defaultdict

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
            [
                (
                    aside,
                    aside.shelf_id,
                    aside.place_id,
                    aside.package_id,
                    aside.quantity,
                )
                for aside in self
            ]
        )

    def _put_back(self, quantities=None):
        """Move these into the stock again, where they came from.

        What somebody has moved on in the Inventory app is not here any more, and stays
        where they have put it. What they have packed is taken out of its package.

        :param quantities: ``{record: how much of it}``, where it is not all
        """
        here = self._get_quantities_here()
        rows = []
        for aside in self:
            left = quantities[aside] if quantities else aside.quantity
            packages = here.get(aside._get_goods_key(), {})
            for package, so_much in packages.items():
                quantity = aside.stock_uom_id.round(min(left, so_much))
                if aside.stock_uom_id.compare(quantity, 0) > 0:
                    left -= quantity
                    packages[package] -= quantity
                    shelf = aside._get_shelf()
                    rows.append((aside, aside.place_id, shelf, package, quantity))
        self._move_goods(rows)

    def _get_shelf(self):
        """Return where it goes back to: an empty shelf may have been archived."""
        shelf = self.shelf_id
        return shelf if shelf.active else self.store_id.lot_stock_id

    def _lower_to_received(self, moves):
        """Put back what has not come after all, as somebody has corrected.

        :param moves: by which these were received, as they are now
        """
        came = moves._get_quantities_came()
        too_much = {}
        for aside in self.sorted("id"):
            key = aside.move_id, aside.lot_id, aside.owner_id
            kept = min(aside.quantity, came[key])
            came[key] -= kept
            if aside.stock_uom_id.compare(aside.quantity, kept) > 0:
                too_much[aside] = aside.stock_uom_id.round(aside.quantity - kept)
        self.browse().union(*too_much)._put_back(too_much)
        for aside, quantity in too_much.items():
            if aside.stock_uom_id.compare(aside.quantity, quantity) > 0:
                aside.quantity -= quantity
            else:
                aside._write_release("taken_back")

    def _get_goods_key(self):
        return self.place_id, self.product_id, self.lot_id, self.owner_id

    def _get_quantities_here(self):
        """Return what stands in the places of these, by package.

        :return: ``{key of goods: {package, or none: quantity}}``
        """
        quants = self.env["stock.quant"]._read_group(
            [
                ("location_id", "in", self.place_id.ids),
                ("product_id", "in", self.product_id.ids),
            ],
            ["location_id", "product_id", "lot_id", "owner_id", "package_id"],
            ["quantity:sum"],
        )
        here = defaultdict(dict)
        for *key, package, quantity in quants:
            here[tuple(key)][package] = quantity
        return here

    def _move_goods(self, rows):
        """Move goods at once.

        :param rows: list of ``(record, from where, to where, out of which package or
            none, quantity)``
        """
        if not rows:
            return
        moves = as_system(self.env["stock.move"], self.company_id.ensure_one())
        moves = moves.create(
            [
                aside._prepare_move_values(source, destination, quantity)
                for aside, source, destination, _package, quantity in rows
            ]
        )
        moves._action_confirm(merge=False)
        for move, (aside, *_places, package, quantity) in zip(moves, rows, strict=True):
            move.move_line_ids = [
                Command.clear(),
                Command.create(
                    aside._prepare_move_line_values(move, package, quantity)
                ),
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

    def _prepare_move_line_values(self, move, package, quantity):
        return {
            **move._prepare_move_line_vals(),
            "quantity": quantity,
            "lot_id": self.lot_id.id,
            "owner_id": self.owner_id.id,
            # Set aside, or put back, it is in no carton any more.
            "package_id": package.id,
            "result_package_id": False,
        }


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_quantities_came(self):
        """Return what these moved: ``{(move, lot, owner): quantity}``."""
        came = defaultdict(float)
        for line in self.move_line_ids:
            came[line.move_id, line.lot_id, line.owner_id] += line.quantity_product_uom
        return came
