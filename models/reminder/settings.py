from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    transfer_remind_approve_days = fields.Integer(
        related="company_id.transfer_remind_approve_days", readonly=False
    )
    transfer_escalate_approve_days = fields.Integer(
        related="company_id.transfer_escalate_approve_days", readonly=False
    )
    transfer_remind_ship_days = fields.Integer(
        related="company_id.transfer_remind_ship_days", readonly=False
    )
    transfer_escalate_ship_days = fields.Integer(
        related="company_id.transfer_escalate_ship_days", readonly=False
    )
    transfer_remind_receive_days = fields.Integer(
        related="company_id.transfer_remind_receive_days", readonly=False
    )
    transfer_escalate_receive_days = fields.Integer(
        related="company_id.transfer_escalate_receive_days", readonly=False
    )
    transfer_remind_difference_days = fields.Integer(
        related="company_id.transfer_remind_difference_days", readonly=False
    )
    transfer_escalate_difference_days = fields.Integer(
        related="company_id.transfer_escalate_difference_days", readonly=False
    )
