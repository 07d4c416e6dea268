from odoo import api, fields, models

from ...tools.steps import Step

STEPS = {
    "hand_over": Step(("held",), "destination", repeats=("handed_over",)),
    "free": Step(("held",), "destination", repeats=("freed",)),
}


class StoreTransferAside(models.Model):
    """Who may release what was set aside: the staff of the store where it is."""

    _inherit = "store.transfer.aside"

    can_hand_over = fields.Boolean(compute="_compute_can")
    can_free = fields.Boolean(compute="_compute_can")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    @api.model
    def _get_steps(self):
        return STEPS

    def _get_document(self):
        return self.transfer_id

    def _get_state_sentence(self):
        return self.env._(
            "%(goods)s: %(state)s already. Reload the page.",
            goods=self._describe(),
            state=self._get_state_label(),
        )
