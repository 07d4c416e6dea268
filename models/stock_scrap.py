from odoo import models


class StockScrap(models.Model):
    _inherit = "stock.scrap"

    def _prepare_move_values(self):
        values = super()._prepare_move_values()
        values["transfer_line_id"] = self._get_transfer_line().id
        return values

    def _get_transfer_line(self):
        """Return the transfer line whose goods are scrapped on their way, if any."""
        self.ensure_one()
        transfer = self.picking_id.transfer_id.sudo()
        if self.location_id != transfer._get_transit_location():
            return self.env["store.transfer.line"]
        lines = transfer.line_ids.filtered(
            lambda line: line.product_id == self.product_id
        )
        return lines.sorted("in_transit_quantity", reverse=True)[:1]
