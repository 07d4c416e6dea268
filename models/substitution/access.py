from odoo import api, fields, models

from ...tools.roles import GROUP_APPROVER, GROUP_STAFF
from ...tools.steps import Step

STEPS = {
    "accept": Step(("open",), "destination", why_not="_get_reason_not_to_accept"),
    "refuse": Step(("open",), "destination"),
    "withdraw": Step(("open",), "source"),
}
# Who answers decides for the destination, as who approves does.
ANSWERS = ("accept", "refuse")


class StoreTransferSubstitution(models.Model):
    """Who may answer a proposal, or withdraw it, and when."""

    _inherit = "store.transfer.substitution"

    can_accept = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    @api.model
    def _get_steps(self):
        return STEPS

    def _get_document(self):
        return self.transfer_id

    def _get_role_refusal(self, step):
        if step not in ANSWERS:
            return super()._get_role_refusal(step)
        side = self._get_steps()[step].side
        transfer = self.transfer_id
        return transfer._get_side_refusal(side, transfer._get_answering_group())

    def _get_state_sentence(self):
        return self.env._(
            "%(substitution)s: that is %(state)s. Reload the page.",
            substitution=self.display_name,
            state=self._get_state_label(),
        )

    def _get_reason_not_to_accept(self):
        """Say what keeps the substitute from being sent, now that it is answered."""
        errors = self.sudo()._get_errors()
        return "\n".join(errors) or None


class StoreTransfer(models.Model):
    _inherit = "store.transfer"

    def _get_answering_group(self):
        """Return who answers for the destination: who asked for the goods, or may say
        yes to them.

        Staff who count blind don't see what is expected.
        """
        self.ensure_one()
        is_blind = self.sudo().destination_store_id.transfer_blind_count
        asked_for_it = self.initiator == "destination" and not is_blind
        return GROUP_STAFF if asked_for_it else GROUP_APPROVER

    def _get_reason_not_to_substitute(self):
        if self.kind != "receipt" and self.is_to_ship:
            return None
        return self.env._(
            "%s: nothing is left to ship, so nothing can be replaced.", self.name
        )
