from typing import NamedTuple

from odoo import api, models

from .mine import GROUPS


class People(NamedTuple):
    """Who is told of a row of work.

    :param own: whose turn it is and who can be told, in the store or at head office
    :param head_office: who can be told there
    :param is_alone: whether the store has nobody of that role
    """

    own: object
    head_office: object
    is_alone: bool


class StoreTransferWork(models.Model):
    """Who has to do what waits, and who can be told of it."""

    _inherit = "store.transfer.work"

    @api.model
    def _get_people_of(self, store, role):
        """Return who does it in a store, as ``_get_side_users`` says."""
        if not store.active:
            return self.env["res.users"]
        return store._get_transfer_staff(GROUPS[role])

    def _get_people(self):
        """Return ``{(store, role): People}`` of these rows."""
        people = {}
        for (store, role), works in self.grouped(
            lambda work: (work.store_id, work.role)
        ).items():
            people[store, role] = self._find_people(works.company_id, store, role)
        return people

    @api.model
    def _find_people(self, company, store, role):
        head_office = company._get_transfer_head_office()
        reached = head_office.filtered(lambda user: user._can_be_reminded())
        if role == "head_office":
            return People(reached, reached, is_alone=False)
        staff = self._get_people_of(store, role)
        own = staff.filtered(lambda user: user._can_be_reminded())
        return People(own, reached, is_alone=not staff)
