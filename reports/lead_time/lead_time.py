from odoo import fields, models
from odoo.tools import SQL

from ..measured import Measured
from ..sides import LANE_OF_STORES

# Between which of its moments a transfer waits, by the name of the wait.
WAITS = {
    "approval": ("submit_date", "approval_date"),
    "shipping": ("approval_date", "ship_date"),
    "way": ("ship_date", "arrival_date"),
    "counting": ("arrival_date", "last_count_date"),
    "door": ("submit_date", "last_count_date"),
}
# Of so many of all transfers a wait took as long at most.
SHARES = {"median": 0.5, "p90": 0.9}
QUERY = """
    SELECT transfer.id,
           transfer.id AS transfer_id,
           transfer.company_id,
           transfer.source_store_id,
           transfer.destination_store_id,
           %(lane)s AS lane,
           transfer.done_date,
           1 AS number_of_transfers,
           %(waits)s
      FROM store_transfer transfer
      JOIN stock_warehouse source ON source.id = transfer.source_store_id
      JOIN stock_warehouse destination ON destination.id = transfer.destination_store_id
     WHERE transfer.state = 'done'
       AND transfer.kind = 'between'
       AND transfer.last_count_date IS NOT NULL
"""


def _days(string, help_text):
    return Measured(
        string, digits=(16, 1), readonly=True, aggregator="avg", help=help_text
    )


class StoreTransferLeadTime(models.Model):
    """How long each transfer between two stores took that is done: a row for each.

    What a group of them shows is the median and the 90th percentile of just those, at
    any grouping: see :meth:`_read_group_select`. Neither can be made of those of parts.
    """

    _name = "store.transfer.lead.time"
    _description = "Lead Times"
    _inherit = ["store.transfer.reach"]
    _auto = False
    _rec_name = "transfer_id"
    _order = "done_date desc, id desc"
    _depends = {
        "stock.warehouse": ["name"],
        "store.transfer": [
            "company_id",
            "destination_store_id",
            "done_date",
            "kind",
            "source_store_id",
            "state",
            *sorted({moment for moments in WAITS.values() for moment in moments}),
        ],
    }

    transfer_id = fields.Many2one("store.transfer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    source_store_id = fields.Many2one("stock.warehouse", "Source", readonly=True)
    destination_store_id = fields.Many2one(
        "stock.warehouse", "Destination", readonly=True
    )
    lane = fields.Char(readonly=True, help="From which store to which.")
    done_date = fields.Datetime("Done On", readonly=True)
    number_of_transfers = fields.Integer("Transfers", readonly=True)
    approval_median = _days(
        "Approval: Median",
        "Days from submitting to approving; half of the transfers took no longer. "
        "Nights and days off count.",
    )
    approval_p90 = _days(
        "Approval: 90th Percentile",
        "Days from submitting to approving; 9 of 10 transfers took no longer. Nights "
        "and days off count.",
    )
    shipping_median = _days(
        "Shipping: Median",
        "Days from approving to first shipping; half of the transfers took no longer.",
    )
    shipping_p90 = _days(
        "Shipping: 90th Percentile",
        "Days from approving to first shipping; 9 of 10 transfers took no longer.",
    )
    way_median = _days(
        "Way: Median",
        "Days from first shipping to the arrival; half of the transfers took no "
        "longer.",
    )
    way_p90 = _days(
        "Way: 90th Percentile",
        "Days from first shipping to the arrival; 9 of 10 transfers took no longer.",
    )
    counting_median = _days(
        "Counting: Median",
        "Days from the arrival to the last count; half of the transfers took no "
        "longer.",
    )
    counting_p90 = _days(
        "Counting: 90th Percentile",
        "Days from the arrival to the last count; 9 of 10 transfers took no longer.",
    )
    door_median = _days(
        "Door to Door: Median",
        "Days from submitting to the last count; half of the transfers took no longer.",
    )
    door_p90 = _days(
        "Door to Door: 90th Percentile",
        "Days from submitting to the last count; 9 of 10 transfers took no longer.",
    )

    @property
    def _table_query(self):
        waits = SQL(", ").join(self._get_waits())
        return SQL(QUERY, lane=LANE_OF_STORES, waits=waits)

    def _get_waits(self):
        """Return the columns: each wait, in days, once for each of its figures.

        Where moves were dated otherwise, one may end before it begins: it says nothing.
        """
        for wait, (begin, end) in WAITS.items():
            days = SQL(
                "CASE WHEN transfer.%(end)s >= transfer.%(begin)s"
                " THEN EXTRACT(EPOCH FROM transfer.%(end)s - transfer.%(begin)s)"
                " / 86400 END",
                end=SQL.identifier(end),
                begin=SQL.identifier(begin),
            )
            for figure in SHARES:
                yield SQL("%s AS %s", days, SQL.identifier(f"{wait}_{figure}"))

    def _read_group_select(self, aggregate_spec, query):
        """Take the percentile of a group where Odoo would take the mean."""
        name, _separator, function = aggregate_spec.partition(":")
        wait, _separator, figure = name.rpartition("_")
        if function != "avg" or wait not in WAITS:
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "percentile_cont(%s) WITHIN GROUP (ORDER BY %s)",
            SHARES[figure],
            self._field_to_sql(self._table, name, query),
        )

    def action_open(self):
        """Open the transfer that took so long."""
        self.ensure_one()
        return self.transfer_id._get_form_action()
