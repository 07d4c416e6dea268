from odoo import fields, models

from .store_transfer_access import GROUP_APPROVER, GROUP_HEAD_OFFICE, GROUP_STAFF


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

    def _sees_own_stock_only(self):
        """Tell whether it is only as staff of their stores that they deal with stock.

        Odoo lets every internal user read stock and move lines, which would tell them
        what is on its way. Whoever may read moves has rights of an app: Inventory,
        Point of Sale, Sales, Purchase, Manufacturing. Nothing is kept from them.
        """
        self.ensure_one()
        return (
            self.has_group(GROUP_STAFF)
            and not self.has_group(GROUP_HEAD_OFFICE)
            and not self.env["stock.move"].with_user(self).has_access("read")
        )

    def _sees_own_lots_only(self):
        """Tell whether lots on their way are kept secret; approvers settle them."""
        return self._sees_own_stock_only() and not self.has_group(GROUP_APPROVER)
