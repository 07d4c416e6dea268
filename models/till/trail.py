from odoo import fields, models
from odoo.tools.mail import html2plaintext

# A till shows how it stands, and how that came; the back office has the whole of it.
MOST_STEPS = 30
MOST_MESSAGES = 30


class StoreTransferTill(models.AbstractModel):
    """What happened to a transfer, in the words of the back office."""

    _inherit = "store.transfer.till"

    def _prepare_trail(self, transfer):
        """Return the last steps of a transfer, the newest first.

        :return: dicts with ``id``, ``date`` (in UTC), ``step`` and ``origin`` (in
            words), ``icon``, ``person`` (with who was at the till, as the till says),
            ``changes`` (a text for each product: what was before, and after; none for
            who counts blind), ``is_reconstructed``
        """
        events = transfer.event_ids.search(
            [("transfer_id", "=", transfer.id)], limit=MOST_STEPS
        )
        return [
            {
                "id": event.id,
                "date": fields.Datetime.to_string(event.date),
                "step": self._get_label(event, "step"),
                "icon": event.icon,
                "person": event.person,
                "origin": self._get_label(event, "origin"),
                "changes": event.quantities.splitlines(),
                "is_reconstructed": event.is_reconstructed,
            }
            for event in events
        ]

    def _prepare_messages(self, transfer):
        """Return what was written about a transfer, the newest first.

        Where Odoo only tells which fields have changed, that is up to the trail.

        :return: dicts with ``id``, ``date`` (in UTC), ``author``, ``body`` (plain text)
        """
        # In sudo: tracked values are for administrators; here it is asked for none.
        messages = self.env["mail.message"].sudo()
        written = messages.search(
            [
                ("model", "=", transfer._name),
                ("res_id", "=", transfer.id),
                ("message_type", "!=", "user_notification"),
                ("body", "!=", False),
                ("tracking_value_ids", "=", False),
            ],
            limit=MOST_MESSAGES,
        ).sudo(False)
        return [
            {
                "id": message.id,
                "date": fields.Datetime.to_string(message.date),
                # In sudo: whoever wrote it may work elsewhere by now.
                "author": message.author_id.sudo().name or message.email_from or "",
                "body": html2plaintext(message.body),
            }
            for message in written
        ]
