from odoo import api, models

from ...tools.roles import GROUP_INVENTORY


class StockReference(models.Model):
    """Ties a transfer's moves together; Odoo lets everybody write references."""

    _inherit = "stock.reference"

    @api.model_create_multi
    def create(self, vals_list):
        references = super().create(vals_list)
        references._check_may_touch_transfer()
        return references

    def write(self, vals):
        self._check_may_touch_transfer()
        result = super().write(vals)
        self._check_may_touch_transfer()
        return result

    def _check_may_touch_transfer(self):
        """Let only those write a transfer's references who work on any picking.

        :raise AccessError: naming the transfer
        """
        moves = self.env["stock.move"]
        if moves._may_change_transfer() or self.env.user.has_group(GROUP_INVENTORY):
            return
        transfers = self.env["store.transfer"].sudo()
        of_moves = self.sudo().move_ids.transfer_line_id.transfer_id
        own = transfers.search([("stock_reference_id", "in", self.ids)], limit=1)
        if transfer := (of_moves | own)[:1]:
            transfer._refuse_without_inventory_rights()
