from odoo import fields, models


class ResUsers(models.Model):
    """How a user wants to be reminded of what waits for them."""

    _inherit = "res.users"

    transfer_reminder = fields.Selection(
        [
            ("odoo", "Like Odoo's other messages"),
            ("email", "By e-mail"),
            ("none", "Not at all"),
        ],
        string="Reminders of Transfers",
        default="odoo",
        required=True,
        help="One message for all that has become late, and only then. What waits for "
        "you is in My Work and among your activities in any case.",
    )

    @property
    def SELF_READABLE_FIELDS(self):  # noqa: N802
        return [*super().SELF_READABLE_FIELDS, "transfer_reminder"]

    @property
    def SELF_WRITEABLE_FIELDS(self):  # noqa: N802
        return [*super().SELF_WRITEABLE_FIELDS, "transfer_reminder"]

    def _is_reminded_by_email(self):
        return "email" in (self.transfer_reminder, self.notification_type)

    def _can_be_reminded(self):
        """Tell whether a reminder would reach this user, and is wanted."""
        self.ensure_one()
        if self.transfer_reminder == "none":
            return False
        return bool(self.email_normalized) or not self._is_reminded_by_email()
