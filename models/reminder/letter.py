from odoo import api, models

from ...tools.transfer_link import get_link

# Of more, it is said how many they are: nobody reads a list of thousands.
MOST_NAMED = 20


class StoreTransferReminder(models.Model):
    """What a user gets to read: no quantities, since who counts blind reads it."""

    _inherit = "store.transfer.reminder"

    @api.model
    def _send(self, user, news, number_known):
        """Send a user one message.

        :param news: ``[Waiting]``, of which they are told now
        :param number_known: of so many more that still wait they were told before
        """
        reminder = self.with_context(lang=user.lang)
        parts = reminder._prepare_parts(news)
        reminder.env["mail.thread"].message_notify(
            author_id=self.env.ref("base.partner_root").id,
            partner_ids=user.partner_id.ids,
            subject=" · ".join(part["heading"] for part in parts),
            body=reminder._render(parts, number_known),
            email_add_signature=False,
            force_send=False,
            transfer_by_email=user._is_reminded_by_email(),
        )
        # The mails are sent by Odoo's own queue, and tried again there.
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    @api.model
    def _render(self, parts, number_known):
        return self.env["ir.qweb"]._render(
            "store_transfer.reminder_message",
            {
                "parts": parts,
                "known": self._tell_known(number_known),
                "work_url": f"{self.get_base_url()}/odoo/store-transfer-work",
            },
        )

    @api.model
    def _prepare_parts(self, told):
        """Return what the message says, by the reason why the user is told."""
        return [
            {
                "heading": f"{title}: {len(of_reason)}",
                "explanation": explanation,
                "rows": self._prepare_rows(of_reason),
                "more": self._tell_more(len(of_reason) - MOST_NAMED),
            }
            for reason, (title, explanation) in self._get_titles().items()
            if (of_reason := [one for one in told if one.reason == reason])
        ]

    @api.model
    def _get_titles(self):
        """Return ``{reason: (title, explanation)}``."""
        return {
            "late": (
                self.env._("Waits for you"),
                self.env._(
                    "It should have been done by now, by you or by others of your "
                    "store."
                ),
            ),
            "alone": (
                self.env._("Nobody in the store can do it"),
                self.env._(
                    "The store has nobody who may do this, or nobody who can be told. "
                    "It is up to head office."
                ),
            ),
            "escalated": (
                self.env._("Waits too long in a store"),
                self.env._("It is up to the store, and nobody there has done it yet."),
            ),
        }

    @api.model
    def _tell_known(self, number):
        if not number:
            return ""
        if number == 1:
            return self.env._("You were told before of 1 more, and it still waits.")
        return self.env._(
            "You were told before of %s more, and they still wait.", number
        )

    @api.model
    def _tell_more(self, number):
        if number <= 0:
            return ""
        return self.env._("And %s more; My Work shows all of them.", number)

    @api.model
    def _prepare_rows(self, told):
        """Return the rows of what is told, the latest first."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        base_url = self.get_base_url()
        longest = sorted(told, key=lambda one: (-one.days, one.number))
        return [
            {
                "url": get_link(base_url, one.number),
                "number": one.number,
                "what": kinds[one.kind],
                "route": one.route,
                "whose": "" if one.reason == "late" else one.store,
                "lateness": self._tell_lateness(one.days),
            }
            for one in longest[:MOST_NAMED]
        ]

    @api.model
    def _tell_lateness(self, days):
        if days <= 0:
            return self.env._("not late yet")
        if days == 1:
            return self.env._("one day late")
        return self.env._("%s days late", days)
