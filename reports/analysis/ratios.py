from dataclasses import dataclass

from odoo import fields, models
from odoo.tools import SQL


@dataclass(frozen=True)
class Ratio:
    """One sum over another, whatever the rows are grouped by.

    :param part: a column of the query
    :param whole: another one; where it is 0, there is no ratio
    :param less: whether the part is what is missing to all of it
    :param of_transfers: whether each transfer counts once, and both columns tell
        whether it counts
    """

    part: str
    whole: str
    less: bool = False
    of_transfers: bool = False

    def of_row(self, table):
        """Return the ratio of one row, in SQL."""
        return self._divide(self._column(table, self.part, "::int"), self._whole(table))

    def of_group(self, table):
        """Return the ratio of a group of rows, in SQL."""
        if self.of_transfers:
            part, whole = (
                SQL(
                    "COUNT(DISTINCT CASE WHEN %s THEN %s END)",
                    SQL.identifier(table, name),
                    SQL.identifier(table, "transfer_id"),
                )
                for name in (self.part, self.whole)
            )
        else:
            part, whole = (
                SQL("SUM(%s)", SQL.identifier(table, name))
                for name in (self.part, self.whole)
            )
        return self._divide(part, whole)

    def _whole(self, table):
        return self._column(table, self.whole, "::int")

    def _column(self, table, name, cast):
        column = SQL.identifier(table, name)
        return SQL("%s%s", column, SQL(cast)) if self.of_transfers else column

    def _divide(self, part, whole):
        if self.less:
            part = SQL("(%s - %s)", whole, part)
        return SQL("%s::float / NULLIF(%s, 0)", part, whole)


RATIOS = {
    "unit_fill_rate": Ratio("filled", "to_fill"),
    "line_fill_rate": Ratio("full_lines", "lines_over"),
    "supply_fill_rate": Ratio("supply_cuts", "lines_over", less=True),
    "approval_rate": Ratio("approved_of_decided", "decided"),
    "otif_rate": Ratio("lines_otif", "lines_due"),
    "perfect_rate": Ratio("lines_perfect", "lines_due"),
    "promise_moved_rate": Ratio("is_moved", "is_promised", of_transfers=True),
    "shipping_accuracy": Ratio("differing", "sent", less=True),
    "counting_accuracy": Ratio("miscounted", "sent", less=True),
    "error_rate": Ratio("has_error", "is_counted", of_transfers=True),
    "damage_rate": Ratio("damaged", "shipped"),
    "shrink_rate": Ratio("lost_value", "shipped_value"),
    "approval_hours": Ratio("hours_to_approve", "lines_approved"),
    "ship_hours": Ratio("hours_to_ship", "lines_shipped"),
    "way_hours": Ratio("hours_on_the_way", "lines_arrived"),
    "dock_hours": Ratio("hours_to_count", "lines_put_away"),
    "lead_hours": Ratio("hours_in_all", "lines_lead"),
}
NUMBER_OF_TRANSFERS = "number_of_transfers"


def _rate(label, text):
    return fields.Float(
        label, digits=(16, 1), aggregator="avg", readonly=True, help=text
    )


def _hours(label, text):
    return fields.Float(
        label, digits=(16, 1), aggregator="avg", readonly=True, help=text
    )


class StoreTransferReport(models.Model):
    """Rates: of any group of rows one sum over another, never a mean of rates."""

    _inherit = "store.transfer.report"

    number_of_transfers = fields.Integer(
        readonly=True, help="How many transfers, each of which counts once."
    )
    unit_fill_rate = _rate(
        "Unit Fill Rate",
        "Received ÷ asked, in pieces, of transfers that are over. What came beyond "
        "what was asked for does not make up for what is missing elsewhere.",
    )
    line_fill_rate = _rate(
        "Line Fill Rate",
        "Lines received in full ÷ lines asked for, of transfers that are over.",
    )
    supply_fill_rate = _rate(
        "Line Fill Rate (Supply)",
        "The same, but only lines count as cut that were cut for a reason marked as "
        "Supply Cut, or whose goods were not sent: this is what the source can be "
        "judged by.",
    )
    approval_rate = _rate(
        "Approval Rate",
        "Approved ÷ asked, in pieces, of what was decided between stores.",
    )
    otif_rate = _rate(
        "On Time in Full",
        "Lines received in full by the day that was promised first ÷ lines due. The "
        "day is the one at the destination.",
    )
    perfect_rate = _rate(
        "Perfect",
        "Lines on time and in full, without any difference and without a count that "
        "was undone ÷ lines due.",
    )
    promise_moved_rate = _rate(
        "Promise Moved",
        "Transfers whose expected date was changed after it was submitted ÷ all.",
    )
    shipping_accuracy = _rate(
        "Shipping Accuracy",
        "1 − pieces that were counted more or less than shipped ÷ pieces shipped, of "
        "what was counted. Too many and too few do not cancel out.",
    )
    counting_accuracy = _rate(
        "Counting Accuracy",
        "1 − pieces that were counted as missing and were there after all ÷ pieces "
        "shipped, of what was counted.",
    )
    error_rate = _rate(
        "Transfers with an Error",
        "Transfers with at least one line of which more or less was counted than "
        "shipped ÷ transfers that were counted.",
    )
    damage_rate = _rate("Damage Rate", "Damaged ÷ shipped, in pieces.")
    shrink_rate = _rate(
        "Shrink on the Way", "Value lost ÷ value shipped, both at cost."
    )
    approval_hours = _hours(
        "Hours to Approve", "From submitted to approved: hours ÷ lines."
    )
    ship_hours = _hours(
        "Hours to Ship", "From approved to first shipped: hours ÷ lines."
    )
    way_hours = _hours(
        "Hours on the Way", "From last shipped to arrived: hours ÷ lines."
    )
    dock_hours = _hours(
        "Dock to Stock (Hours)",
        "From arrived to last counted: hours ÷ lines, of transfers that are done.",
    )
    lead_hours = _hours(
        "Hours in All",
        "From submitted to last counted: hours ÷ lines, of transfers that are done.",
    )

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, aggregate = aggregate_spec.partition(":")
        if name == NUMBER_OF_TRANSFERS and aggregate == "sum":
            column = self._field_to_sql(self._table, "transfer_id", query)
            return SQL("COUNT(DISTINCT %s)", column)
        if name in RATIOS and aggregate == "avg":
            # Checks that the user may read it.
            self._field_to_sql(self._table, name, query)
            return RATIOS[name].of_group(self._table)
        return super()._read_group_select(aggregate_spec, query)
