from odoo import models


class StoreTransferTurns(models.AbstractModel):
    """Gives an activity to everybody whose turn it is, and takes it away afterwards."""

    _name = "store.transfer.turns"
    _description = "Whose turn it is"
    _inherit = ["mail.activity.mixin"]

    def _get_turns(self):
        """Return whose turn it is: list of (activity type, side, group)."""
        return []

    def _get_turn_users(self, side, group):
        """Return the users of a side, see ``_get_side_users``."""
        return self._get_side_users(side, group)

    def _get_turn_deadline(self):
        return self.expected_date

    def _sync_activities(self):
        """Give an activity to everybody whose turn it is, and to nobody else."""
        wanted, types = {}, {}
        for record in self.sudo():
            for xmlid, side, group in record._get_turns():
                if xmlid not in types:
                    types[xmlid] = self.env.ref(f"store_transfer.{xmlid}")
                activity_type = types[xmlid]
                for user in record._get_turn_users(side, group):
                    key = (record.id, activity_type.id, user.id)
                    wanted[key] = record._prepare_activity_values(activity_type, user)
        activities = self.env["mail.activity"].sudo()
        existing = activities.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "in", self._get_activity_types().ids),
            ]
        )
        stale = activities
        for activity in existing:
            key = (activity.res_id, activity.activity_type_id.id, activity.user_id.id)
            if key in wanted:
                del wanted[key]
            else:
                stale |= activity
        stale.unlink()
        if wanted:
            # An activity shows the name of what it is about: read for all at once.
            self.sudo().mapped("display_name")
        # One mail for each colleague would be noise; the list of activities is enough.
        activities.with_context(mail_activity_quick_update=True).create(
            list(wanted.values())
        )

    def _get_activity_types(self):
        return (
            self.env["mail.activity.type"]
            .sudo()
            .search([("res_model", "=", self._name)])
        )

    def _prepare_activity_values(self, activity_type, user):
        return {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "activity_type_id": activity_type.id,
            "summary": activity_type.with_context(lang=user.lang).summary,
            "note": self._get_activity_note(activity_type, user),
            "date_deadline": self._get_turn_deadline(),
            "user_id": user.id,
            "automated": True,
        }

    def _get_activity_note(self, activity_type, user):
        """Return what an activity says in addition, in the user's language."""
        return False

    def _notify_users(self, users, tell):
        """Notify each user in their own language.

        :param tell: gets this record in that language; returns the subject and the body
        """
        for language, readers in users.grouped("lang").items():
            record = self.with_context(lang=language)
            subject, body = tell(record)
            record.message_notify(
                partner_ids=readers.partner_id.ids, subject=subject, body=body
            )
