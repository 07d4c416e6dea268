from odoo import models
from odoo.tools import SQL

from ...tools.sides import INITIATOR, OTHER_SIDE
from ...tools.states import STOCK_STATES
from .work import KINDS

STOCK = f"transfer.state IN {STOCK_STATES}"
SHIP_DAY = "transfer.expected_date - company.transfer_transit_days"
# As _get_answering_group says.
STAFF_ANSWER = (
    "(transfer.initiator = 'destination' AND NOT EXISTS ("
    "SELECT 1 FROM stock_warehouse store WHERE store.transfer_blind_count"
    " AND store.id = transfer.destination_store_id))"
)
IS_PROPOSED = (
    "transfer.id IN ("
    "SELECT transfer_id FROM store_transfer_substitution WHERE state = 'open')"
)

# What waits with a transfer: (kind, whose store, role, due, when).
OF_TRANSFERS = [
    (
        "approve",
        OTHER_SIDE,
        "approver",
        f"LEAST({SHIP_DAY}, transfer.submit_day + company.transfer_approve_days)",
        "transfer.state = 'waiting'",
    ),
    (
        "ship",
        "transfer.source_store_id",
        "staff",
        SHIP_DAY,
        f"transfer.is_to_ship AND transfer.kind <> 'receipt' AND {STOCK}",
    ),
    (
        "count",
        "transfer.destination_store_id",
        "staff",
        "transfer.expected_date",
        f"transfer.is_to_count AND {STOCK}",
    ),
    (
        "take_back",
        "transfer.source_store_id",
        "staff",
        "transfer.expected_date + company.transfer_transit_days",
        f"transfer.is_to_take_back AND {STOCK}",
    ),
    (
        "substitute",
        "transfer.destination_store_id",
        "staff",
        SHIP_DAY,
        f"{IS_PROPOSED} AND {STAFF_ANSWER}",
    ),
    (
        "substitute",
        "transfer.destination_store_id",
        "approver",
        SHIP_DAY,
        f"{IS_PROPOSED} AND NOT {STAFF_ANSWER}",
    ),
    ("submit", INITIATOR, "staff", SHIP_DAY, "transfer.state = 'draft'"),
    ("correct", INITIATOR, "staff", SHIP_DAY, "transfer.state = 'rejected'"),
]
# What waits with its differences, as their _get_turns says: (kind, side, role, when).
OF_DIFFERENCES = [
    (
        "answer",
        "source",
        "staff",
        "one.is_disputed IS NOT TRUE AND one.state = 'open'"
        " AND one.kind IN ('short', 'damaged') AND one.source_store_id IS NOT NULL",
    ),
    (
        "settle",
        "destination",
        "approver",
        "one.is_disputed IS NOT TRUE AND (one.kind = 'short' OR one.kind = 'damaged'"
        " AND (one.state <> 'open' OR one.source_store_id IS NULL))",
    ),
    (
        "accept",
        "destination",
        "approver",
        "one.is_disputed IS NOT TRUE AND one.kind IN ('surplus', 'unexpected')",
    ),
    ("decide", "destination", "head_office", "one.is_disputed"),
]
NUMBERS = {kind: number for number, (kind, _label) in enumerate(KINDS)}
# So many rows a transfer can have at most, see _get_transfers.
ROWS_OF_A_TRANSFER = 32


class StoreTransferWork(models.Model):
    """Where the rows come from."""

    _inherit = "store.transfer.work"
    _depends = {
        "res.company": ["transfer_approve_days", "transfer_transit_days"],
        "store.transfer": [
            "company_id",
            "destination_store_id",
            "expected_date",
            "initiator",
            "is_to_count",
            "is_to_ship",
            "is_to_take_back",
            "kind",
            "priority",
            "source_store_id",
            "state",
            "submit_day",
        ],
        "stock.warehouse": ["transfer_blind_count"],
        "store.transfer.substitution": ["state", "transfer_id"],
        "store.transfer.discrepancy": [
            "company_id",
            "deadline",
            "destination_store_id",
            "is_disputed",
            "kind",
            "source_store_id",
            "state",
            "transfer_id",
        ],
    }

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(self._get_queries())

    def _get_queries(self):
        """Return the queries of all rows. To be extended by other addons."""
        return [
            *(self._get_query_of_transfers(*one) for one in OF_TRANSFERS),
            *(self._get_query_of_differences(*one) for one in OF_DIFFERENCES),
        ]

    def _get_query_of_transfers(self, kind, store, role, due, condition):
        return SQL(
            """
            SELECT transfer.id * %(rows)s + %(number)s AS id,
                   %(kind)s AS kind,
                   transfer.id AS transfer_id,
                   %(store)s AS store_id,
                   transfer.company_id,
                   %(role)s AS role,
                   %(due)s AS due_date,
                   transfer.priority,
                   0 AS number_of_differences
              FROM store_transfer transfer
              JOIN res_company company ON company.id = transfer.company_id
             WHERE %(condition)s
            """,
            rows=ROWS_OF_A_TRANSFER,
            number=NUMBERS[kind],
            kind=kind,
            store=SQL(store),
            role=role,
            due=SQL(due),
            condition=SQL(condition),
        )

    def _get_query_of_differences(self, kind, side, role, condition):
        return SQL(
            """
            SELECT one.transfer_id * %(rows)s + %(number)s AS id,
                   %(kind)s AS kind,
                   one.transfer_id,
                   one.%(store)s AS store_id,
                   one.company_id,
                   %(role)s AS role,
                   MIN(one.deadline) AS due_date,
                   '0' AS priority,
                   COUNT(*) AS number_of_differences
              FROM store_transfer_discrepancy one
             WHERE one.state <> 'settled' AND %(condition)s
          GROUP BY one.transfer_id, one.%(store)s, one.company_id
            """,
            rows=ROWS_OF_A_TRANSFER,
            number=NUMBERS[kind],
            kind=kind,
            store=SQL.identifier(f"{side}_store_id"),
            role=role,
            condition=SQL(condition),
        )
