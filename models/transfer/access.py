from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.roles import GROUP_APPROVER, GROUP_HEAD_OFFICE
from ...tools.states import OPEN_STATES, STOCK_STATES
from ...tools.steps import Step
from .transfer import HEADER_FIELDS

STEPS = {
    "edit": Step(("draft",), "initiator"),
    "submit": Step(("draft",), "initiator"),
    "approve": Step(("waiting",), "other", GROUP_APPROVER),
    "reject": Step(("waiting",), "other", GROUP_APPROVER),
    "withdraw": Step(("waiting",), "initiator"),
    "reset": Step(("rejected",), "initiator"),
    "cancel": Step(
        ("draft", "waiting", "approved"),
        "initiator",
        why_not="_get_reason_not_to_cancel",
    ),
    "change_delivery": Step(OPEN_STATES, "sender"),
    "ship": Step(STOCK_STATES, "source", why_not="_get_reason_not_to_ship"),
    "undo_shipment": Step(
        (*STOCK_STATES, "done"), "source", why_not="_get_reason_not_to_undo_shipment"
    ),
    "mail": Step((*STOCK_STATES, "done"), "source", why_not="_get_reason_not_to_mail"),
    "substitute": Step(STOCK_STATES, "source", why_not="_get_reason_not_to_substitute"),
    "close": Step(
        STOCK_STATES, "sender", GROUP_APPROVER, why_not="_get_reason_not_to_close"
    ),
    "confirm_arrival": Step(
        ("approved", "in_transit"), "destination", why_not="_get_reason_not_to_count"
    ),
    "take_back": Step(STOCK_STATES, "source", why_not="_get_reason_not_to_take_back"),
    "count": Step(STOCK_STATES, "destination", why_not="_get_reason_not_to_count"),
    "undo_count": Step(
        (*STOCK_STATES, "done"),
        "destination",
        GROUP_APPROVER,
        why_not="_get_reason_not_to_undo_count",
    ),
    "settle": Step(
        STOCK_STATES,
        "destination",
        GROUP_APPROVER,
        why_not="_get_reason_not_to_settle",
    ),
}


class StoreTransfer(models.Model):
    """Who may do what with a transfer, and when: role, side, company and state."""

    _inherit = "store.transfer"
    _decisive_fields = ("approval_state", "state")

    hides_lines = fields.Boolean(compute="_compute_hides_lines")
    can_edit = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    can_reset = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_change_delivery = fields.Boolean(compute="_compute_can")
    can_ship = fields.Boolean(compute="_compute_can")
    can_undo_shipment = fields.Boolean(compute="_compute_can")
    can_mail = fields.Boolean(compute="_compute_can")
    can_substitute = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_confirm_arrival = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")
    can_count = fields.Boolean(compute="_compute_can")
    can_undo_count = fields.Boolean(compute="_compute_can")
    can_settle = fields.Boolean(compute="_compute_can")

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
        for transfer in self:
            if sentence := transfer._get_reason_not_to_show_lines():
                raise UserError(sentence)

    def _get_reason_not_to_show_lines(self):
        if not self.hides_lines:
            return None
        return self.env._(
            "%(transfer)s: %(store)s counts blind. You see the products when you count "
            "them.",
            transfer=self.name,
            store=self.destination_store_id.name,
        )

    @api.depends(
        "state",
        "kind",
        "initiator",
        "source_store_id",
        "destination_store_id",
        "is_to_ship",
        "shipped_quantity",
        "last_ship_date",
        "arrival_date",
        "is_to_count",
        "is_to_take_back",
        "discrepancy_ids.state",
        "discrepancy_ids.outcome",
        "discrepancy_ids.is_disputed",
        "count_ids.state",
    )
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    @api.model
    def _get_steps(self):
        return STEPS

    def _get_busy_sentence(self):
        return self.env._(
            "Somebody else is working on %(transfers)s at this moment. "
            "Wait a few seconds and try again.",
            transfers=", ".join(self.sudo().mapped("name")),
        )

    def _get_state_sentence(self):
        return self.env._(
            "%(transfer)s is %(state)s: this step is not possible now. Reload the "
            "page to see where it stands.",
            transfer=self.name,
            state=self._get_state_label(),
        )

    def _refuse_without_inventory_rights(self):
        """Refuse to let somebody write a transfer's moves who works on no picking."""
        raise AccessError(
            self.env._(
                "This belongs to store transfer %s: use the buttons of the transfer, "
                "or ask somebody with Inventory rights.",
                self.name,
            )
        )

    def _get_side_refusal(self, side, group):
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

    def _get_reason_not_to_cancel(self):
        if not self.sudo().shipped_quantity:
            return None
        return self.env._(
            "%s: some of it was shipped already. Close the rest instead.", self.name
        )

    def _get_reason_not_to_ship(self):
        if self.is_to_ship and self.kind != "receipt":
            return None
        return self.env._("%s: there is nothing left to ship.", self.name)

    def _get_reason_not_to_close(self):
        if self.is_to_ship:
            return None
        return self.env._("%s: there is nothing left to close.", self.name)

    def _get_reason_not_to_take_back(self):
        if self.is_to_take_back:
            return None
        return self.env._("%s: nothing is on its way back.", self.name)

    def _get_reason_not_to_count(self):
        if self.is_to_count:
            return None
        return self.env._(
            "%s: no goods are on their way. They have to be shipped first.", self.name
        )

    def _get_reason_not_to_settle(self):
        if self._get_shorts_to_settle():
            return None
        return self.env._(
            "%s: nothing is short that you can settle. What is disputed, head office "
            "decides.",
            self.name,
        )

    def _hides_expected(self):
        """Tell whether the user must not see how much the destination expects."""
        self.ensure_one()
        store = self.sudo().destination_store_id
        return store.transfer_blind_count and not (
            self.env.su or self.env.user.has_group(GROUP_APPROVER)
        )

    def _get_side_store(self, side):
        """Return the store of a side; empty for a third party.

        :param side: ``"source"``, ``"destination"``, ``"initiator"``, ``"other"`` (who
            did not start the transfer) or ``"sender"`` (who closes what it does not
            send: for a third party the destination does)
        """
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

    def _get_other_side_name(self, store):
        """Return who is on the other side of ``store``: a store, or the third party."""
        source, destination = self.source_store_id, self.destination_store_id
        other = destination if store == source else source
        return other.name or self.third_party_name

    def _get_side_users(self, side, group):
        """Return the users whose turn it is: a side's staff in ``group``.

        Where a store has nobody of that role, or is archived, head office stands in.
        """
        store = self._get_side_store(side)
        # Nobody works for a store that is archived, see _get_side_refusal.
        users = store.active and store._get_transfer_staff(group)
        return users or self.company_id._get_transfer_head_office()
