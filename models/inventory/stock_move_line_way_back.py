from odoo import models
from odoo.exceptions import UserError

from ...tools.quantities import format_quantity


class StockMoveLine(models.Model):
    """The way back of the goods of a move line."""

    _inherit = "stock.move.line"

    def _prepare_way_back(self, quantity, quant=None, split=()):
        """Return the values of the line that brings back so much of what this moved.

        :param quant: where it stands now, where that may be another place
        :param split: packages that do not go as a whole
        """
        self.ensure_one()
        location, packed = self.location_dest_id, self.result_package_id
        if quant:
            location, packed = quant.location_id, quant.package_id
        elif packed.location_id != location:
            packed = packed.browse()
        return {
            "quantity": quantity,
            "product_uom_id": self.product_id.uom_id.id,
            "lot_id": self.lot_id.id,
            "owner_id": self.owner_id.id,
            "location_id": location.id,
            "location_dest_id": self.location_id.id,
            "package_id": packed.id,
            "result_package_id": self._get_package_before(packed, split).id,
        }

    def _get_package_before(self, packed, split):
        """Return the package in which the goods were, if they can be in it again.

        A package is in one place only.
        """
        package = self.package_id
        if package == packed:
            return package.browse() if package in split else package
        is_elsewhere = package.location_id and package.location_id != self.location_id
        return package.browse() if is_elsewhere else package

    def _choose_places(self):
        """Return where the goods of these lines are, free, in the store they came to.

        :return: ``{move line: [(quant, quantity in the product's unit)]}``
        :raise UserError: naming what is not there, or reserved
        """
        locations = self.move_id.location_dest_id | self.location_dest_id
        quants = self.env["stock.quant"]._find_for_transfer(
            self.product_id, locations, lots=self.lot_id
        )
        free = {quant: quant.quantity - quant.reserved_quantity for quant in quants}
        by_goods = quants.grouped(
            lambda quant: (quant.product_id, quant.lot_id, quant.owner_id)
        )
        places = {}
        for line in self:
            goods = (line.product_id, line.lot_id, line.owner_id)
            here = by_goods.get(goods, quants.browse())
            places[line] = line._take_places(here, free)
        return places

    def _take_places(self, quants, free):
        """Return from which of these quants the goods of this line are taken.

        :param free: ``{quant: quantity}``; what is taken is subtracted
        """
        unit, chosen = self.product_id.uom_id, []
        left = self.quantity_product_uom
        # From where they were put, else from anywhere in the store.
        for quant in quants.sorted(
            lambda quant: (
                quant.location_id != self.location_dest_id,
                quant.package_id != self.result_package_id,
            )
        ):
            quantity = unit.round(min(left, free[quant]))
            if unit.compare(quantity, 0) > 0:
                chosen.append((quant, quantity))
                free[quant] -= quantity
                left = unit.round(left - quantity)
        if unit.compare(left, 0) > 0:
            self._refuse_not_free(self.quantity_product_uom - left)
        return chosen

    def _refuse_not_free(self, free):
        transfer = self.move_id._get_transfers()
        raise UserError(
            self.env._(
                "%(product)s: %(store)s has only %(free)s free of the %(quantity)s "
                "that were counted. The rest was sold, moved or reserved meanwhile, so "
                "the count can't be undone. Make a transfer back for what is wrong.",
                product=self._get_lot_key().display_name,
                store=transfer.destination_store_id.name,
                free=format_quantity(self.env, free, self.product_id.uom_id),
                quantity=format_quantity(
                    self.env, self.quantity_product_uom, self.product_id.uom_id
                ),
            )
        )
