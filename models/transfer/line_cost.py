from odoo import fields, models


class StoreTransferLine(models.Model):
    """What the goods of a line are worth, as it was when they left."""

    _inherit = "store.transfer.line"

    unit_cost = fields.Float(
        min_display_digits="Product Price",
        readonly=True,
        copy=False,
        aggregator=None,
        help="What one of the stock unit cost the company when it was first shipped; "
        "before that, when it was submitted or approved. In the company's currency.",
    )

    def _keep_unit_cost(self):
        """Write down what the goods cost now."""
        for company, lines in self.grouped("company_id").items():
            # In sudo: what goods cost may be out of reach of store staff.
            products = lines.product_id.sudo().with_company(company)
            costs = {product.id: product.standard_price for product in products}
            by_cost = lines.grouped(lambda line, costs=costs: costs[line.product_id.id])
            for cost, of_cost in by_cost.items():
                of_cost.unit_cost = cost
