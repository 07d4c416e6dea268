from contextlib import contextmanager
from typing import NamedTuple

from odoo import api, fields, models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ...tools.roles import GROUP_APPROVER, GROUP_HEAD_OFFICE, GROUP_STAFF

# What of a user decides whose turn it is, see _get_transfer_duties.
DUTY_FIELDS = {"active", "group_ids", "role", "company_ids", "transfer_store_ids"}


class Duty(NamedTuple):
    """What a user does in Store Transfer: in which group, and where."""

    group: str
    store_ids: frozenset
    company_ids: frozenset


class ResUsers(models.Model):
    _inherit = "res.users"

    transfer_store_ids = fields.Many2many(
        "stock.warehouse",
        "store_transfer_staff_rel",
        "user_id",
        "warehouse_id",
        string="Stores",
        help="The stores this user works for in Store Transfer.",
    )

    def _counts_blind(self):
        """Tell whether any store that this user counts for has blind counts."""
        self.ensure_one()
        return not self.has_group(GROUP_APPROVER) and any(
            self.sudo().transfer_store_ids.mapped("transfer_blind_count")
        )

    def _works_in_one_store(self):
        """Tell whether all that this user sees is of the same store."""
        self.ensure_one()
        is_of_head_office = self.has_group(GROUP_HEAD_OFFICE)
        return not is_of_head_office and len(self.sudo().transfer_store_ids) == 1

    def _sees_own_stock_only(self):
        """Tell whether it is only as staff of their stores that they deal with stock.

        Odoo lets every internal user read stock and move lines, which would tell them
        what is on its way. Whoever may read moves has rights of an app: Inventory,
        Point of Sale, Sales, Purchase, Manufacturing. Nothing is kept from them.
        """
        self.ensure_one()
        return (
            self.has_group(GROUP_STAFF)
            and not self.has_group(GROUP_HEAD_OFFICE)
            and not self.env["stock.move"].with_user(self).has_access("read")
        )

    def _sees_own_lots_only(self):
        """Tell whether lots on their way are kept secret; approvers settle them."""
        return self._sees_own_stock_only() and not self.has_group(GROUP_APPROVER)

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        self._pass_on_transfer_turns({}, users._get_transfer_duties())
        return users

    def write(self, vals):
        if not vals.keys() & DUTY_FIELDS:
            return super().write(vals)
        before = self._get_transfer_duties()
        result = super().write(vals)
        self._pass_on_transfer_turns(before, self._get_transfer_duties())
        return result

    def unlink(self):
        before = self._get_transfer_duties()
        result = super().unlink()
        self._pass_on_transfer_turns(before, {})
        return result

    def _get_transfer_duties(self):
        """Return ``{user id: Duty}`` of those of these users who have one."""
        duties = {}
        # In sudo: who manages users need not be one of head office.
        for user in self.sudo().with_context(active_test=False):
            groups = (GROUP_HEAD_OFFICE, GROUP_APPROVER, GROUP_STAFF)
            group = next((group for group in groups if user.has_group(group)), None)
            if group and user.active and not user.share:
                duties[user.id] = Duty(
                    group,
                    frozenset(user.transfer_store_ids.ids),
                    frozenset(user.company_ids.ids),
                )
        return duties

    @api.model
    def _get_all_transfer_duties(self):
        """Return ``{user id: Duty}`` of everybody who has one."""
        group_id = self.env["ir.model.data"]._xmlid_to_res_id(
            GROUP_STAFF, raise_if_not_found=False
        )
        return (
            self.env["res.groups"]
            .sudo()
            .browse(group_id)
            .all_user_ids._get_transfer_duties()
        )

    @api.model
    @contextmanager
    def _passing_on_transfer_turns(self):
        """Give the open activities to who can do them after what happens inside."""
        before = self._get_all_transfer_duties()
        yield
        self._pass_on_transfer_turns(before, self._get_all_transfer_duties())

    @api.model
    def _pass_on_transfer_turns(self, before, after):
        """Give the open activities to who can do them now.

        :param before: ``{user id: Duty}`` until now
        :param after: the same from now on; users whose duty did not change may be in
            both, or in neither
        """
        if self.env.context.get(MODULE_UNINSTALL_FLAG):
            # Nobody has a turn any more.
            return
        changed = [
            duty
            for user_id in before.keys() | after.keys()
            if before.get(user_id) != after.get(user_id)
            for duty in (before.get(user_id), after.get(user_id))
            if duty
        ]
        store_ids = frozenset().union(*(duty.store_ids for duty in changed))
        company_ids = frozenset().union(
            *(duty.company_ids for duty in changed if duty.group == GROUP_HEAD_OFFICE)
        )
        self.env["stock.warehouse"].browse(store_ids)._pass_on_transfer_turns(
            self.env["res.company"].browse(company_ids)
        )
