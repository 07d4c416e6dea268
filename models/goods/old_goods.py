import logging
from collections import defaultdict

from odoo import models
from odoo.exceptions import AccessError

from ...tools.lot_quantities import LotKey, LotQuantities

_logger = logging.getLogger(__name__)


class ResCompany(models.Model):
    """What stands in transit and belongs to no transfer: found, said and put right.

    Transfers go on beside it; but nobody waits for it, unless Odoo's own resupply does.
    """

    _inherit = "res.company"

    def _find_old_goods_in_transit(self):
        """Return what should stand in transit, where it is not what stands there.

        :return: ``{quant: quantity in the product's unit}``; less than nothing is
            made nothing, and what another picking may wait for is left
        """
        quants = self._get_quants_in_transit()
        goods = quants.grouped(lambda quant: (quant.product_id, quant.lot_id))
        kept = self._get_goods_of_transfers(quants.product_id)
        right = {}
        for (product, lot), of_goods in goods.items():
            excess = sum(of_goods.mapped("quantity")) - kept[LotKey(product, lot)]
            # What is missing is put where it is missing, what is too much taken away
            # from where there is most.
            for quant in of_goods.sorted("quantity", reverse=excess > 0):
                change = min(excess, max(quant.quantity, 0)) if excess > 0 else excess
                if product.uom_id.is_zero(change):
                    break
                right[quant] = product.uom_id.round(quant.quantity - change)
                excess -= change
        return right

    def _get_quants_in_transit(self):
        return (
            self.env["stock.quant"]
            .sudo()
            .search(
                [
                    ("location_id.usage", "=", "transit"),
                    ("location_id.company_id", "in", self.ids),
                    ("quantity", "!=", 0),
                ]
            )
        )

    def _get_goods_of_transfers(self, products):
        """Return the ``LotQuantities`` of products that transfers have in transit."""
        lines = self.env["store.transfer.line"].sudo()._find_in_transit(products)
        lines = lines.filtered(lambda line: line.company_id in self)
        return LotQuantities(
            row
            for goods in lines._get_goods_in_transit().values()
            for row in goods.items()
        )

    def _log_old_goods_in_transit(self):
        """Say in the log, when the addon is installed, what stands there already."""
        for company in self:
            if old := company._find_old_goods_in_transit():
                _logger.info(
                    "%s: products or lots in transit that belong to no store "
                    "transfer: %d. See Store Transfer > Configuration > Settings.",
                    company.name,
                    len(old),
                )

    def action_put_old_goods_right(self):
        """Propose what to count in transit, in Odoo's own list of counts.

        There it is looked at and applied, or cleared.

        :raise AccessError: when the user may not adjust the stock of this company
        """
        self.ensure_one()
        user = self.env.user
        if not user.has_group("stock.group_stock_manager") or (
            self not in user.company_ids
        ):
            raise AccessError(
                self.env._(
                    "Only an inventory administrator can correct what stands in "
                    "transit. Ask one of them."
                )
            )
        quants = self._propose_to_count()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("In Transit Without a Transfer"),
            "res_model": "stock.quant",
            "views": [
                (
                    self.env.ref("stock.view_stock_quant_tree_inventory_editable").id,
                    "list",
                )
            ],
            "domain": [("id", "in", quants.ids)],
            "context": {"inventory_mode": True, "no_at_date": True},
            "help": self.env._(
                "<p>Nothing stands in transit that belongs to no transfer.</p>"
            ),
        }

    def _propose_to_count(self):
        """Write down what should stand in transit, to be applied or cleared.

        :return: the quants that are to be looked at, also those without a proposal
        """
        right = self._find_old_goods_in_transit()
        found = self.env["stock.quant"].sudo().browse(quant.id for quant in right)
        by_quantity = defaultdict(list)
        for quant in found - found._filter_expected_by_others():
            by_quantity[right[quant]].append(quant.id)
        quants = self.env["stock.quant"].with_context(inventory_mode=True)
        for quantity, ids in by_quantity.items():
            quants.browse(ids).inventory_quantity = quantity
        return found


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _filter_expected_by_others(self):
        """Return what a picking of no transfer may wait for in transit."""
        expected = defaultdict(list)
        for product, location in self.env["stock.move"]._read_group(
            [
                ("product_id", "in", self.product_id.ids),
                ("location_id", "parent_of", self.location_id.ids),
                ("transfer_line_id", "=", False),
                ("state", "not in", ("draft", "done", "cancel")),
            ],
            ["product_id", "location_id"],
        ):
            expected[product].append(location)
        return self.filtered(
            lambda quant: (
                quant.quantity > 0
                and any(map(quant.location_id._child_of, expected[quant.product_id]))
            )
        )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    def action_put_old_goods_right(self):
        """Open what stands in transit and belongs to no transfer, to be corrected."""
        return self.company_id.action_put_old_goods_right()
