from odoo import fields, models


class StoreTransferReject(models.TransientModel):
    """Reject transfers, with a reason that the initiator is told."""

    _name = "store.transfer.reject"
    _description = "Reject Store Transfers"
    _inherit = ["store.transfer.reach"]

    transfer_ids = fields.Many2many("store.transfer", required=True, readonly=True)
    reason_id = fields.Many2one(
        "store.transfer.reason", required=True, domain=[("usage", "=", "reject")]
    )
    note = fields.Text()

    def action_reject(self):
        self._check_saved()
        transfers = self.transfer_ids._start_step("reject")
        self.reason_id._check_usable("reject", transfers.company_id)
        transfers._do_reject(self.reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}
