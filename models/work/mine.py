from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.roles import GROUP_APPROVER, GROUP_HEAD_OFFICE, GROUP_STAFF

GROUPS = {"staff": GROUP_STAFF, "approver": GROUP_APPROVER}


class StoreTransferWork(models.Model):
    """Which rows wait for the user, and which are late."""

    _inherit = "store.transfer.work"

    is_mine = fields.Boolean(
        string="Waits for Me",
        compute="_compute_is_mine",
        search="_search_is_mine",
        help="It is up to you. Head office also does what nobody in a store can.",
    )

    @api.depends("role", "store_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.filtered_domain(self._get_mine_domain())
        for work in self:
            work.is_mine = work in mine

    @api.model
    def _search_is_mine(self, operator, value):
        return self._get_mine_domain() if operator == "in" else NotImplemented

    @api.model
    def _get_mine_domain(self):
        """Return the domain of what the user has to do, as the activities say, too."""
        user = self.env.user
        roles = [role for role, group in GROUPS.items() if user.has_group(group)]
        stores = user.sudo().transfer_store_ids
        mine = Domain("store_id", "in", stores.ids) & Domain("role", "in", roles)
        return mine | self._get_head_office_domain()

    @api.model
    def _get_head_office_domain(self):
        """Return the domain of what nobody but head office can do."""
        if not self.env.user.has_group(GROUP_HEAD_OFFICE):
            return Domain.FALSE
        lacking = [
            Domain("role", "=", role)
            & Domain("store_id", "in", self._get_stores_without(group).ids)
            for role, group in GROUPS.items()
        ]
        return Domain.OR([Domain("role", "=", "head_office"), *lacking])

    @api.model
    def _get_stores_without(self, group):
        """Return the stores of the user's companies where nobody works in ``group``."""
        # In sudo: head office need not see other users.
        stores = self.env["stock.warehouse"].sudo().with_context(active_test=False)
        stores = stores.search([("company_id", "in", self.env.companies.ids)])
        members = self.env.ref(group).sudo().all_user_ids
        staffed = {
            store
            for user in members.filtered("active")
            for store in user.transfer_store_ids
            if store.active and store.company_id in user.company_ids
        }
        return stores.filtered(lambda store: store not in staffed)

    @api.model
    def _search_is_late(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        late = Domain.OR(
            Domain("due_date", "<", day) & Domain("store_id", "in", stores.ids)
            for day, stores in self.env["stock.warehouse"]._get_stores_by_day().items()
        )
        return late if (operator == "in") == (True in value) else ~late
