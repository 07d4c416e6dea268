from odoo import api, models


class MailActivity(models.Model):
    """Activities of transfers have no summary: the name of their type is shown.

    That is in the language of whoever reads it.
    """

    _inherit = "mail.activity"

    @api.depends_context("lang")
    def _compute_display_name(self):
        return super()._compute_display_name()

    def _to_store_defaults(self, target):
        # The chatter shows the name, but does not ask for it.
        return [*super()._to_store_defaults(target), "display_name"]
