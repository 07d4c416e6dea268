from odoo import fields, models

from .webhook import ALLOWS_PRIVATE


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    transfer_webhook_allows_private = fields.Boolean(
        string="Webhooks Into Your Own Network",
        config_parameter=ALLOWS_PRIVATE,
        help="Head office may then enter addresses of your own network, and http://.",
    )
