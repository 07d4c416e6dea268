from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.roles import GROUP_APPROVER, GROUP_HEAD_OFFICE
from ...tools.steps import Step
from .discrepancy import MOVED_AS, SURPLUS, UNSETTLED


@dataclass(frozen=True)
class DiscrepancyStep(Step):
    """What a step of a discrepancy demands.

    ``decides`` says that it is head office's once the source disputes it. ``decided``
    is whether it has an outcome already, ``outcomes`` which ones may be, ``disputed``
    whether the source disputes it; None where that does not matter.
    """

    states: tuple | None = UNSETTLED
    kinds: tuple = ("short", "damaged", *SURPLUS)
    decides: bool = False
    decided: bool | None = None
    disputed: bool | None = None
    outcomes: tuple | None = None


STEPS = {
    "answer": DiscrepancyStep(side="source", disputed=False),
    "dispute": DiscrepancyStep(
        (*UNSETTLED, "settled"), "source", why_not="_get_reason_not_to_dispute"
    ),
    "remark": DiscrepancyStep(None, "destination", why_not="_get_reason_not_to_remark"),
    "settle": DiscrepancyStep(
        side="destination",
        group=GROUP_APPROVER,
        kinds=("short",),
        decides=True,
        decided=False,
    ),
    "accept": DiscrepancyStep(
        side="destination",
        group=GROUP_APPROVER,
        kinds=SURPLUS,
        decides=True,
        decided=False,
    ),
    "refuse": DiscrepancyStep(
        side="destination",
        group=GROUP_APPROVER,
        kinds=SURPLUS,
        decides=True,
        decided=False,
    ),
    "uphold": DiscrepancyStep(
        side="destination", group=GROUP_APPROVER, decides=True, decided=True
    ),
    "overrule": DiscrepancyStep(
        side="destination",
        group=GROUP_HEAD_OFFICE,
        kinds=("short",),
        decides=True,
        decided=True,
        disputed=True,
        outcomes=MOVED_AS,
    ),
}


class StoreTransferDiscrepancy(models.Model):
    """Who may do what with a discrepancy, and when."""

    _inherit = "store.transfer.discrepancy"
    _decisive_fields = ("state", "outcome", "is_disputed", "is_final", "quantity")

    can_answer = fields.Boolean(compute="_compute_can")
    can_dispute = fields.Boolean(compute="_compute_can")
    can_remark = fields.Boolean(compute="_compute_can")
    can_settle = fields.Boolean(compute="_compute_can")
    can_accept = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_uphold = fields.Boolean(compute="_compute_can")
    can_overrule = fields.Boolean(compute="_compute_can")

    @api.depends("state", "outcome", "is_disputed", "is_final")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    @api.model
    def _get_steps(self):
        return STEPS

    def _get_document(self):
        return self.transfer_id

    def _get_role_refusal(self, step):
        decides = self._get_steps()[step].decides
        if self.is_disputed and decides and not self._is_head_office():
            return AccessError(
                self.env._("%s is disputed: head office decides it.", self.display_name)
            )
        return super()._get_role_refusal(step)

    def _is_head_office(self):
        return self.env.su or self.env.user.has_group(GROUP_HEAD_OFFICE)

    def _is_in_state_for(self, step):
        demand = self._get_steps()[step]
        return (
            super()._is_in_state_for(step)
            and self.kind in demand.kinds
            and demand.decided in (None, bool(self.outcome))
            and demand.disputed in (None, self.is_disputed)
            and (demand.outcomes is None or self.outcome in demand.outcomes)
            # A third party answers nothing.
            and bool(self.transfer_id._get_side_store(demand.side))
        )

    def _get_state_sentence(self):
        return self.env._(
            "%s: this step is not possible now. Reload the page to see where it "
            "stands.",
            self.display_name,
        )

    def _get_reason_not_to_dispute(self):
        if not self.is_final:
            return None
        return self.env._(
            "%s was disputed before, and decided: that is final.", self.display_name
        )

    def _get_reason_not_to_remark(self):
        if self.state != "settled":
            return None
        return self.env._(
            "%s is settled: its remark and photo are final. Write what you know in a "
            "message below.",
            self.display_name,
        )
