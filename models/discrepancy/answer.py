from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.person import get_person


class StoreTransferDiscrepancy(models.Model):
    """What the source says to a discrepancy."""

    _inherit = "store.transfer.discrepancy"

    answer = fields.Text(help="What the source says about it.")
    answer_user_id = fields.Many2one(
        "res.users", string="Answered By", readonly=True, ondelete="restrict"
    )
    answer_date = fields.Datetime(
        string="Answered On",
        readonly=True,
        help="When the source first answered, or disputed it.",
    )
    is_disputed = fields.Boolean(string="Disputed", readonly=True, tracking=True)

    def action_answer(self):
        """Say what the source knows; what was decided already is settled by that."""
        discrepancies = self._start_step("answer")
        discrepancies._check_has_answer()
        decided = discrepancies.filtered("outcome")
        decided._write_answer(state="settled")
        (discrepancies - decided)._write_answer(state="answered")
        discrepancies._sync_activities()
        discrepancies.transfer_id._add_to_trail("answer")
        return True

    def action_dispute(self):
        """Disagree: head office decides."""
        discrepancies = self._start_step("dispute")
        discrepancies._check_has_answer()
        discrepancies._write_answer(state="answered", is_disputed=True)
        discrepancies._sync_activities()
        discrepancies.transfer_id._add_to_trail("dispute")
        return True

    def _check_has_answer(self):
        for discrepancy in self:
            if not discrepancy.answer:
                raise UserError(
                    self.env._(
                        "%s: write your answer first, then press the button.",
                        discrepancy.display_name,
                    )
                )

    def _write_answer(self, **values):
        # Who only says more gives nobody more time.
        passed_on = self.filtered(
            lambda discrepancy: any(
                discrepancy[name] != value for name, value in values.items()
            )
        )
        passed_on._untracked().answer_date = fields.Datetime.now()
        self._untracked().write({"answer_user_id": get_person(self.env).id, **values})
        self._log_each(lambda discrepancy: discrepancy._describe_answer())

    def _describe_answer(self):
        if self.is_disputed:
            return self.env._("Disputed: %s", self.answer)
        return self.env._("Answered: %s", self.answer)
