from odoo import models
from odoo.exceptions import UserError

from ...tools.states import OPEN_STATES


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def write(self, vals):
        for name in {"uom_id", "tracking", "is_storable"} & vals.keys():
            changed = self.filtered(
                lambda template, name=name: (
                    template._fields[name].convert_to_write(template[name], template)
                    != vals[name]
                )
            )
            changed._check_not_on_open_transfer()
            if name == "uom_id":
                changed._check_was_not_transferred()
        return super().write(vals)

    def _check_was_not_transferred(self):
        """Refuse another unit for what was transferred.

        Odoo would make ten dozen of the ten units that were moved, and leave what was
        asked for and counted as it is.
        """
        move = (
            self.env["stock.move"]
            .sudo()
            .search(
                [
                    ("product_id.product_tmpl_id", "in", self.ids),
                    ("transfer_line_id", "!=", False),
                ],
                limit=1,
            )
        )
        if move:
            raise UserError(
                self.env._(
                    "%(product)s was on store transfer %(transfer)s, in %(unit)s: its "
                    "unit can't change any more. Archive it, and create a new product.",
                    product=move.product_id.display_name,
                    transfer=move.transfer_line_id.transfer_id.name,
                    unit=move.product_uom.name,
                )
            )

    def _check_not_on_open_transfer(self):
        """Refuse to change how a product is counted while it is on its way."""
        line = (
            self.env["store.transfer.line"]
            .sudo()
            .search(
                [
                    ("product_id.product_tmpl_id", "in", self.ids),
                    ("state", "in", OPEN_STATES),
                ],
                limit=1,
            )
        )
        if line:
            raise UserError(
                self.env._(
                    "%(product)s is on store transfer %(transfer)s. Finish that first: "
                    "its unit and its tracking can't change on the way.",
                    product=line.product_id.display_name,
                    transfer=line.transfer_id.name,
                )
            )
