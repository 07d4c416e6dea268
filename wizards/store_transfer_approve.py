from odoo import api, fields, models
from odoo.exceptions import UserError


class StoreTransferApprove(models.TransientModel):
    """Approve a transfer for less than was asked, line by line."""

    _name = "store.transfer.approve"
    _description = "Approve a Store Transfer for Less"
    _inherit = ["store.transfer.wizard"]
    _step = "approve"

    line_ids = fields.One2many(
        "store.transfer.approve.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("transfer_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [
                fields.Command.create(
                    {"line_id": line.id, "quantity": line.asked_quantity}
                )
                for line in wizard.transfer_id.line_ids
            ]

    def action_approve(self):
        transfer = self._start()
        for line in self.line_ids:
            line._check_quantity(self.transfer_id, line.line_id.asked_quantity)
        approved = {line.line_id: line.quantity for line in self.line_ids}
        if not any(approved.values()):
            raise UserError(
                self.env._("Approve at least one piece, or reject the transfer.")
            )
        transfer._do_approve(
            {line: approved.get(line, 0) for line in transfer.line_ids}
        )
        return {"type": "ir.actions.act_window_close"}


class StoreTransferApproveLine(models.TransientModel):
    _name = "store.transfer.approve.line"
    _description = "Line of an Approval for Less"
    _inherit = ["store.transfer.quantity.line"]

    wizard_id = fields.Many2one(
        "store.transfer.approve", required=True, ondelete="cascade"
    )
