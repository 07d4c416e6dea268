from odoo import fields, models


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
