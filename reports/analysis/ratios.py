from dataclasses import dataclass

from odoo import fields, models
from odoo.tools import SQL

from ..measured import Measured

# So many days back, what was shipped says how much is shipped in a day.
DAYS_OF_PIPE = 30
# More than anything that is added up of transfers, each of which counts once.
SPAN = 10**6


@dataclass(frozen=True)
class Ratio:
    """One sum over another, whatever the rows are grouped by.

    :param part: a column of the query
    :param whole: another one; where it is 0, there is no ratio
    :param less: whether the part is what is missing to all of it
    :param times: by what it is multiplied
    """

    part: str
    whole: str
    less: bool = False
    times: int = 1

    def of_row(self, table):
        """Return the ratio of one row, in SQL."""
        return self._divide(
            self._get_column(table, self.part), self._get_column(table, self.whole)
        )

    def of_group(self, report, query):
        """Return the ratio of a group of rows, in SQL."""
        return self._divide(
            self._add_part(report, query), self._add(report, query, self.whole)
        )

    def _get_column(self, table, name):
        return SQL.identifier(table, name)

    def _add_part(self, report, query):
        return self._add(report, query, self.part)

    def _add(self, report, query, name):
        return SQL("SUM(%s)", SQL.identifier(report._table, name))

    def _divide(self, part, whole):
        if self.less:
            part = SQL("(%s - %s)", whole, part)
        return SQL("%s * %s::float / NULLIF(%s, 0)", self.times, part, whole)


class RatioOfTransfers(Ratio):
    """Each transfer counts once, and both columns tell whether it counts."""

    def _get_column(self, table, name):
        return SQL("%s::int", SQL.identifier(table, name))

    def _add(self, report, query, name):
        # Of all of them the same column: PostgreSQL sorts the rows once.
        return SQL(
            "COUNT(DISTINCT %s) FILTER (WHERE %s)",
            SQL.identifier(report._table, "transfer_id"),
            SQL.identifier(report._table, name),
        )


class MeanOfTransfers(RatioOfTransfers):
    """The part is something that each transfer has so much of."""

    def _add_part(self, report, query):
        return add_once(report._table, self.part)


class RatioOfValues(Ratio):
    """Both are values: those of several companies, in the currency of one."""

    def _add(self, report, query, name):
        return report._read_group_select(f"{name}:sum_currency", query)


def add_once(table, name):
    """Return the sum of what transfers have, however many rows each has, in SQL.

    Transfers that have the same are told apart by their ids, which are taken off again.

    :param name: a column with whole numbers from 0 on, below ``SPAN``
    """
    transfer = SQL("%s::bigint * %s", SQL.identifier(table, "transfer_id"), SPAN)
    return SQL(
        "(SUM(DISTINCT %(transfer)s + %(number)s)"
        " - SUM(DISTINCT CASE WHEN %(number)s IS NOT NULL THEN %(transfer)s END)"
        ")::bigint",
        transfer=transfer,
        number=SQL.identifier(table, name),
    )


RATIOS = {
    "unit_fill_rate": Ratio("filled", "to_fill"),
    "line_fill_rate": Ratio("full_lines", "lines_over"),
    "supply_fill_rate": Ratio("supply_cuts", "lines_over", less=True),
    "approval_rate": Ratio("approved_of_decided", "decided"),
    # As the whole of a transfer: what misses one of its lines misses it.
    "otif_rate": RatioOfTransfers("is_missed", "is_due", less=True),
    "line_otif_rate": Ratio("lines_otif", "lines_due"),
    "perfect_rate": RatioOfTransfers("is_blemished", "is_due", less=True),
    "customer_rate": Ratio("customer_kept", "customer_due"),
    "promise_moved_rate": RatioOfTransfers("is_moved", "is_promised"),
    "slipped_days": MeanOfTransfers("slip", "is_moved"),
    "shipping_accuracy": Ratio("differing", "sent", less=True),
    "counting_accuracy": Ratio("miscounted", "sent", less=True),
    "error_rate": RatioOfTransfers("has_error", "is_counted"),
    "damage_rate": Ratio("damaged", "shipped_to_stores"),
    "shrink_rate": RatioOfValues("lost_value", "shipped_between_value"),
    "pipe_days": RatioOfValues(
        "in_transit_value", "shipped_lately_value", times=DAYS_OF_PIPE
    ),
    "approval_hours": Ratio("hours_to_approve", "lines_approved"),
    "ship_hours": Ratio("hours_to_ship", "lines_shipped"),
    "way_hours": Ratio("hours_on_the_way", "lines_arrived"),
    "dock_hours": Ratio("hours_to_count", "lines_put_away"),
    "lead_hours": Ratio("hours_in_all", "lines_lead"),
}
NUMBER_OF_TRANSFERS = "number_of_transfers"
PROMISE_CHANGES = "promise_changes"


def _ratio(label, text):
    return Measured(label, digits=(16, 1), aggregator="avg", readonly=True, help=text)


class StoreTransferReport(models.Model):
    """Rates: of any group of rows one sum over another, never a mean of rates."""

    _inherit = "store.transfer.report"

    number_of_transfers = fields.Integer(
        readonly=True, help="How many transfers, each of which counts once."
    )
    unit_fill_rate = _ratio(
        "Unit Fill Rate",
        "Received ÷ asked, in pieces, of transfers that are over. What came beyond "
        "what was asked for does not make up for what is missing elsewhere.",
    )
    line_fill_rate = _ratio(
        "Line Fill Rate",
        "Lines received in full ÷ lines asked for, of transfers that are over.",
    )
    supply_fill_rate = _ratio(
        "Line Fill Rate (Supply)",
        "The same, but only lines count as cut that were cut for a reason marked as "
        "Supply Cut, or whose goods were not sent: this is what the source can be "
        "judged by.",
    )
    approval_rate = _ratio(
        "Approval Rate",
        "Approved ÷ asked, in pieces, of what was decided between stores.",
    )
    otif_rate = _ratio(
        "On Time in Full",
        "Transfers of which every line was received in full by the day that was "
        "promised first ÷ transfers due. Of a product, only its own lines count. The "
        "day is the one at the destination.",
    )
    line_otif_rate = _ratio(
        "On Time in Full (Lines)",
        "Lines received in full by the day that was promised first ÷ lines due.",
    )
    perfect_rate = _ratio(
        "Perfect",
        "Transfers on time and in full, without any difference and without a count "
        "that was undone ÷ transfers due.",
    )
    customer_rate = _ratio(
        "Customer Promise Kept",
        "Lines that a customer waits for, received in full by the day that was "
        "promised first ÷ all such lines that are due.",
    )
    promise_moved_rate = _ratio(
        "Promise Moved",
        "Transfers whose expected date was changed after it was submitted ÷ all.",
    )
    slipped_days = _ratio(
        "Days Slipped",
        "From the day that was promised first to the one that is expected now: days ÷ "
        "transfers whose expected date was changed. To be earlier counts as 0.",
    )
    shipping_accuracy = _ratio(
        "Shipping Accuracy",
        "1 − pieces that were counted more or less than shipped ÷ pieces shipped, of "
        "what was counted. Too many and too few do not cancel out.",
    )
    counting_accuracy = _ratio(
        "Counting Accuracy",
        "1 − pieces that were counted as missing and were there after all ÷ pieces "
        "shipped, of what was counted.",
    )
    error_rate = _ratio(
        "Transfers with an Error",
        "Transfers with at least one line of which more or less was counted than "
        "shipped ÷ transfers that were counted.",
    )
    damage_rate = _ratio(
        "Damage Rate", "Damaged ÷ shipped, in pieces, of what goes to stores."
    )
    shrink_rate = _ratio(
        "Shrink on the Way", "Value lost ÷ value shipped between stores, both at cost."
    )
    pipe_days = _ratio(
        "Days in the Pipe",
        "Value in transit ÷ value shipped in a day, between stores, as in the last 30 "
        "days.",
    )
    approval_hours = _ratio(
        "Hours to Approve",
        "From submitted to approved: hours ÷ lines. Nights and days off count.",
    )
    ship_hours = _ratio(
        "Hours to Ship", "From approved to first shipped: hours ÷ lines."
    )
    way_hours = _ratio(
        "Hours on the Way", "From first shipped to arrived: hours ÷ lines."
    )
    dock_hours = _ratio(
        "Dock to Stock (Hours)",
        "From arrived to last counted: hours ÷ lines, of transfers that are done.",
    )
    lead_hours = _ratio(
        "Hours in All",
        "From submitted to last counted: hours ÷ lines, of transfers that are done.",
    )

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, aggregate = aggregate_spec.partition(":")
        if name == NUMBER_OF_TRANSFERS and aggregate == "sum":
            column = self._field_to_sql(self._table, "transfer_id", query)
            return SQL("COUNT(DISTINCT %s)", column)
        if name == PROMISE_CHANGES and aggregate == "sum":
            self._field_to_sql(self._table, name, query)
            return add_once(self._table, name)
        if name in RATIOS and aggregate == "avg":
            # Checks that the user may read it.
            self._field_to_sql(self._table, name, query)
            return RATIOS[name].of_group(self, query)
        return super()._read_group_select(aggregate_spec, query)
