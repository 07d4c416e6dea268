from odoo import models
from odoo.fields import Command


class StockScrap(models.Model):
    _inherit = "stock.scrap"

    def do_scrap(self):
        if not self.picking_id.transfer_id:
            return super().do_scrap()
        # The move belongs to the line whose goods are scrapped. On a picking that is
        # done, it is done when it is created, before Odoo does it.
        with self.picking_id.move_ids._stock_work() as moves:
            return super(StockScrap, self.with_env(moves.env)).do_scrap()

    def _prepare_move_values(self):
        values = super()._prepare_move_values()
        line = self._get_transfer_line()
        values["transfer_line_id"] = line.id
        values["transfer_flow"] = "scrapped" if line else False
        # What it takes is taken from what its transfer has in transit, no other.
        values["move_orig_ids"] = [Command.set(line._get_moves_into_transit().ids)]
        return values

    def _get_transfer_line(self):
        """Return the transfer line whose goods are scrapped on their way, if any."""
        self.ensure_one()
        transfer = self.picking_id.transfer_id.sudo()
        leaves_transit = self.location_id == transfer._get_transit_location()
        # Over RPC, goods could be "scrapped" into any place.
        if not leaves_transit or self.scrap_location_id.usage != "inventory":
            return self.env["store.transfer.line"]
        lines = transfer.line_ids.filtered(
            lambda line: line.product_id == self.product_id
        )
        return lines.sorted("in_transit_quantity", reverse=True)[:1]
