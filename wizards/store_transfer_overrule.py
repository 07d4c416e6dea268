from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.transfer.reason import SETTLED_AS
from ..tools.quantities import format_quantity


class StoreTransferOverrule(models.TransientModel):
    """Decide what is disputed otherwise: what else became of the goods, and why."""

    _name = "store.transfer.overrule"
    _description = "Decide a Difference Otherwise"
    _inherit = ["store.transfer.wizard"]
    _step = "overrule"

    discrepancy_id = fields.Many2one(
        "store.transfer.discrepancy", required=True, readonly=True, ondelete="cascade"
    )
    product_id = fields.Many2one(related="discrepancy_id.product_id")
    lot_id = fields.Many2one(related="discrepancy_id.lot_id")
    short_quantity = fields.Float(related="discrepancy_id.quantity", string="Short")
    stock_uom_id = fields.Many2one(related="discrepancy_id.stock_uom_id")
    former_outcome = fields.Selection(
        related="discrepancy_id.outcome", string="Settled As"
    )
    answer = fields.Text(related="discrepancy_id.answer", string="The Source Says")
    quantity = fields.Float(
        string="Decide On",
        digits="Product Unit",
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
        help="What is left stays disputed, and is decided later.",
    )
    outcome = fields.Selection(
        [("expected", "Expected again: it may still arrive"), *SETTLED_AS],
        string="What Became of It",
    )
    reason_id = fields.Many2one(
        "store.transfer.reason",
        domain=[("usage", "=", "short"), ("is_of_vendor", "=", False)],
    )
    note = fields.Char()

    @api.depends("discrepancy_id")
    def _compute_quantity(self):
        for wizard in self:
            wizard.quantity = wizard.discrepancy_id.quantity

    def action_overrule(self):
        discrepancy = self._start()
        self._check_answer()
        discrepancy._split({discrepancy: self.quantity})[discrepancy]._do_overrule(
            self.outcome != "expected" and self.outcome,
            self.reason_id.with_env(discrepancy.env),
            self.note,
        )
        return {"type": "ir.actions.act_window_close"}

    def _get_questioned(self):
        return self.discrepancy_id

    def _check_step(self):
        result = super()._check_step()
        for wizard in self:
            discrepancy = wizard.discrepancy_id
            if discrepancy.transfer_id != wizard.transfer_id:
                raise UserError(
                    self.env._(
                        "%(difference)s is not about %(transfer)s.",
                        difference=discrepancy.display_name,
                        transfer=wizard.transfer_id.name,
                    )
                )
        return result

    def _check_answer(self):
        """Refuse what is not filled in, or is no other decision.

        :raise UserError: saying what to do
        """
        product = self.product_id.display_name
        if not self.outcome:
            raise UserError(self.env._("%s: choose what became of it.", product))
        if self.outcome == self.former_outcome:
            raise UserError(
                self.env._(
                    "%s is settled like that already. To leave it so, press Settle as "
                    "It Is.",
                    product,
                )
            )
        self._check_quantity()
        if self.outcome == "expected":
            return
        if not self.reason_id:
            raise UserError(
                self.env._("%s: choose what became of it, and why.", product)
            )
        self.reason_id._check_usable("short", self.transfer_id.company_id)

    def _check_quantity(self):
        unit, maximum = self.stock_uom_id, self.short_quantity
        too_little = unit.compare(self.quantity, 0) <= 0
        if too_little or unit.compare(self.quantity, maximum) > 0:
            raise UserError(
                self.env._(
                    "%(product)s: choose more than 0, and at most %(maximum)s, not "
                    "%(quantity)s.",
                    product=self.product_id.display_name,
                    maximum=format_quantity(self.env, maximum, unit),
                    quantity=format_quantity(self.env, self.quantity),
                )
            )
        if error := self.product_id._get_quantity_error(self.quantity, unit):
            raise UserError(error)
