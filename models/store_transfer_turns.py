from odoo import api, models


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

    @api.model
    def _get_domain_of_turns(self, stores, companies):
        """Return the domain of the records on which somebody of these has a turn.

        :param stores: ``stock.warehouse``, on either side
        :param companies: those whose head office has a turn
        """
        raise NotImplementedError

    @api.model
    def _sync_activities_of(self, stores, companies):
        """Give the activities of these stores to who works there now.

        :param companies: those whose head office has changed
        """
        if stores or companies:
            domain = self._get_domain_of_turns(stores, companies)
            self.search(domain)._sync_activities()

    def _sync_activities(self):
        """Give an activity to everybody whose turn it is, and to nobody else."""
        wanted = self._get_wanted_activities()
        stale = []
        for activity in self._get_open_activities():
            key = (activity.res_id, activity.activity_type_id, activity.user_id)
            if wanted.pop(key, None) is None:
                stale.append(activity.id)
        activities = self.env["mail.activity"].sudo()
        activities.browse(stale).unlink()
        if wanted:
            # An activity shows the name of what it is about: read for all at once.
            self.sudo().mapped("display_name")
        # One mail for each colleague would be noise; the list of activities is enough.
        activities.with_context(mail_activity_quick_update=True).create(
            [
                record._prepare_activity_values(activity_type, user)
                for (_id, activity_type, user), record in wanted.items()
            ]
        )

    def _get_wanted_activities(self):
        """Return ``{(id, activity type, user): record}`` for all whose turn it is."""
        wanted, types = {}, {}
        for record in self.sudo():
            for xmlid, side, group in record._get_turns():
                if xmlid not in types:
                    types[xmlid] = self.sudo().env.ref(f"store_transfer.{xmlid}")
                for user in record._get_turn_users(side, group):
                    wanted[record.id, types[xmlid], user] = record
        return wanted

    def _get_open_activities(self):
        """Return the activities that steps have made on these records."""
        types = (
            self.env["mail.activity.type"]
            .sudo()
            .search([("res_model", "=", self._name)])
        )
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "in", types.ids),
                ]
            )
        )

    def _prepare_activity_values(self, activity_type, user):
        """Return the values of an activity; it has no summary.

        Odoo then shows the name of its type, in the language of whoever reads it.
        """
        return {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "activity_type_id": activity_type.id,
            "note": self._get_activity_note(activity_type),
            "date_deadline": self._get_turn_deadline(),
            "user_id": user.id,
            "automated": True,
        }

    def _get_activity_note(self, activity_type):
        """Return what an activity says in addition, in no language."""
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
