from odoo import api, fields, models
from odoo.exceptions import UserError


class StoreTransferCountLine(models.Model):
    """What came of one product, or of one of its lots. In the product's unit."""

    _name = "store.transfer.count.line"
    _description = "Store Transfer Count Line"
    _inherit = ["store.transfer.guard"]
    _order = "count_id, transfer_line_id, id"
    _rec_name = "product_id"
    _step_fields = frozenset(
        {"count_id", "transfer_line_id", "lot_id", "expected_quantity", "is_extra_lot"}
    )

    count_id = fields.Many2one(
        "store.transfer.count", required=True, index=True, ondelete="cascade"
    )
    transfer_id = fields.Many2one(related="count_id.transfer_id")
    count_state = fields.Selection(related="count_id.state")
    transfer_line_id = fields.Many2one(
        "store.transfer.line", required=True, index=True, ondelete="cascade"
    )
    product_id = fields.Many2one(related="transfer_line_id.product_id", store=True)
    default_code = fields.Char(related="product_id.default_code", string="SKU")
    barcode = fields.Char(related="product_id.barcode")
    stock_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    lot_id = fields.Many2one("stock.lot", readonly=True)
    lot_name = fields.Char(
        string="New Lot", help="The lot or serial number that a third party brought."
    )
    needs_lot_name = fields.Boolean(compute="_compute_needs_lot_name")
    is_extra_lot = fields.Boolean(
        readonly=True, help="One more lot of a product that the line above is about."
    )
    expected_quantity = fields.Float(
        string="Expected", digits="Product Unit", readonly=True
    )
    received_quantity = fields.Float(
        related="transfer_line_id.received_quantity", string="Received Before"
    )
    counted_quantity = fields.Float(string="Counted", digits="Product Unit")
    difference_quantity = fields.Float(
        string="Difference", digits="Product Unit", compute="_compute_difference"
    )

    _counted_not_negative = models.Constraint(
        "CHECK (counted_quantity >= 0)", "Nothing can be counted below zero."
    )

    @api.depends("product_id.tracking", "transfer_id.kind")
    def _compute_needs_lot_name(self):
        for line in self:
            line.needs_lot_name = (
                line.product_id.tracking != "none"
                and line.transfer_id.kind == "receipt"
            )

    @api.depends("counted_quantity", "expected_quantity")
    def _compute_difference(self):
        for line in self:
            line.difference_quantity = line.stock_uom_id.round(
                line.counted_quantity - line.expected_quantity
            )

    def write(self, vals):
        if not self.env.su:
            self.count_id._check_may_count()
            self._check_possible(vals)
        return super().write(vals)

    def _check_possible(self, vals):
        quantity = vals.get("counted_quantity", 0)
        for line in self:
            if abs(line.stock_uom_id.round(quantity) - quantity) > 1e-6:
                raise UserError(
                    self.env._(
                        "%(product)s: %(quantity)g %(unit)s is not possible in this "
                        "unit.",
                        product=line.product_id.display_name,
                        quantity=quantity,
                        unit=line.stock_uom_id.name,
                    )
                )

    def action_add_lot(self):
        """Add a row for one more lot of this product."""
        self.ensure_one()
        self.count_id._check_may_count()
        self.sudo().create(
            {
                "count_id": self.count_id.id,
                "transfer_line_id": self.transfer_line_id.id,
                "is_extra_lot": True,
            }
        )
        return self.count_id._get_form_action()
