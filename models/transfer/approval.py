from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.person import get_person


class StoreTransfer(models.Model):
    """What the other side says to a transfer."""

    _inherit = "store.transfer"

    approval_date = fields.Datetime(readonly=True, copy=False)
    approval_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    reason_id = fields.Many2one(
        "store.transfer.reason",
        string="Reject Reason",
        readonly=True,
        copy=False,
        tracking=True,
    )
    reason_note = fields.Text(string="Reject Note", readonly=True, copy=False)

    def action_approve(self):
        """Approve everything that was asked for."""
        self._start_step("approve")._do_approve()
        return True

    def action_open_approve(self):
        """Open the question how much of each line is approved."""
        self.ensure_one()
        self._check_step("approve")
        return self._open_saved(
            self._get_wizard_action(
                "store.transfer.approve", self.env._("Approve Less")
            )
        )

    def _get_quantities_to_propose(self):
        """Return ``{line: quantity}`` that can be approved.

        That is what was asked for; where the source approves, only what it has free.
        """
        lines = self.line_ids
        if self.initiator == "source":
            return {line: line.asked_quantity for line in lines}
        # Of all lines at once: read off a slice, it would be looked up one by one.
        left = {line.product_id: max(0, line.source_free_quantity) for line in lines}
        quantities = {}
        for line in lines:
            quantities[line] = min(line.asked_quantity, left[line.product_id])
            left[line.product_id] -= quantities[line]
        return quantities

    def _do_approve(self, quantities=None):
        """Create the pickings.

        :param quantities: ``{line: quantity in the product's unit}`` where it is less
            than what was asked for
        """
        if errors := self._get_store_errors():
            raise UserError("\n".join(errors))
        quantities = quantities or {}
        for line in self.line_ids:
            line.approved_quantity = quantities.get(line, line.asked_quantity)
        self.line_ids._keep_unit_cost()
        references = self.env["stock.reference"].create(
            [{"name": transfer.name} for transfer in self]
        )
        for transfer, reference in zip(self, references, strict=True):
            transfer.stock_reference_id = reference
        with self._stock_work("approve") as transfers:
            transfers.write(
                {
                    "approval_state": "approved",
                    "approval_date": fields.Datetime.now(),
                    "approval_user_id": get_person(self.env).id,
                }
            )
            transfers._create_legs()

    def action_open_reject(self):
        """Open the question why."""
        self._check_step("reject")
        return self._get_wizard_action("store.transfer.reject", self.env._("Reject"))

    def _do_reject(self, reason, note):
        self.write(
            {
                "approval_state": "rejected",
                "reason_id": reason.id,
                "reason_note": note,
            }
        )
        self._sync_activities()
        self._add_quantities_to_trail("reject")
        for transfer in self:
            transfer._notify_initiator()
