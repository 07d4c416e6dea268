from odoo import api, models

from ...tools.steps import Step

STEPS = {
    "count": Step(("open",), "destination"),
    "submit": Step(("open",), "destination", lock="_lock_against_scans"),
}


class StoreTransferCount(models.Model):
    """Who may count, and until when."""

    _inherit = "store.transfer.count"

    @api.model
    def _get_steps(self):
        return STEPS

    def _get_state_refusal(self, step):
        """Counting goes on as long as the transfer can be counted."""
        transfer = self.transfer_id
        return (
            transfer._get_state_refusal("count")
            or transfer._get_own_refusal("count")
            or super()._get_state_refusal(step)
        )

    def _get_state_sentence(self):
        return self.env._(
            "%s: this count was submitted already. Start a new one for "
            "what comes later.",
            self.transfer_id.name,
        )

    def _get_reason_to_stop(self):
        if self.state == "done":
            return self.env._(
                "%(transfer)s: this count is over, %(user)s has submitted it.",
                transfer=self.transfer_id.name,
                user=self.sudo().user_id.name,
            )
        if self.state == "cancelled":
            return self.env._(
                "%s: this count is over, the goods were received in another way.",
                self.transfer_id.name,
            )
        refusal = self.transfer_id._get_state_refusal("count")
        return str(refusal) if refusal else None
