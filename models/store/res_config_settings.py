from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    transfer_main_store_id = fields.Many2one(
        related="company_id.transfer_main_store_id", readonly=False
    )
    transfer_block_shortage = fields.Boolean(
        related="company_id.transfer_block_shortage", readonly=False
    )
    transfer_till_pin = fields.Boolean(
        related="company_id.transfer_till_pin", readonly=False
    )
    transfer_import_rows = fields.Integer(
        related="company_id.transfer_import_rows", readonly=False
    )
    transfer_import_megabytes = fields.Integer(
        related="company_id.transfer_import_megabytes", readonly=False
    )
    transfer_import_background_rows = fields.Integer(
        related="company_id.transfer_import_background_rows", readonly=False
    )
    transfer_approve_days = fields.Integer(
        related="company_id.transfer_approve_days", readonly=False
    )
    transfer_transit_days = fields.Integer(
        related="company_id.transfer_transit_days", readonly=False
    )
    transfer_answer_days = fields.Integer(
        related="company_id.transfer_answer_days", readonly=False
    )
    transfer_undo_days = fields.Integer(
        related="company_id.transfer_undo_days", readonly=False
    )
    transfer_surplus_policy = fields.Selection(
        related="company_id.transfer_surplus_policy", readonly=False, required=True
    )
    transfer_surplus_percent = fields.Float(
        related="company_id.transfer_surplus_percent", readonly=False
    )
    transfer_surplus_pieces = fields.Float(
        related="company_id.transfer_surplus_pieces", readonly=False
    )
