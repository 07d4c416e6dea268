from collections import defaultdict
from typing import Any, NamedTuple

from odoo import models
from odoo.exceptions import UserError

from ...tools.lot_quantities import LotKey, LotQuantities


class Named(NamedTuple):
    """Goods that were picked, as somebody says who has no list of the shelves."""

    product: Any
    quantity: float
    # Empty: whatever is set aside.
    lot_name: str = ""
    # Any name: what has the same one is packed together.
    carton: str = ""


class StoreTransferPick(models.Model):
    """What is picked by product and lot, all of it at once: another system says it.

    It is taken from the shelves in their order: what is set aside first, and of a lot
    that was named also what nobody has set aside.
    """

    _inherit = "store.transfer.pick"

    def _pick_named(self, goods):
        """Pick goods, and pack them into new cartons.

        :param goods: list of what ``_name_goods`` returns
        :raise UserError: when so much is not to ship, or not there
        """
        free = self._get_free_places(self.transfer_id.line_ids.product_id)
        picked, contents = defaultdict(float), []
        for named in goods:
            lot = self._identify_lot(named.product, named.lot_name)
            left = self._take_set_aside(named, lot, picked, contents)
            if lot and left > 0:
                left = self._take_free(named, lot, left, free, picked, contents)
            if named.product.uom_id.compare(left, 0) > 0:
                self._refuse_named(named, lot, left, picked)
        self._write_picked(picked)
        self._pack_named(contents)
        self._set_aside_what_was_picked()

    def _name_goods(self, product, quantity, lot_name, carton):
        """Return goods for :meth:`_pick_named`.

        :raise UserError: when such goods can't be picked, however many there are
        """
        self._check_on_transfer(product)
        if error := product._get_quantity_error(quantity, product.uom_id):
            raise UserError(error)
        return Named(product, quantity, lot_name, carton)

    def _take_set_aside(self, named, lot, picked, contents):
        """Take what is set aside, and return how much is left to take."""
        left = named.quantity
        for row in self.line_ids:
            is_meant = (
                row.product_id == named.product
                and row.location_id
                and not row.is_past_date
                and (not lot or row.lot_id == lot)
            )
            room = row.expected_quantity - picked[row] if is_meant else 0.0
            left = self._take_named(named, row, min(left, room), left, picked, contents)
        return left

    def _take_free(self, named, lot, left, free, picked, contents):
        """Take of a lot what nobody has set aside, and return how much is left."""
        lines = self.transfer_id.line_ids.filtered(
            lambda line: line.product_id == named.product
        )
        for place, _quantity in free.of_line(named.product).items():
            if place.lot != lot:
                continue
            for line in lines:
                room = line.to_ship_quantity - sum(
                    part for row, part in picked.items() if row.transfer_line_id == line
                )
                taken = free.take(place, min(left, room))
                if taken > 0:
                    key = LotKey(line, lot, location=place.location)
                    row = self._find_or_add_row(key)
                    left = self._take_named(named, row, taken, left, picked, contents)
        return left

    def _take_named(self, named, row, part, left, picked, contents):
        part = row.stock_uom_id.round(part)
        if part <= 0:
            return left
        picked[row] += part
        contents.append((named.carton, row, part))
        return row.stock_uom_id.round(left - part)

    def _refuse_named(self, named, lot, left, picked):
        """Say why so much of some goods can't be taken."""
        lines = self.transfer_id.line_ids.filtered(
            lambda line: line.product_id == named.product
        )
        of_product = {
            row: part for row, part in picked.items() if row.product_id == named.product
        }
        again = [row for row in of_product if lot and row.lot_id == lot]
        if again and named.product.tracking == "serial":
            self._refuse_serial_again(again[0])
        to_ship = sum(lines.mapped("to_ship_quantity"))
        wanted = sum(of_product.values()) + left
        if named.product.uom_id.compare(wanted, to_ship) > 0:
            self._refuse_more_than_approved(named.product, to_ship)
        key = LotKey(lines[0], lot)
        if lot:
            self._refuse_to_take(key, named.quantity - left)
        self.transfer_id._check_all_could_ship(LotQuantities([(key, left)]))

    def _pack_named(self, contents):
        """Put what was picked into cartons, in the order in which they were named."""
        names = list(dict.fromkeys(name for name, _row, _part in contents if name))
        if not names:
            return
        new = self.transfer_id._create_cartons(len(names))
        cartons = dict(zip(names, new, strict=True))
        for name, row, part in contents:
            if name:
                row._put_into(cartons[name], part)
