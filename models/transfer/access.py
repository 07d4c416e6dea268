from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError

from ...tools.roles import GROUP_APPROVER, GROUP_HEAD_OFFICE, GROUP_STAFF
from ...tools.states import STOCK_STATES
from ...tools.transfer_work import VALIDATED_KEY, Validated
from .transfer import HEADER_FIELDS


class Step(NamedTuple):
    """What a step of a transfer's life demands.

    ``side`` is ``"initiator"``, ``"other"`` (who did not start the transfer),
    ``"source"`` or ``"destination"``.
    """

    states: tuple
    side: str
    group: str = GROUP_STAFF


STEPS = {
    "edit": Step(("draft",), "initiator"),
    "submit": Step(("draft",), "initiator"),
    "approve": Step(("waiting",), "other", GROUP_APPROVER),
    "reject": Step(("waiting",), "other", GROUP_APPROVER),
    "reset": Step(("rejected",), "initiator"),
    "cancel": Step(("draft", "waiting", "approved"), "initiator"),
    "ship": Step(STOCK_STATES, "source"),
    "close": Step(STOCK_STATES, "sender", GROUP_APPROVER),
    "confirm_arrival": Step(("approved", "in_transit"), "destination"),
    "take_back": Step(STOCK_STATES, "source"),
    "count": Step(STOCK_STATES, "destination"),
    "settle": Step(STOCK_STATES, "destination", GROUP_APPROVER),
}


class StoreTransfer(models.Model):
    """Who may do what with a transfer, and when: role, side, company and state.

    Every public step calls :meth:`_check_step` first; the ``can_*`` fields show the
    same answer in the views. A hidden button is never the guard.
    """

    _inherit = "store.transfer"

    hides_lines = fields.Boolean(compute="_compute_hides_lines")

    @api.depends("state", "line_ids", "destination_store_id.transfer_blind_count")
    @api.depends_context("uid")
    def _compute_hides_lines(self):
        """Who counts blind sees the products when they count them, and not before."""
        for transfer in self:
            transfer.hides_lines = transfer.sudo().line_ids != transfer.line_ids

    def _check_may_create(self, vals_list):
        """Refuse a transfer of a store that is not the user's, before it is created."""
        for vals in vals_list:
            header = {name: vals[name] for name in HEADER_FIELDS & vals.keys()}
            self._check_reach([header])
            transfer = self.new(self._add_missing_default_values(header))
            if refusal := transfer._get_role_refusal("edit"):
                raise refusal

    def _check_shows_lines(self):
        """Refuse to tell who counts blind what to expect."""
        for transfer in self.filtered("hides_lines"):
            raise UserError(
                self.env._(
                    "%(transfer)s: %(store)s counts blind. You see the products when "
                    "you count them.",
                    transfer=transfer.name,
                    store=transfer.destination_store_id.name,
                )
            )

    can_edit = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")
    can_reset = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_ship = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_confirm_arrival = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")
    can_count = fields.Boolean(compute="_compute_can")
    can_settle = fields.Boolean(compute="_compute_can")

    @api.depends(
        "state",
        "kind",
        "initiator",
        "source_store_id",
        "destination_store_id",
        "is_to_ship",
        "shipped_quantity",
        "in_transit_quantity",
        "discrepancy_ids.state",
        "discrepancy_ids.outcome",
        "discrepancy_ids.is_disputed",
    )
    @api.depends_context("uid")
    def _compute_can(self):
        for transfer in self:
            for step in STEPS:
                transfer[f"can_{step}"] = not transfer._get_refusal(step)

    def _start_step(self, step):
        """Check ``step``, and return the transfers ready for it."""
        self._check_step(step)
        return self._get_ready()

    def _get_ready(self):
        """Return the transfers as a step works on them, after it was checked.

        They are in sudo, since store staff have no rights in the Inventory app, and in
        a context of ours: what a caller puts there must not change what the step does.
        """
        # Of their own prefetch: a step reads all of them again after it has deleted.
        ready = self._in_own_context().sudo().with_prefetch()
        return ready.with_context(**{VALIDATED_KEY: Validated()})

    def _check_step(self, step):
        """Lock the transfers and refuse ``step`` unless all of them allow it.

        :raise AccessError: when the user's role or side does not allow it
        :raise UserError: when the state does not allow it, or somebody else is at it
        """
        self.check_access("write")
        self._lock()
        for transfer in self:
            refusal = transfer._get_refusal(step)
            if refusal:
                raise refusal

    def _lock(self):
        """Keep everybody else from acting on these transfers until we are done."""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is working on %(transfers)s at this moment. "
                    "Wait a few seconds and try again.",
                    transfers=", ".join(self.sudo().mapped("name")),
                )
            ) from error
        self.invalidate_recordset(["approval_state", "state"])

    def _refuse_without_inventory_rights(self):
        """Refuse to let somebody write a transfer's moves who works on no picking."""
        raise AccessError(
            self.env._(
                "This belongs to store transfer %s: use the buttons of the transfer, "
                "or ask somebody with Inventory rights.",
                self.name,
            )
        )

    def _get_refusal(self, step):
        """Return the exception that says why the user can't do ``step``, or None."""
        self.ensure_one()
        return (
            self._get_role_refusal(step)
            or self._get_state_refusal(step)
            or self._get_quantity_refusal(step)
        )

    def _get_role_refusal(self, step):
        demand = STEPS[step]
        return self._get_side_refusal(demand.side, demand.group)

    def _get_side_refusal(self, side, group):
        """Return why the user can't act for a side, in ``group``, or None."""
        user = self.env.user
        if self.env.su or user.has_group(GROUP_HEAD_OFFICE):
            return None
        if not user.has_group(group):
            return AccessError(
                self.env._(
                    "%(transfer)s: only a store approver or head office can do this. "
                    "Ask one of them.",
                    transfer=self.name,
                )
            )
        store = self._get_side_store(side)
        if store and not store.active:
            return AccessError(
                self.env._(
                    "%(transfer)s: %(store)s is archived, so this is up to head "
                    "office.",
                    transfer=self.name,
                    store=store.name,
                )
            )
        if not store or store not in user.sudo().transfer_store_ids:
            return AccessError(
                self.env._(
                    "%(transfer)s: this is up to the staff of %(store)s, and you are "
                    "not one of them.",
                    transfer=self.name,
                    store=store.name or self.env._("the other side"),
                )
            )
        return None

    def _get_state_refusal(self, step):
        if self.state in STEPS[step].states:
            return None
        return UserError(
            self.env._(
                "%(transfer)s is %(state)s: this step is not possible now. Reload the "
                "page to see where it stands.",
                transfer=self.name,
                state=self._get_state_label(),
            )
        )

    def _get_quantity_refusal(self, step):
        message = None
        if step == "ship" and (self.kind == "receipt" or not self.is_to_ship):
            message = self.env._("%s: there is nothing left to ship.", self.name)
        elif step == "close" and not self.is_to_ship:
            message = self.env._("%s: there is nothing left to close.", self.name)
        elif step == "cancel" and self.sudo().shipped_quantity:
            message = self.env._(
                "%s: some of it was shipped already. Close the rest instead.", self.name
            )
        elif step == "take_back" and not self._has_goods_to_take_back():
            message = self.env._("%s: nothing is on its way back.", self.name)
        elif step == "settle" and not self._get_shorts_to_settle():
            message = self.env._(
                "%s: nothing is short that you can settle. What is disputed, head "
                "office decides.",
                self.name,
            )
        elif step in ("confirm_arrival", "count") and not self._has_goods_to_count():
            message = self.env._(
                "%s: no goods are on their way. They have to be shipped first.",
                self.name,
            )
        return UserError(message) if message else None

    def _hides_expected(self):
        """Tell whether the user must not see how much the destination expects."""
        self.ensure_one()
        store = self.sudo().destination_store_id
        return store.transfer_blind_count and not (
            self.env.su or self.env.user.has_group(GROUP_APPROVER)
        )

    def _get_side_store(self, side):
        """Return the store of a side (see :class:`Step`); empty for a third party."""
        self.ensure_one()
        transfer = self.sudo()
        source, destination = transfer.source_store_id, transfer.destination_store_id
        starts_at_source = transfer.initiator == "source"
        return {
            "source": source,
            "destination": destination,
            "initiator": source if starts_at_source else destination,
            "other": destination if starts_at_source else source,
            "sender": destination if transfer.kind == "receipt" else source,
        }[side]

    def _get_side_users(self, side, group):
        """Return the users whose turn it is: a side's staff in ``group``.

        Where a store has nobody of that role, or is archived, head office stands in.
        """
        store = self._get_side_store(side)
        # Nobody works for a store that is archived, see _get_side_refusal.
        users = store.active and store._get_transfer_staff(group)
        return users or self._get_head_office_users()

    def _get_head_office_users(self):
        # Asked for each case: "ref" would look in the database whether it exists.
        group_id = self.env["ir.model.data"]._xmlid_to_res_id(GROUP_HEAD_OFFICE)
        group = self.env["res.groups"].sudo().browse(group_id)
        return group.all_user_ids.filtered(
            lambda user: self.company_id in user.company_ids and not user.share
        )
