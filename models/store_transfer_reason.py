from odoo import fields, models


class StoreTransferReason(models.Model):
    """Why something did not go as asked: chosen from a list that can be counted."""

    _name = "store.transfer.reason"
    _description = "Store Transfer Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    usage = fields.Selection(
        [
            ("reject", "Rejecting a transfer"),
            ("close", "Closing what was not shipped"),
        ],
        required=True,
        default="reject",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty to offer this reason in every company."
    )
