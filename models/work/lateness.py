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

    def _get_wait(self):
        """Return since when a row waits, and how many days longer than it should.

        Of several differences or substitutes each has its own days; the row waits
        since the first one, and is as late as the latest.
        """
        waits = self._get_waits()
        today = self.store_id._get_today()
        last_days = [self._get_last_day(start, due) for start, due in waits]
        return min(start for start, _due in waits), (today - min(last_days)).days

    def _get_waits(self):
        """Return ``[(since when, until which day)]`` of what a row is about."""
        if self.kind in OF_DIFFERENCES:
            waits = [
                (self._get_turn_date(one), one.deadline)
                for one in self._get_differences()
            ]
        elif self.kind == "substitute":
            proposed = self.transfer_id.open_substitution_ids
            waits = [(one.create_date, self.due_date) for one in proposed]
        else:
            waits = [(self._get_beginning(), self.due_date)]
        return waits or [(self.transfer_id.create_date, self.due_date)]

    def _get_differences(self):
        """Return the differences with which it is this turn."""
        turn = f"mail_activity_type_{self.kind}"
        return self.transfer_id.discrepancy_ids.filtered(
            lambda one: any(name == turn for name, _side, _group in one._get_turns())
        )

    def _get_turn_date(self, difference):
        """Return since when it is this turn with a difference.

        Who settles what is short, or decides what is disputed, has it from the source.
        """
        is_passed_on = self.kind in ("settle", "decide")
        return (is_passed_on and difference.answer_date) or difference.create_date

    def _get_beginning(self):
        """Return since when the one thing waits that a row is about."""
        transfer = self.transfer_id
        moments = [transfer[name] for name in BEGINNINGS.get(self.kind, ())]
        if self.kind == "take_back":
            sent_back = transfer.discrepancy_ids.filtered(
                lambda one: one.outcome == "returned"
            )
            moments += sent_back.mapped("settle_date")
        elif self.kind == "correct":
            rejections = transfer.event_ids.filtered(lambda one: one.step == "reject")
            moments += rejections.mapped("date")
        return max(filter(None, moments), default=transfer.create_date)

    def _get_last_day(self, start, due):
        """Return the day until which something may wait without being late.

        :param start: since when it waits, in UTC
        :param due: when it should have been done, whoever was slow
        """
        first_day = self.store_id._get_today(start) + self._get_days_on_the_way()
        return max(due or first_day, first_day)

    def _get_days_on_the_way(self):
        """Return how long goods may take that nobody has said are here."""
        transfer = self.transfer_id
        if self.kind != "count" or transfer.arrival_date:
            return timedelta()
        return timedelta(days=transfer.company_id.transfer_transit_days)
