from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from .work import OF_DIFFERENCES, ROLES

# When a step could have been begun at the earliest, by what there is to do.
BEGINNINGS = {
    "approve": ("submit_date",),
    "ship": ("approval_date",),
    "count": ("approval_date", "last_ship_date", "arrival_date", "last_count_date"),
    "take_back": ("last_count_date",),
}


class StoreTransferWork(models.Model):
    """Since when rows wait, and how late they are for who has to do it.

    Lists say late of what should be done by now. Nobody is reminded of that who could
    not do it before: where goods were approved or shipped late, their days count from
    then on.
    """

    _inherit = "store.transfer.work"

    @api.model
    def _find_to_remind(self):
        """Return what is late, and what waits where a store has nobody to do it.

        Nobody waits for a draft.
        """
        late = Domain("is_late", "=", True)
        alone = [
            Domain("role", "=", role) & Domain("store_id", "in", stores.ids)
            for role, stores in self._get_stores_without_people().items()
        ]
        asked = Domain("kind", "!=", "submit") & Domain("store_id", "!=", False)
        return self.search(asked & Domain.OR([late, *alone]))

    @api.model
    def _get_stores_without_people(self):
        """Return ``{role: the stores where head office stands in for it}``."""
        stores = self.env["stock.warehouse"].with_context(active_test=False)
        stores = stores.search([])  # pylint: disable=no-search-all
        # Of the people, those who have left are no more.
        stores = stores.with_env(self.env)
        return {
            role: stores.filtered(
                lambda store, role=role: not self._get_people_of(store, role)
            )
            for role, _label in ROLES
            if role != "head_office"
        }

    def _get_start(self):
        """Return since when a row waits, as a datetime."""
        transfer = self.transfer_id
        moments = [transfer[name] for name in BEGINNINGS.get(self.kind, ())]
        if self.kind in OF_DIFFERENCES:
            unsettled = transfer.discrepancy_ids.filtered(
                lambda one: one.state != "settled"
            )
            moments += [one.answer_date or one.create_date for one in unsettled]
        elif self.kind == "take_back":
            moments += transfer.discrepancy_ids.mapped("settle_date")
        elif self.kind == "correct":
            rejections = transfer.event_ids.filtered(lambda one: one.step == "reject")
            moments += rejections.mapped("date")
        elif self.kind == "substitute":
            moments += transfer.open_substitution_ids.mapped("create_date")
        return max(filter(None, moments), default=transfer.create_date)

    def _get_days_late(self, start):
        """Return so many days a row has waited for longer than it should.

        :param start: what :meth:`_get_start` says
        """
        first_day = self.store_id._get_today(start) + self._get_days_on_the_way()
        due = max(self.due_date or first_day, first_day)
        return (self.store_id._get_today() - due).days

    def _get_days_on_the_way(self):
        """Return how long goods may take that nobody has said are here."""
        transfer = self.transfer_id
        if self.kind != "count" or transfer.arrival_date:
            return timedelta()
        return timedelta(days=transfer.company_id.transfer_transit_days)
