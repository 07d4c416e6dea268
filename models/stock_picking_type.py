from odoo import api, models
from odoo.exceptions import ValidationError


class StockPickingType(models.Model):
    _inherit = "stock.picking.type"

    @api.constrains("create_backorder")
    def _check_transfer_backorder(self):
        """What was not shipped or counted stays open, until somebody closes it."""
        never = self.filtered(lambda each: each.create_backorder == "never")
        stores = self.env["stock.warehouse"].sudo()
        if never and stores.search_count(
            [
                "|",
                ("transfer_out_type_id", "in", never.ids),
                ("transfer_in_type_id", "in", never.ids),
            ],
            limit=1,
        ):
            raise ValidationError(
                self.env._(
                    "Store transfers keep what is not done: choose to ask for "
                    "backorders or to make them always."
                )
            )
