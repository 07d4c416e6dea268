from odoo import models

from .transfer_work import TransferWork


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _prepare_transfer_work(self):
        """Return what a step of a transfer needs to know before it moves these."""
        orderpoints = self.env["stock.warehouse.orderpoint"].sudo()
        has_orderpoints = orderpoints.with_context(active_test=False).search_count(
            [("product_id", "in", self.ids)], limit=1
        )
        return TransferWork(skips_orderpoints=not has_orderpoints)
