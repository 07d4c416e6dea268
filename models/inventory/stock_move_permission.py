from odoo import models

from ...tools.permission import PERMISSION
from ...tools.roles import GROUP_INVENTORY

# Whose fields say where goods are, and what of them is reserved.
STOCK_MODULES = {"stock", "store_transfer"}


class StockMove(models.Model):
    """Who may change a transfer's moves, and who may touch them at all."""

    _inherit = "stock.move"

    def _may_change_transfer(self):
        """Tell whether no person writes here: it is a step, Odoo's work, or sudo."""
        return self.env.su or PERMISSION.is_on(self.env)

    def _check_may_touch_transfer(self, vals=None):
        """Let only those work on a transfer's moves who work on any picking.

        Other apps let their users write moves; these are not theirs.

        :param vals: what is written; what is no matter of stock, as a value, may be
        :raise AccessError: naming the transfer
        """
        if self._may_change_transfer() or self.env.user.has_group(GROUP_INVENTORY):
            return
        if vals is not None and not any(
            STOCK_MODULES & set(self._fields[name]._modules) for name in vals
        ):
            return
        if transfer := self._get_transfers()[:1]:
            transfer._refuse_without_inventory_rights()
