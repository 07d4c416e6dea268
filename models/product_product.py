from odoo import fields, models
from odoo.fields import Domain

from .transfer_work import TransferWork


class ProductProduct(models.Model):
    _inherit = "product.product"

    transfer_assortment_of = fields.Many2many(
        "stock.warehouse",
        store=False,
        search="_search_transfer_assortment_of",
        help="To search for the products that a store carries.",
    )

    def _search_transfer_assortment_of(self, operator, value):
        """Find what all the given stores carry; no store carries everything."""
        if operator != "in":
            return NotImplemented
        stores = self.env["stock.warehouse"].browse(filter(None, value))
        return Domain.AND(store._get_assortment_domain() for store in stores)

    def _prepare_transfer_work(self):
        """Return what a step of a transfer needs to know before it moves these."""
        orderpoints = self.env["stock.warehouse.orderpoint"].sudo()
        has_orderpoints = orderpoints.with_context(active_test=False).search_count(
            [("product_id", "in", self.ids)], limit=1
        )
        return TransferWork(skips_orderpoints=not has_orderpoints)
