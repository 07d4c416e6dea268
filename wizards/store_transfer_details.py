import base64

from odoo import api, fields, models

from ..spreadsheets.details import build_details


class StoreTransferDetails(models.TransientModel):
    """The lines of one or many transfers as a spreadsheet, made when it is fetched."""

    _name = "store.transfer.details"
    _description = "Details of Store Transfers to Download"
    _inherit = ["store.transfer.reach"]

    transfer_ids = fields.Many2many("store.transfer", readonly=True)
    file = fields.Binary(compute="_compute_file")

    @api.depends("transfer_ids")
    @api.depends_context("lang")
    def _compute_file(self):
        for details in self:
            transfers = details.transfer_ids
            transfers.check_access("read")
            transfers._check_shows_lines()
            details.file = base64.b64encode(build_details(transfers))
