"""What *My Work* shows, compared with the activities that steps give."""

# By the activity: what the row says is to be done.
KINDS = {
    "approve": "approve",
    "ship": "ship",
    "count": "count",
    "take_back": "take_back",
    "rejected": "correct",
    "answer": "answer",
    "settle": "settle",
    "accept": "accept",
    "decide": "decide",
    "substitute": "substitute",
}


class WorkRule:
    """*My Work* is read off the transfers, activities are given at the end of a step.

    Both say the same, but for drafts, on which nobody waits.
    """

    def get_work(self, user, domain=()):
        """Return the rows that a user sees when the app opens, in their order."""
        # Each look is a request of its own.
        self.env["store.transfer.work"].invalidate_model()
        works = self.env["store.transfer.work"].with_user(user)
        works = works.with_context(allowed_company_ids=user.company_ids.ids)
        return works.search([("is_mine", "=", True), *domain])

    def get_kinds(self, user):
        """Return ``{(transfer, what is to be done)}``."""
        return {(work.transfer_id, work.kind) for work in self.get_work(user).sudo()}

    def assertWorkMatchesActivities(self, users):
        for user in users:
            kinds = {one for one in self.get_kinds(user) if one[1] != "submit"}
            self.assertEqual(kinds, self.get_activities(user), user.login)

    def get_activities(self, user):
        """Return ``{(transfer, what is to be done)}`` of a user's open activities."""
        kinds = {
            self.env.ref(f"store_transfer.mail_activity_type_{name}"): kind
            for name, kind in KINDS.items()
        }
        activities = self.env["mail.activity"].sudo()
        found = activities.search(
            [
                ("user_id", "=", user.id),
                ("res_model", "in", ["store.transfer", "store.transfer.discrepancy"]),
            ]
        )
        return {
            (self._get_transfer_of(activity), kinds[activity.activity_type_id])
            for activity in found
        }

    def _get_transfer_of(self, activity):
        record = self.env[activity.res_model].browse(activity.res_id)
        return record if record._name == "store.transfer" else record.transfer_id
