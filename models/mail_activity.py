from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _to_store_defaults(self, target):
        """Tell the name as well, which is the type's where there is no summary.

        The chatter shows it then, but does not ask for it.
        """
        return [*super()._to_store_defaults(target), "display_name"]
