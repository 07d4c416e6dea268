from markupsafe import Markup

from odoo import models

from ...tools.person import get_cashier, get_person


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_compute_author(self, author_id=None, email_from=None):
        """Name the person who did a step, not the system that worked for them."""
        person = get_person(self.env)
        if person != self.env.user and author_id is None and not email_from:
            author_id = person.partner_id.id
        return super()._message_compute_author(author_id, email_from)

    def _message_create(self, values_list):
        """Say in each message of a step who was at the till."""
        if cashier := get_cashier(self.env):
            said = self.env._("At the till: %s", cashier)
            note = Markup('<div class="text-muted">%s</div>') % said
            values_list = [
                {**values, "body": Markup("%s%s") % (values.get("body") or "", note)}
                for values in values_list
            ]
        return super()._message_create(values_list)

    def _notify_users(self, users, tell):
        """Notify each user in their own language, and with the time where they are.

        :param tell: gets this record as they read it; returns the subject and the body
        """
        alike = users.grouped(lambda user: (user.lang, user.tz))
        for (lang, tz), readers in alike.items():
            record = self.with_context(lang=lang, tz=tz)
            subject, body = tell(record)
            record.message_notify(
                partner_ids=readers.partner_id.ids, subject=subject, body=body
            )
