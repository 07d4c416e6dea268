from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.ids import is_id

# What became of goods that are short.
SETTLED_AS = [
    ("not_sent", "Not sent: back into the source's stock"),
    ("returned", "Returned: the source receives it"),
    ("lost", "Lost"),
    ("damaged", "Damaged: scrapped"),
]


class StoreTransferReason(models.Model):
    """Why something did not go as asked: chosen from a list that can be counted."""

    _name = "store.transfer.reason"
    _description = "Store Transfer Reason"
    _inherit = ["store.transfer.reach"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    usage = fields.Selection(
        [
            ("reject", "Rejecting a transfer, or some of it"),
            ("close", "Closing what was not shipped"),
            ("short", "Settling what is short"),
            ("surplus", "Deciding on a surplus"),
        ],
        required=True,
        default="reject",
    )
    outcome = fields.Selection(
        SETTLED_AS,
        string="Usually Means",
        help="What is proposed as soon as this reason is chosen. Empty: whoever "
        "settles says it.",
    )
    is_supply_cut = fields.Boolean(
        string="Supply Cut",
        help="The source could not deliver: what is cut for this reason counts against "
        "it in the supply fill rate. Not so where the destination did not want it.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty to offer this reason in every company."
    )

    @api.model
    def _find_chosen(self, reason_id):
        """Return the reason that somebody chose, or none where there is none."""
        return self.search([("id", "=", reason_id)]) if is_id(reason_id) else self

    def _check_usable(self, usage, companies):
        """Refuse a reason that is for something else, or somebody else's."""
        self.ensure_one()
        other_company = self.company_id and companies != self.company_id
        if self.usage != usage or not self.active or other_company:
            raise UserError(
                self.env._("Choose a reason from the list: this one is not for it.")
            )
