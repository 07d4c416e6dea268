from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.transfer.reason import SETTLED_AS


class StoreTransferSettle(models.TransientModel):
    """Settle what is short: say of each line what became of it, and why."""

    _name = "store.transfer.settle"
    _description = "Settle What Is Short"
    _inherit = ["store.transfer.wizard"]
    _step = "settle"

    discrepancy_id = fields.Many2one(
        "store.transfer.discrepancy",
        readonly=True,
        help="The one difference this is about; empty for all of the transfer.",
    )
    kind = fields.Selection(related="transfer_id.kind")
    disputed_count = fields.Integer(
        compute="_compute_disputed_count",
        help="How many differences are left to head office.",
    )
    outcome = fields.Selection(
        SETTLED_AS,
        string="What Became of It",
        compute="_compute_outcome",
        store=True,
        readonly=False,
        precompute=True,
    )
    proposed_outcome = fields.Selection(
        SETTLED_AS,
        compute="_compute_outcome",
        store=True,
        precompute=True,
        help="What the chosen reason usually means.",
    )
    reason_id = fields.Many2one(
        "store.transfer.reason",
        domain=[("usage", "=", "short")],
        compute="_compute_reason_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    note = fields.Char()
    line_ids = fields.One2many(
        "store.transfer.settle.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("transfer_id")
    def _compute_reason_id(self):
        not_delivered = self.env.ref(
            "store_transfer.reason_not_delivered", raise_if_not_found=False
        )
        for wizard in self:
            if wizard.kind == "receipt" and not_delivered and not_delivered.active:
                wizard.reason_id = not_delivered

    @api.depends("transfer_id", "reason_id")
    def _compute_outcome(self):
        for wizard in self:
            usual = wizard.reason_id.outcome
            # A third party can only not have sent it.
            if wizard.transfer_id.kind == "receipt":
                wizard.outcome = "not_sent"
            # What somebody has chosen beside the reason stays.
            elif usual and wizard.outcome in (False, wizard.proposed_outcome):
                wizard.outcome = wizard.proposed_outcome = usual

    @api.depends("transfer_id", "discrepancy_id")
    def _compute_disputed_count(self):
        for wizard in self:
            transfer = wizard.transfer_id
            left = transfer._get_open_shorts() - transfer._get_shorts_to_settle()
            if wizard.discrepancy_id:
                left = left.browse()
            wizard.disputed_count = len(left.filtered("is_disputed"))

    @api.depends("transfer_id", "discrepancy_id")
    def _compute_line_ids(self):
        for wizard in self:
            # What is stored is computed in sudo, but it is the user who settles.
            transfer = wizard.transfer_id.sudo(False)
            discrepancies = wizard.discrepancy_id or transfer._get_shorts_to_settle()
            wizard.line_ids = [
                Command.create(
                    {
                        "discrepancy_id": discrepancy.id,
                        "line_id": discrepancy.line_id.id,
                        "quantity": discrepancy.quantity,
                    }
                )
                for discrepancy in discrepancies
            ]

    def action_settle(self):
        transfer = self._start()
        lines = self.line_ids.filtered("quantity")
        if not lines:
            raise UserError(
                self.env._("Nothing would be settled: enter a quantity on a line.")
            )
        discrepancies = lines.discrepancy_id._start_step("settle")
        if len(discrepancies) < len(lines):
            raise UserError(self.env._("Settle every difference on one line only."))
        for line in lines:
            line._check_answer(self.transfer_id)
        with transfer._stock_work("settle") as working:
            lines.with_env(working.env)._do_settle(self.note)
        done = {"type": "ir.actions.act_window_close"}
        return self.transfer_id._get_print_action(transfer, then=done) or done


class StoreTransferSettleLine(models.TransientModel):
    _name = "store.transfer.settle.line"
    _description = "Line to Settle"
    _inherit = ["store.transfer.quantity.line"]

    wizard_id = fields.Many2one(
        "store.transfer.settle", required=True, ondelete="cascade"
    )
    discrepancy_id = fields.Many2one(
        "store.transfer.discrepancy", required=True, readonly=True, ondelete="cascade"
    )
    lot_id = fields.Many2one(related="discrepancy_id.lot_id")
    short_quantity = fields.Float(related="discrepancy_id.quantity", string="Short")
    answer = fields.Text(related="discrepancy_id.answer")
    outcome = fields.Selection(
        SETTLED_AS,
        string="What Became of It",
        compute="_compute_outcome",
        store=True,
        readonly=False,
        precompute=True,
    )
    reason_id = fields.Many2one(
        "store.transfer.reason",
        domain=[("usage", "=", "short")],
        compute="_compute_reason_id",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("wizard_id.outcome")
    def _compute_outcome(self):
        for line in self:
            line.outcome = line.wizard_id.outcome

    @api.depends("wizard_id.reason_id")
    def _compute_reason_id(self):
        for line in self:
            line.reason_id = line.wizard_id.reason_id

    def _check_answer(self, transfer):
        """Refuse a line that is not filled in, or can't be.

        :raise UserError: naming the product
        """
        self._check_quantity(transfer, self.short_quantity)
        product = self.product_id.display_name
        if not self.outcome or not self.reason_id:
            raise UserError(
                self.env._("%s: choose what became of it, and why.", product)
            )
        self.reason_id._check_usable(
            "short", transfer.company_id, is_of_vendor=transfer.kind == "receipt"
        )
        if self.discrepancy_id.line_id != self.line_id:
            raise UserError(self.env._("%s is not on this transfer.", product))
        if transfer.kind == "receipt" and self.outcome != "not_sent":
            raise UserError(
                self.env._(
                    "%s: what a third party did not bring was not sent.", product
                )
            )

    def _do_settle(self, note):
        """Settle so much of each discrepancy, all that end in the same way at once."""
        parts = self.discrepancy_id._split(
            {line.discrepancy_id: line.quantity for line in self}
        )
        decided = {
            decision: self.discrepancy_id.browse().union(
                *(parts[discrepancy] for discrepancy in lines.discrepancy_id)
            )
            for decision, lines in self.grouped(
                lambda line: (line.outcome, line.reason_id)
            ).items()
        }
        self.discrepancy_id._settle_and_move(decided, note)
