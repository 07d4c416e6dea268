from odoo import models

from ...tools.lot_quantities import LotKey, LotQuantities

LAST = float("inf")


class StoreTransferCountLine(models.Model):
    """Rows of a count that stand for the same goods."""

    _inherit = "store.transfer.count.line"

    def _get_expected_key(self):
        """Return what this line is expected as, see the count's ``_get_expected``.

        Nothing is, of one more lot that is known by its name only.
        """
        if self.is_extra_lot and (self.needs_lot_name or self.lot_name):
            return None
        return LotKey(self.transfer_line_id, self.lot_id)

    def _get_lot_key(self, transfer_line):
        """Return which goods of a line of the transfer are counted here."""
        return LotKey(transfer_line, self.lot_id, self.lot_name or False)

    def _get_goods_key(self):
        """Return what tells goods apart: product, lot, and the name of a new lot."""
        return self.product_id, self.sudo().lot_id, self.lot_name or False

    def _get_sharing_key(self):
        """Return what rows have in common that are expected together.

        That is the same goods on several lines of a transfer. Of lots that a third
        party brings only the sum was known before.
        """
        if self.needs_lot_name:
            return self.product_id, False, False
        return self._get_goods_key()

    def _group_by_goods(self):
        """Return the lines in groups that one expected quantity is for, in order."""
        in_order = self.sorted(lambda line: line._origin.id or LAST)
        return in_order.grouped(lambda line: line._get_sharing_key()).values()

    def _get_differences(self):
        """Return ``{line: what came less what was expected}``.

        What is too much on one row is what another row of the same goods misses. What
        was counted first is what was expected.
        """
        differences = {}
        for lines in self._group_by_goods():
            of_group = {
                line: line._get_done_quantity() - line.expected_quantity
                for line in lines
            }
            made_up = min(
                sum(value for value in of_group.values() if value > 0),
                -sum(value for value in of_group.values() if value < 0),
            )
            for sign in (1, -1):
                left = made_up
                for line, value in of_group.items():
                    part = min(left, max(0.0, sign * value))
                    of_group[line] -= sign * part
                    left -= part
            differences |= {
                line: line.stock_uom_id.round(value) for line, value in of_group.items()
            }
        return differences

    def _allot(self, received, room):
        """Say on which line of the transfer each row's goods are received.

        :param received: ``{row: (good, damaged)}`` of these rows of the same goods
        :param room: ``{row: how much its line of the transfer expects}``
        :return: list of ``(row, row whose line it is, good, damaged)``
        """
        left, room = dict(received), dict(room)
        # Each row's own line first, then what others have left.
        parts = [row._take_part(left, row, room) for row in self]
        homes = [row for row in self if room[row] > 0]
        parts += [
            row._take_part(left, home, room)
            for row in self
            if any(left[row])
            for home in homes
        ]
        return [part for part in parts if part[2] or part[3]]

    def _take_part(self, left, home, room):
        """Take as much of a row as its home has room for; both are reduced."""
        good = self.stock_uom_id.round(min(left[self][0], room[home]))
        damaged = self.stock_uom_id.round(min(left[self][1], room[home] - good))
        left[self] = (left[self][0] - good, left[self][1] - damaged)
        room[home] -= good + damaged
        return self, home, good, damaged

    def _get_quantities_to_receive(self, decision):
        """Return how much goes into stock, and how much beside it, as damaged.

        A surplus that is held or refused is put aside; damaged pieces first.
        """
        held = 0 if self._is_taken(decision) else decision.quantity
        damaged_held = self._get_damaged_put_aside(decision)
        good = self.counted_quantity - (held - damaged_held)
        damaged = self.damaged_quantity - damaged_held
        return self.stock_uom_id.round(good), self.stock_uom_id.round(damaged)

    def _get_damaged_put_aside(self, decision):
        """Return how much of a surplus that is held or refused is damaged."""
        if self._is_taken(decision):
            return 0.0
        return min(self.damaged_quantity, decision.quantity)

    def _is_taken(self, decision):
        """Tell whether all that came on this line is received."""
        return not decision or decision.verdict == "accept"

    def _take_free_at_source(self, quantity, free):
        """Take a surplus from what the source has left, and return what is left then.

        :param free: ``LotQuantities`` of products, reduced here
        :return: below zero when the source does not have so much on record
        """
        key = LotKey(self.product_id, self.lot_id)
        free.add(key, -quantity)
        return free[key]

    def _get_free_at_source(self):
        """Return what the source has free, with what it has set aside for these lines.

        :return: ``LotQuantities`` of products
        """
        transfer = self.transfer_id
        reserved = transfer._get_open_moves("ship").move_line_ids._get_goods()
        location = transfer.source_store_id.lot_stock_id
        quants = self.env["stock.quant"]._with_quants_to_reserve(
            self.product_id, location
        )
        free = LotQuantities()
        for (product, lot), lines in self.grouped(
            lambda line: (line.product_id, line.lot_id)
        ).items():
            line = lines[0]
            if lot or not line.lot_name:
                # A line that names no lot stands for all of them.
                set_aside = reserved.total(line.transfer_line_id, lot or None)
                here = quants._get_available_quantity(product, location, lot_id=lot)
                free.add(LotKey(product, lot), set_aside + here)
        return free

    def _get_done_quantity(self):
        """Return how much came, good and damaged."""
        return self.counted_quantity + self.damaged_quantity
