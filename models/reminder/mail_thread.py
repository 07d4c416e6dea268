from odoo import models


class MailThread(models.AbstractModel):
    """A message may be sent by e-mail to who has Odoo's other ones in the inbox."""

    _inherit = "mail.thread"

    def _get_notify_valid_parameters(self):
        return super()._get_notify_valid_parameters() | {"transfer_by_email"}

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if kwargs.get("transfer_by_email"):
            for recipient in recipients:
                recipient["notif"] = "email"
        return recipients
