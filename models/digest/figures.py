from datetime import date, timedelta
from typing import NamedTuple

from odoo import fields, models

from ...tools.days import get_begin

# What is on its way for more days than these is to be explained by name.
LONG = 30
FINISHED = ("number_of_transfers:sum", "lost_value:sum", "shrink_rate:avg")
PROMISED = ("unit_fill_rate:avg", "otif_rate:avg")


class Figures(NamedTuple):
    """What a digest tells of a company, in numbers.

    :param these: what happened from the first day to the day before ``today``
    :param before: what happened in as many days before these
    :param now: how it stands, ``{figure: (number, value)}``
    :param ledger_check: the id of the last check of its ledger, if there is one
    """

    first_day: date
    today: date
    these: dict
    before: dict
    now: dict
    ledger_check: int | None


class StoreTransferOverview(models.Model):
    """The figures of all stores that the digest tells.

    No figure has a formula of its own here: each is what a report, or the card itself,
    says of these days.
    """

    _inherit = "store.transfer.overview"

    def _read_digest(self, days):
        """Return what happened in the last whole days, and how it stands now.

        It is read for all of these cards at once, which are of whole companies.

        :return: ``{id of a card: Figures}``
        """
        today = fields.Date.context_today(self)
        first_day = today - timedelta(days=days)
        these = self._read_days(first_day, today)
        before = self._read_days(first_day - timedelta(days=days), first_day)
        now = self._read_now()
        checks = self._read_last_ledger_checks()
        return {
            card.id: Figures(
                first_day,
                today,
                these[card.company_id],
                before[card.company_id],
                now[card.company_id],
                checks.get(card.company_id),
            )
            for card in self
        }

    def _read_days(self, first_day, next_day):
        """Return what happened from one day to the day before another one.

        :return: ``{company: {figure: number}}``; of a rate that nothing counts for,
            False
        """
        came, went = self._read_week(first_day)
        finished = self._read_report(
            "store.transfer.report",
            FINISHED,
            ("state", "=", "done"),
            ("transfer_id.done_date", ">=", get_begin(first_day, self.env.tz)),
            ("transfer_id.done_date", "<", get_begin(next_day, self.env.tz)),
        )
        # What is due then, kept or not.
        promised = self._read_report(
            "store.transfer.report",
            PROMISED,
            ("promised_date", ">=", first_day),
            ("promised_date", "<", next_day),
        )
        days = {}
        for card in self:
            company = card.company_id
            number, lost_value, shrink_rate = finished.get(company, (0, 0.0, False))
            unit_fill_rate, otif_rate = promised.get(company, (False, False))
            days[company] = {
                "shipped": card._add_up(went, next_day),
                "received": card._add_up(came, next_day),
                "finished": number or 0,
                "lost_value": lost_value or 0.0,
                "shrink_rate": shrink_rate,
                "unit_fill_rate": unit_fill_rate,
                "otif_rate": otif_rate,
            }
        return days

    def _read_report(self, report, aggregates, *domain):
        """Return what a report says of the companies: ``{company: its aggregates}``."""
        rows = self.env[report]._read_group(
            [("company_id", "in", self.company_id.ids), *domain],
            ["company_id"],
            aggregates,
        )
        return {company: numbers for company, *numbers in rows}

    def _add_up(self, pieces, next_day):
        days = pieces[self._get_key()]
        return sum(quantity for day, quantity in days.items() if day < next_day)

    def _read_now(self):
        """Return how it stands now: ``{company: {figure: (number, value)}}``."""
        in_transit = self._read_in_transit()
        in_transit_long = self._read_in_transit(("age", ">", LONG))
        # Not settled, past their deadline.
        differences_late = self._read_report(
            "store.transfer.discrepancy.report",
            ("number_of_differences:sum", "value:sum"),
            ("is_overdue", "=", True),
        )
        now = {}
        for card in self:
            company = card.company_id
            number, value = differences_late.get(company, (0, 0.0))
            now[company] = {
                "in_transit": (None, in_transit.get(company, 0.0)),
                "in_transit_long": (None, in_transit_long.get(company, 0.0)),
                "late": (card.late_count, card.late_value),
                "differences": (card.difference_count, card.difference_value),
                "differences_late": (number or 0, value or 0.0),
            }
        return now

    def _read_in_transit(self, *domain):
        """Return what the goods on their way are worth: ``{company: value}``."""
        values = self._read_report("store.transfer.in.transit", ("value:sum",), *domain)
        return {company: value or 0.0 for company, [value] in values.items()}

    def _read_last_ledger_checks(self):
        """Return the last finished check of each company: ``{company: its id}``."""
        return dict(
            self.env["store.transfer.ledger.check"]._read_group(
                [("company_id", "in", self.company_id.ids), ("state", "=", "done")],
                ["company_id"],
                ["id:max"],
            )
        )
