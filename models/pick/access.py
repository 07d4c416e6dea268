from odoo import api, models

from ...tools.steps import Step

STEPS = {
    "pick": Step(("open",), "source"),
    "submit": Step(("open",), "source", lock="_lock_against_scans"),
}


class StoreTransferPick(models.Model):
    """Who may pick, and until when."""

    _inherit = "store.transfer.pick"

    @api.model
    def _get_steps(self):
        return STEPS

    def _get_state_refusal(self, step):
        """Picking goes on as long as the transfer can be shipped."""
        transfer = self.transfer_id
        return (
            super()._get_state_refusal(step)
            or transfer._get_state_refusal("ship")
            or transfer._get_own_refusal("ship")
        )

    def _get_state_sentence(self):
        return self._get_reason_to_stop()

    def _get_reason_to_stop(self):
        if self.state == "done":
            return self.env._(
                "%(transfer)s: this pick list is over, %(user)s has shipped it. Start "
                "a new one for what is still to ship.",
                transfer=self.transfer_id.name,
                user=self.sudo().user_id.name,
            )
        if self.state == "cancelled":
            return self.env._(
                "%s: this pick list is over, the goods were shipped or closed in "
                "another way.",
                self.transfer_id.name,
            )
        transfer = self.transfer_id
        refusal = transfer._get_state_refusal("ship")
        return str(refusal) if refusal else transfer._get_reason_not_to_ship()
