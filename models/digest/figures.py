from odoo import models

from ...tools.days import get_begin

# What is on its way for more days than these is to be explained by name.
LONG = 30
FINISHED = ("number_of_transfers:sum", "lost_value:sum", "shrink_rate:avg")
PROMISED = ("unit_fill_rate:avg", "otif_rate:avg")


class StoreTransferOverview(models.Model):
    """The figures of all stores that the digest tells.

    No figure has a formula of its own here: each is what a report, or the card itself,
    says of these days to the one who reads it.
    """

    _inherit = "store.transfer.overview"

    def _read_days(self, first_day, next_day):
        """Return what happened from one day to the day before another one.

        :return: ``{figure: number}``; of a rate that nothing counts for, False
        """
        came, went = self._read_week(first_day)
        finished, lost_value, shrink_rate = self._read_report(
            FINISHED,
            ("state", "=", "done"),
            ("transfer_id.done_date", ">=", get_begin(first_day, self.env.tz)),
            ("transfer_id.done_date", "<", get_begin(next_day, self.env.tz)),
        )
        # What is due then, kept or not.
        unit_fill_rate, otif_rate = self._read_report(
            PROMISED,
            ("promised_date", ">=", first_day),
            ("promised_date", "<", next_day),
        )
        return {
            "shipped": self._add_up(went, next_day),
            "received": self._add_up(came, next_day),
            "finished": finished or 0,
            "lost_value": lost_value or 0.0,
            "shrink_rate": shrink_rate,
            "unit_fill_rate": unit_fill_rate,
            "otif_rate": otif_rate,
        }

    def _read_report(self, aggregates, *domain):
        """Return what the analysis says of this company."""
        [row] = self.env["store.transfer.report"]._read_group(
            [("company_id", "=", self.company_id.id), *domain], [], aggregates
        )
        return row

    def _add_up(self, pieces, next_day):
        days = pieces[self._get_key()]
        return sum(quantity for day, quantity in days.items() if day < next_day)

    def _read_now(self):
        """Return how it stands now, as ``{figure: (number, value)}``."""
        return {
            "in_transit": (None, self._read_in_transit()),
            "in_transit_long": (None, self._read_in_transit(("age", ">", LONG))),
            "late": (self.late_count, self.late_value),
            "differences": (self.difference_count, self.difference_value),
            "differences_late": self._read_late_differences(),
        }

    def _read_in_transit(self, *domain):
        """Return what the goods on their way are worth."""
        [[value]] = self.env["store.transfer.in.transit"]._read_group(
            [("company_id", "=", self.company_id.id), *domain], [], ["value:sum"]
        )
        return value or 0.0

    def _read_late_differences(self):
        """Return number and value of what is not settled, past its deadline."""
        [(number, value)] = self.env["store.transfer.discrepancy.report"]._read_group(
            [("company_id", "=", self.company_id.id), ("is_overdue", "=", True)],
            [],
            ["number_of_differences:sum", "value:sum"],
        )
        return number or 0, value or 0.0

    def _get_last_ledger_check(self):
        """Return the last check of the company's ledger that was finished."""
        return self.env["store.transfer.ledger.check"].search(
            [("company_id", "=", self.company_id.id), ("state", "=", "done")], limit=1
        )
