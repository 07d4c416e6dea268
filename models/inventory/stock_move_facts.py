from odoo import models


class StockMove(models.Model):
    """What a transfer remembers of its moves: when they were done, at what cost."""

    _inherit = "stock.move"

    def write(self, vals):
        result = super().write(vals)
        # In the Inventory app somebody says that it was done on another day.
        if "date" in vals and (done := self._get_done_of_transfers()):
            done._get_transfers()._sync_goods_dates()
        return result

    def _keep_unit_cost(self):
        """Write down what goods cost that are about to be moved for the first time."""
        lines = self._get_first_leg_to_do().sudo().transfer_line_id
        lines.filtered(lambda line: not line.shipped_quantity)._keep_unit_cost()
