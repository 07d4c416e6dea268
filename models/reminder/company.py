from odoo import api, fields, models
from odoo.exceptions import ValidationError

# What there is to do, by the pair of limits that it is under.
LIMITS = {
    "approve": ("approve", "correct", "substitute"),
    "ship": ("ship",),
    "receive": ("count", "take_back"),
    "difference": ("answer", "settle", "accept", "decide"),
}
LIMIT_OF = {kind: name for name, kinds in LIMITS.items() for kind in kinds}
REMINDER_FIELDS = [
    f"transfer_{what}_{name}_days" for name in LIMITS for what in ("remind", "escalate")
]
# A day that is further away is no date any more.
MOST_DAYS = 3650


class ResCompany(models.Model):
    """How late a step is when who has to do it is reminded, and head office is told."""

    _inherit = "res.company"

    transfer_remind_approve_days = fields.Integer(
        string="Remind to Approve",
        default=1,
        required=True,
        help="So many days after a transfer, or a substitute, should have been "
        "answered, or a rejected one corrected, who has to do it is reminded. "
        "Never: 0.",
    )
    transfer_escalate_approve_days = fields.Integer(
        string="Tell Head Office of Approvals",
        default=3,
        required=True,
        help="So many days after it should have been answered, head office is told. "
        "Never: 0.",
    )
    transfer_remind_ship_days = fields.Integer(
        string="Remind to Ship",
        default=1,
        required=True,
        help="So many days after goods should have left, the source is reminded. "
        "Never: 0.",
    )
    transfer_escalate_ship_days = fields.Integer(
        string="Tell Head Office of Shipments",
        default=3,
        required=True,
        help="So many days after goods should have left, head office is told. "
        "Never: 0.",
    )
    transfer_remind_receive_days = fields.Integer(
        string="Remind to Receive",
        default=1,
        required=True,
        help="So many days after goods were expected, or have come back, who has to "
        "receive them is reminded. Never: 0.",
    )
    transfer_escalate_receive_days = fields.Integer(
        string="Tell Head Office of Goods Not Received",
        default=3,
        required=True,
        help="So many days after goods were expected, or have come back, head office "
        "is told. Never: 0.",
    )
    transfer_remind_difference_days = fields.Integer(
        string="Remind of Differences",
        default=1,
        required=True,
        help="So many days after a difference should have been settled, whose turn it "
        "is is reminded. Never: 0.",
    )
    transfer_escalate_difference_days = fields.Integer(
        string="Tell Head Office of Differences",
        default=7,
        required=True,
        help="So many days after a difference should have been settled, head office is "
        "told. Never: 0.",
    )

    # Not by the database: what is no number there at all would be no sentence.
    @api.constrains(*REMINDER_FIELDS)
    def _check_reminder_days(self):
        for company in self:
            if not all(0 <= company[name] <= MOST_DAYS for name in REMINDER_FIELDS):
                raise ValidationError(
                    self.env._(
                        "The days of reminders are from 0 to %s. Enter 0 to remind "
                        "nobody.",
                        MOST_DAYS,
                    )
                )

    def _get_reminder_days(self, kind):
        """Return after how many days people are reminded, and head office is told.

        :param kind: what there is to do, as ``store.transfer.work`` says
        :return: two numbers; 0 stands for never
        """
        name = LIMIT_OF[kind]
        return (
            self[f"transfer_remind_{name}_days"],
            self[f"transfer_escalate_{name}_days"],
        )
