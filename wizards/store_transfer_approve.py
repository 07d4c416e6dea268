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

    is_less = fields.Boolean(compute="_compute_is_less")
    reason_id = fields.Many2one(
        "store.transfer.reason", domain=[("usage", "=", "reject")]
    )
    note = fields.Char()

    @api.depends("line_ids.quantity", "line_ids.asked_quantity")
    def _compute_is_less(self):
        for wizard in self:
            wizard.is_less = any(line._is_less() for line in wizard.line_ids)

    @api.depends("transfer_id")
    def _compute_line_ids(self):
        for wizard in self:
            quantities = wizard.transfer_id._get_quantities_to_propose()
            wizard.line_ids = [
                fields.Command.create({"line_id": line.id, "quantity": quantity})
                for line, quantity in quantities.items()
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
        approved = {line: approved.get(line, 0) for line in transfer.line_ids}
        less = transfer.line_ids.filtered(
            lambda line: (
                line.stock_uom_id.compare(approved[line], line.asked_quantity) < 0
            )
        )
        if less:
            self._check_reason()
            less.not_approved_reason_id = self.reason_id
        transfer._do_approve(approved)
        if less:
            transfer._log_approved_less(less, self.reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}

    def _check_reason(self):
        if not self.reason_id:
            raise UserError(
                self.env._("Choose why you approve less than was asked for.")
            )
        self.reason_id._check_usable("reject", self.transfer_id.company_id)


class StoreTransferApproveLine(models.TransientModel):
    _name = "store.transfer.approve.line"
    _description = "Line of an Approval for Less"
    _inherit = ["store.transfer.quantity.line"]

    wizard_id = fields.Many2one(
        "store.transfer.approve", required=True, ondelete="cascade"
    )

    source_stock = fields.Char(related="line_id.source_stock", string="Free at Source")
    destination_stock = fields.Char(
        related="line_id.destination_stock", string="At Destination"
    )

    def _is_less(self):
        """Tell whether less is approved than was asked for."""
        return self.stock_uom_id.compare(self.quantity, self.asked_quantity) < 0
