from odoo import fields, models


class StoreTransferClose(models.TransientModel):
    """Close what was not shipped, with a reason."""

    _name = "store.transfer.close"
    _description = "Close the Rest of a Store Transfer"
    _inherit = ["store.transfer.wizard"]
    _step = "close"

    kind = fields.Selection(related="transfer_id.kind")
    to_ship_by_unit = fields.Char(related="transfer_id.to_ship_by_unit")
    reason_id = fields.Many2one(
        "store.transfer.reason", required=True, domain=[("usage", "=", "close")]
    )
    note = fields.Char()

    def action_close(self):
        transfer = self._start()
        self.reason_id._check_usable(
            "close", transfer.company_id, is_of_vendor=transfer.kind == "receipt"
        )
        with transfer._stock_work("close") as working:
            working._do_close(self.reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}
