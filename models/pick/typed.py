from collections import defaultdict
from copy import copy

from odoo import models
from odoo.exceptions import UserError

from ...tools.lot_quantities import LotKey, LotQuantities
from ...tools.quantities import format_quantity


class StoreTransferPick(models.Model):
    """What the ship dialog shows and says: how much goes of a line, in all.

    There nobody says from which shelf, nor of which lot, but of lots that are past
    their date. What is typed becomes what was picked on the rows.
    """

    _inherit = "store.transfer.pick"

    def _get_typed(self):
        """Return the ``LotQuantities`` that the dialog shows as picked."""
        return LotQuantities(
            (line._get_typed_key(), line.picked_quantity) for line in self.line_ids
        )

    def _set_typed(self, goods):
        """Pick so much, and no more.

        :param goods: ``LotQuantities``: without a lot, of what is set aside; of a lot,
            of one that is past its date
        :raise UserError: when more should go than is there
        """
        left, free = copy(goods), self._get_free_past_date()
        lines = self.line_ids.filtered("location_id")
        # What was picked stays picked, where it was and is there for it.
        picked = {
            line: left.take(
                line._get_typed_key(),
                min(line.picked_quantity, line.expected_quantity),
            )
            for line in lines
        }
        for line in lines:
            room = max(0.0, line.expected_quantity - picked[line])
            if line.is_past_date:
                room += free[line._get_key_of_product()]
            picked[line] += left.take(line._get_typed_key(), room)
        self._check_typed_lots(left)
        self.transfer_id._check_all_could_ship(left)
        self._write_picked(picked)
        self._set_aside_what_was_picked()

    def _get_free_past_date(self):
        products = self.line_ids.filtered("is_past_date").product_id
        return self._get_free_in_stock(products) if products else LotQuantities()

    def _check_typed_lots(self, left):
        """Refuse lots that can't be chosen, or more of them than is there.

        :param left: ``LotQuantities`` that are on no row
        """
        free = self.transfer_id._get_past_date_at_source()
        for key in (key for key, _quantity in left.items() if key.lot):
            here = free.total(key.product, key.lot)
            raise UserError(
                self.env._(
                    "%(product)s: of lot %(lot)s, %(store)s has only %(quantity)s to "
                    "choose. Ship less of it.",
                    product=key.product.display_name,
                    lot=key.lot.name,
                    store=self.transfer_id.source_store_id.name,
                    quantity=format_quantity(self.env, here, key.unit),
                )
            )

    def _write_picked(self, picked):
        """Write what was picked of each row, those of one quantity at once."""
        ids_by_quantity = defaultdict(list)
        for line, quantity in picked.items():
            quantity = line.stock_uom_id.round(quantity)
            if line.stock_uom_id.compare(quantity, line.picked_quantity):
                ids_by_quantity[quantity].append(line.id)
        for quantity, line_ids in ids_by_quantity.items():
            values = {"picked_quantity": quantity, "is_counted": True}
            self.line_ids.browse(line_ids).write(values)


class StoreTransfer(models.Model):
    _inherit = "store.transfer"

    def _get_proposed_to_ship(self):
        """Return what the dialog proposes: what was picked, else what is set aside.

        :return: ``LotQuantities``, without a lot but for lots past their date
        """
        pick = self._find_open_picks()
        if pick and pick._is_begun():
            return pick._get_typed()
        lot = self.env["stock.lot"]
        return LotQuantities(
            (LotKey(key.line, lot), quantity)
            for key, quantity in self._get_reserved_to_ship().items()
        )


class StoreTransferPickLine(models.Model):
    _inherit = "store.transfer.pick.line"

    def _get_typed_key(self):
        lot = self.lot_id if self.is_past_date else self.lot_id.browse()
        return LotKey(self.transfer_line_id, lot)
