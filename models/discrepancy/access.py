from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.roles import GROUP_APPROVER, GROUP_HEAD_OFFICE, GROUP_STAFF
from .discrepancy import MOVED_AS, SURPLUS, UNSETTLED


class CaseStep(NamedTuple):
    """What a step of a case demands.

    ``decided`` is whether it has an outcome already, ``outcomes`` which ones may be,
    ``disputed`` whether the source disputes it; None where that does not matter.
    """

    side: str
    group: str
    states: tuple = UNSETTLED
    kinds: tuple = ("short", "damaged", *SURPLUS)
    decided: bool | None = None
    disputed: bool | None = None
    outcomes: tuple | None = None
    # Whether it reopens what is settled: not after head office has decided.
    reopens: bool = False


CASE_STEPS = {
    "answer": CaseStep("source", GROUP_STAFF, disputed=False),
    "dispute": CaseStep(
        "source", GROUP_STAFF, states=(*UNSETTLED, "settled"), reopens=True
    ),
    "settle": CaseStep("destination", GROUP_APPROVER, kinds=("short",), decided=False),
    "accept": CaseStep("destination", GROUP_APPROVER, kinds=SURPLUS, decided=False),
    "refuse": CaseStep("destination", GROUP_APPROVER, kinds=SURPLUS, decided=False),
    "uphold": CaseStep("destination", GROUP_APPROVER, decided=True),
    "overrule": CaseStep(
        "destination",
        GROUP_HEAD_OFFICE,
        kinds=("short",),
        decided=True,
        disputed=True,
        outcomes=MOVED_AS,
    ),
}


class StoreTransferDiscrepancy(models.Model):
    """Who may do what with a discrepancy, and when."""

    _inherit = "store.transfer.discrepancy"

    can_answer = fields.Boolean(compute="_compute_can")
    can_dispute = fields.Boolean(compute="_compute_can")
    can_settle = fields.Boolean(compute="_compute_can")
    can_accept = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_uphold = fields.Boolean(compute="_compute_can")
    can_overrule = fields.Boolean(compute="_compute_can")
    can_remark = fields.Boolean(compute="_compute_can")

    @api.depends("state", "outcome", "is_disputed", "is_final")
    @api.depends_context("uid")
    def _compute_can(self):
        for case in self:
            for step in CASE_STEPS:
                case[f"can_{step}"] = not case._get_refusal(step)
            case.can_remark = not case._get_remark_refusal()

    def _get_remark_refusal(self):
        refusal = self.transfer_id._get_side_refusal("destination", GROUP_STAFF)
        if not refusal and self.state == "settled":
            refusal = UserError(
                self.env._(
                    "%s is settled: its remark and photo are final. Write what you "
                    "know in a message below.",
                    self.display_name,
                )
            )
        return refusal

    def _start_step(self, step):
        """Lock the transfers, check ``step`` and return the cases ready for it."""
        self.check_access("write")
        transfers = self.transfer_id
        transfers._lock()
        self.invalidate_recordset(
            ["state", "outcome", "is_disputed", "is_final", "quantity"]
        )
        for case in self:
            if refusal := case._get_refusal(step):
                raise refusal
        return self.with_env(transfers._get_ready().env).with_prefetch()

    def _get_refusal(self, step):
        """Return the exception that says why the user can't do ``step``, or None."""
        self.ensure_one()
        demand = CASE_STEPS[step]
        return self._get_role_refusal(demand) or self._get_state_refusal(demand)

    def _get_role_refusal(self, demand):
        if self.is_disputed and demand.side == "destination":
            may_decide = self.env.su or self.env.user.has_group(GROUP_HEAD_OFFICE)
            if not may_decide:
                return AccessError(
                    self.env._(
                        "%s is disputed: head office decides it.", self.display_name
                    )
                )
        return self.transfer_id._get_side_refusal(demand.side, demand.group)

    def _get_state_refusal(self, demand):
        has_side = self.sudo().transfer_id._get_side_store(demand.side)
        is_as_demanded = (
            demand.decided in (None, bool(self.outcome))
            and demand.disputed in (None, self.is_disputed)
            and (demand.outcomes is None or self.outcome in demand.outcomes)
        )
        if self.is_final and demand.reopens:
            return UserError(
                self.env._(
                    "%s was disputed before, and decided: that is final.",
                    self.display_name,
                )
            )
        if (
            has_side
            and is_as_demanded
            and self.state in demand.states
            and self.kind in demand.kinds
        ):
            return None
        return UserError(
            self.env._(
                "%s: this step is not possible now. Reload the page to see where it "
                "stands.",
                self.display_name,
            )
        )
