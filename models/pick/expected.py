from odoo import models

from ...tools.lot_quantities import LotKey, LotQuantities
from .line import LAST_SHELF


class StoreTransferPick(models.Model):
    """What is to be picked, and where it stands."""

    _inherit = "store.transfer.pick"

    def _sync_lines(self):
        """Make the rows match what is set aside now; what was picked stays."""
        self.ensure_one()
        self.transfer_id._reserve_to_ship()
        self._match_lines()
        self._set_aside_what_was_picked()
        self._add_lines_past_date()

    def _match_lines(self):
        """Write down on the rows of these lists what is set aside where."""
        expected = self._get_expected()
        for line in self.line_ids:
            quantity = expected.take(line._get_place_key())
            if line.stock_uom_id.compare(quantity, line.expected_quantity):
                line.expected_quantity = quantity
        self._add_lines(expected.items())

    def _get_expected(self):
        """Return what is to be picked where; without a place, what is not in stock.

        :return: ``LotQuantities`` by place, no more of a line than is to ship
        """
        moves = self.transfer_id._get_open_moves("ship")
        expected = moves.move_line_ids._get_goods_by_place()
        nowhere = {
            "lot": self.env["stock.lot"],
            "location": self.env["stock.location"],
        }
        for line in self.transfer_id.line_ids:
            missing = line.to_ship_quantity - expected.total(line)
            expected.add(LotKey(line, **nowhere), max(0.0, missing))
        return expected

    def _add_lines(self, rows, is_past_date=False):
        """Add rows, in the order of their shelves.

        :param rows: pairs of a ``LotKey`` and how much is expected of it
        """
        shelves = self._get_order_of_shelves() if rows else {}
        picks = self.grouped("transfer_id")
        values = [
            {
                "pick_id": picks[key.line.transfer_id].id,
                "transfer_line_id": key.line.id,
                "product_id": key.product.id,
                "lot_id": key.lot.id,
                "location_id": key.location.id,
                "sequence": shelves.get(key.location, LAST_SHELF)
                + LAST_SHELF * is_past_date,
                "is_past_date": is_past_date,
                "expected_quantity": quantity,
            }
            for key, quantity in rows
        ]
        values.sort(key=lambda row: row["sequence"])
        return self.line_ids.create(values)

    def _get_order_of_shelves(self):
        """Return ``{location: its place in the order of a store's shelves}``."""
        stock = self.transfer_id.source_store_id.lot_stock_id
        shelves = self.env["stock.location"].with_context(active_test=False)
        in_order = shelves.search(
            [("id", "child_of", stock.ids)], order="complete_name"
        )
        return {shelf: order for order, shelf in enumerate(in_order)}

    def _add_lines_past_date(self):
        """Add rows for lots of which nothing goes, unless somebody enters it."""
        known = {line._get_place_key() for line in self.line_ids}
        free = self.transfer_id._get_past_date_at_source()
        keys = [
            LotKey(line, place.lot, location=place.location)
            for line in self.transfer_id.line_ids
            if line.to_ship_quantity
            for place, _quantity in free.of_line(line.product_id).items()
        ]
        new = [(key, 0.0) for key in keys if key not in known]
        self._add_lines(new, is_past_date=True)

    def _set_aside_what_was_picked(self):
        """Set aside what was picked, where other goods of its line were.

        What is not there any more stays picked on its row, and can't be shipped.
        """
        excess = self._get_free_of_excess()
        if not excess:
            return
        self._free_for(excess.by_line())
        moves = self.transfer_id._get_open_moves("ship")
        moves._reserve_what_is_free(excess)
        self._match_lines()

    def _get_free_of_excess(self):
        """Return what was picked and is not set aside, as far as it is free.

        :return: ``LotQuantities`` by place
        """
        lines = self.line_ids.filtered(lambda line: line._get_excess())
        if not lines:
            return LotQuantities()
        free = self._get_free_in_stock(lines.product_id)
        return LotQuantities(
            (
                line._get_place_key(),
                free.take(line._get_key_of_product(), line._get_excess()),
            )
            for line in lines
        )

    def _give_back(self, lines):
        """Set aside what Odoo would, instead of what was picked and is not any more.

        :param lines: rows of other goods than were set aside at first
        """
        unneeded = lines.filtered(
            lambda line: (
                line.stock_uom_id.compare(line.picked_quantity, line.expected_quantity)
                < 0
            )
        )
        if not unneeded:
            return
        kept = self._get_expected()
        for line in unneeded:
            kept.take(line._get_place_key())
            kept.add(line._get_place_key(), line.picked_quantity)
        self._keep_set_aside(unneeded.transfer_line_id, kept)
        self.transfer_id._reserve_to_ship()
        self._match_lines()

    def _keep_set_aside(self, lines, kept):
        """Free all that is set aside for some lines of the transfer, but this.

        :param kept: ``LotQuantities`` by place; what is taken is subtracted
        """
        moves = self.transfer_id._get_open_moves("ship").filtered(
            lambda move: move.transfer_line_id in lines
        )
        reserved = moves._with_snapshot().move_line_ids
        reserved._keep_reserved(reserved._take_from_places(kept))

    def _free_for(self, needed):
        """Free goods of a line that nobody has picked, for others that were.

        What is not in stock is picked instead first, then what stands last.

        :param needed: ``{line of the transfer: how much of other goods}``
        """
        kept, left = self._get_expected(), dict(needed)
        for line in reversed(self.line_ids):
            unpicked = line.expected_quantity - line.picked_quantity
            at_most = min(left.get(line.transfer_line_id, 0.0), unpicked)
            freed = kept.take(line._get_place_key(), at_most)
            left[line.transfer_line_id] = left.get(line.transfer_line_id, 0.0) - freed
        self._keep_set_aside(needed, kept)
