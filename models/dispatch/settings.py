from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    transfer_mail_dispatch = fields.Boolean(
        related="company_id.transfer_mail_dispatch", readonly=False
    )
