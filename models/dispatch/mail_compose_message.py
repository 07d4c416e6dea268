from odoo import models

from .mailing import TELLS_UNTIL


class MailComposeMessage(models.TransientModel):
    """The e-mail to a third party is somebody's, whatever address it comes from."""

    _inherit = "mail.compose.message"

    def _compute_authorship(self):
        computed = super()._compute_authorship()
        # Odoo would take the contact with the sender's address: the company, which
        # nobody is shown to when a mail fails.
        if self.env.context.get(TELLS_UNTIL):
            self.author_id = self.env.user.partner_id
        return computed
