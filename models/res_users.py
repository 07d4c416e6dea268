from odoo import fields, models

from .store_transfer_access import GROUP_APPROVER


class ResUsers(models.Model):
    _inherit = "res.users"

    transfer_store_ids = fields.Many2many(
        "stock.warehouse",
        "store_transfer_staff_rel",
        "user_id",
        "warehouse_id",
        string="Stores",
        help="The stores this user works for in Store Transfer.",
    )

    def _counts_blind(self):
        """Tell whether any store that this user counts for has blind counts."""
        self.ensure_one()
        return not self.has_group(GROUP_APPROVER) and any(
            self.sudo().transfer_store_ids.mapped("transfer_blind_count")
        )
