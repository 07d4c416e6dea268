from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.quantities import format_quantity


class StoreTransferQuantityLine(models.AbstractModel):
    """A transfer line in a wizard, with a quantity to choose in the product's unit."""

    _name = "store.transfer.quantity.line"
    _description = "Transfer Line with a Quantity"
    _inherit = ["store.transfer.guard"]

    line_id = fields.Many2one(
        "store.transfer.line", required=True, readonly=True, ondelete="cascade"
    )
    product_id = fields.Many2one(related="line_id.product_id")
    default_code = fields.Char(related="line_id.default_code", string="SKU")
    stock_uom_id = fields.Many2one(related="line_id.stock_uom_id", string="Unit")
    asked_quantity = fields.Float(related="line_id.asked_quantity")
    quantity = fields.Float(digits="Product Unit")

    def _check_quantity(self, transfer, maximum):
        """Refuse another transfer's line and a quantity that can't be.

        :raise UserError: naming the product
        """
        self.ensure_one()
        values = {
            "product": self.product_id.display_name,
            "quantity": format_quantity(self.env, self.quantity),
            "maximum": format_quantity(self.env, maximum, self.stock_uom_id),
        }
        if self.line_id.transfer_id != transfer:
            raise UserError(
                self.env._("%(product)s is not on this transfer.", **values)
            )
        uom = self.stock_uom_id
        if uom.compare(self.quantity, 0) < 0 or uom.compare(self.quantity, maximum) > 0:
            raise UserError(
                self.env._(
                    "%(product)s: choose between 0 and %(maximum)s, not %(quantity)s.",
                    **values,
                )
            )
        if error := self.product_id._get_quantity_error(self.quantity, uom):
            raise UserError(error)
