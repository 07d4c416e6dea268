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
        return super().write(vals)

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
