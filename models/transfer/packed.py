from collections import defaultdict

from odoo import models


class StoreTransfer(models.Model):
    """What is in which carton: of what has left, and of what is being packed."""

    _inherit = "store.transfer"

    def _get_packed_goods(self):
        """Return what was packed, carton by carton; last what is in none.

        Of what is set aside and in no carton only as long as nothing has left.

        :return: ``{stock.package: {(line, lot): quantity}}``
        """
        self.ensure_one()
        being_packed = self._get_goods_being_packed()
        packed = self._get_shipped_goods() or self._get_goods_to_ship(being_packed)
        packed |= being_packed
        cartons = sorted(packed, key=lambda carton: (not carton, carton.id))
        return {carton: packed[carton] for carton in cartons}

    def _get_shipped_goods(self):
        """Return what has left, without what came back before it arrived."""
        packed = defaultdict(lambda: defaultdict(float))
        moves = self.line_ids.move_ids.filtered(lambda move: move.state == "done")
        for move_line in moves.move_line_ids:
            move = move_line.move_id
            key = move.transfer_line_id, move_line.lot_id
            if move.transfer_flow == "ship":
                goods = packed[move_line.result_package_id]
                goods[key] += move_line.quantity_product_uom
            elif move.transfer_flow in ("undo_ship", "unship"):
                packed[move_line.package_id][key] -= move_line.quantity_product_uom
        return self._drop_nothing(packed)

    def _get_goods_being_packed(self):
        """Return what was put into cartons that have not left yet."""
        packed = defaultdict(lambda: defaultdict(float))
        # Read at once of all transfers that are printed.
        picks = self.pick_ids.filtered(lambda pick: pick.state == "open")
        for content in picks.line_ids.content_ids:
            row = content.line_id
            goods = packed[content.carton_id]
            goods[row.transfer_line_id, row.lot_id] += content.quantity
        return self._drop_nothing(packed)

    def _get_goods_to_ship(self, being_packed):
        """Return what is set aside to be shipped, in the packages that it is in.

        :param being_packed: what of it is in cartons, and left out here
        """
        packed = defaultdict(lambda: defaultdict(float))
        for move_line in self._get_open_moves("ship").move_line_ids:
            key = move_line.move_id.transfer_line_id, move_line.lot_id
            goods = packed[move_line.result_package_id]
            goods[key] += move_line.quantity_product_uom
        loose = packed[self.env["stock.package"]]
        for in_carton in being_packed.values():
            for key, quantity in in_carton.items():
                loose[key] -= quantity
        return self._drop_nothing(packed)

    def _drop_nothing(self, packed):
        some = {
            carton: {
                key: quantity
                for key, quantity in goods.items()
                if key[0].stock_uom_id.compare(quantity, 0) > 0
            }
            for carton, goods in packed.items()
        }
        return {carton: goods for carton, goods in some.items() if goods}

    def _get_numbered_cartons(self):
        """Return ``{number: stock.package}`` of the cartons of this transfer.

        As their labels say; what was packed in the Inventory app gets its number when
        it leaves.
        """
        self.ensure_one()
        numbered = {
            carton.transfer_number: carton
            for carton in self.carton_ids.sorted("transfer_number")
        }
        packed = [carton for carton in self._get_packed_goods() if carton]
        return numbered or dict(enumerate(packed, start=1))
