from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ...tools.ledger_accounts import ACCOUNTS, FLOWS, get_postings

DUE_FLOWS = ("ship", "receive", "take_back")
BETWEEN = "kind = 'between'"
# What a line says, and what its moves say: (rule, what, expected, found, whether less
# is right as well, of which lines).
OF_LINES = [
    ("term", "asked", "asked", "line_asked", False, "TRUE"),
    ("term", "to_ship", "to_ship", "line_to_ship", False, "TRUE"),
    ("term", "shipped", "shipped", "line_shipped", False, "TRUE"),
    ("term", "in_transit", "in_transit", "line_in_transit", False, "TRUE"),
    ("term", "received", "received", "line_received", False, "TRUE"),
    ("term", "returned", "returned", "line_returned", False, "TRUE"),
    ("term", "lost", "lost", "line_lost", False, "TRUE"),
    ("term", "damaged", "damaged", "line_damaged", False, "TRUE"),
    ("term", "not_approved", "not_approved", "line_not_approved", False, "TRUE"),
    ("term", "short", "short", "line_short", False, "TRUE"),
    (
        "equation",
        "asked",
        "asked",
        "to_ship + in_transit + received + returned + lost + damaged + not_approved"
        " + closed",
        False,
        "TRUE",
    ),
    ("below_zero", "least", "0", "LEAST(least, 0)", False, "TRUE"),
    ("open_moves", "receive", "to_receive", "move_receive", False, BETWEEN),
    ("open_moves", "take_back", "to_take_back", "move_take_back", False, BETWEEN),
    ("difference", "short", "missing", "short", True, "TRUE"),
    ("difference", "lost", "lost", "settled_as_lost", True, BETWEEN),
    ("difference", "not_sent", "not_sent", "settled_as_not_sent", True, BETWEEN),
    # Scrapped, or counted as damaged later.
    ("difference", "damaged", "damaged", "settled_as_damaged", True, BETWEEN),
]
# What a transfer says, and what its lines say: (rule, what, expected, found).
SUMMED = (
    "asked",
    "to_ship",
    "shipped",
    "in_transit",
    "received",
    "not_approved",
    "closed",
)
OF_TRANSFERS = [
    *(
        (
            "sum",
            what,
            f"stand.{what}",
            f"COALESCE(transfer.{what}_quantity, 0)",
        )
        for what in SUMMED
    ),
    ("sum", "lines", "stand.lines", "COALESCE(transfer.line_count, 0)"),
    ("sum", "is_to_ship", "stand.to_ship > 0", "COALESCE(transfer.is_to_ship, FALSE)"),
    (
        "sum",
        "is_to_count",
        "stand.is_to_count",
        "COALESCE(transfer.is_to_count, FALSE)",
    ),
    (
        "sum",
        "is_to_take_back",
        "stand.is_to_take_back",
        "COALESCE(transfer.is_to_take_back, FALSE)",
    ),
    ("state", "state", "stand.state", "transfer.state"),
]

# What each line's moves have done, added up by account; nothing is read of what the
# line itself says but for what people have decided: asked, approved, closed.
BOOK = """
WITH done AS (
    SELECT move.transfer_line_id AS line_id,
           %(done_by_flow)s
      FROM stock_move move
      JOIN stock_move_line part ON part.move_id = move.id
     WHERE move.company_id = %(company)s
       AND move.transfer_line_id IS NOT NULL
       AND move.state = 'done'
  GROUP BY move.transfer_line_id
),
due AS (
    SELECT transfer_line_id AS line_id,
           %(due_by_flow)s
      FROM stock_move
     WHERE company_id = %(company)s
       AND transfer_line_id IS NOT NULL
       AND state NOT IN ('draft', 'done', 'cancel')
  GROUP BY transfer_line_id
),
difference AS (
    SELECT line_id,
           SUM(quantity) FILTER (WHERE state <> 'settled' AND outcome IS NULL) AS short,
           SUM(quantity) FILTER (WHERE outcome = 'lost') AS lost,
           SUM(quantity) FILTER (WHERE outcome = 'not_sent') AS not_sent,
           SUM(quantity) FILTER (WHERE outcome = 'damaged') AS damaged
      FROM store_transfer_discrepancy
     WHERE company_id = %(company)s AND line_id IS NOT NULL AND kind = 'short'
  GROUP BY line_id
),
book AS (
    SELECT line.id,
           line.transfer_id,
           line.product_id,
           transfer.kind,
           %(balances)s,
           ROUND(
               (line.quantity * unit.factor / stock_unit.factor)::numeric, %(digits)s
           ) AS wanted,
           COALESCE(line.surplus_quantity, 0) AS surplus,
           COALESCE(line.approved_quantity, 0) AS approved,
           COALESCE(line.closed_quantity, 0) AS closed,
           COALESCE(line.to_return_quantity, 0) AS to_return,
           transfer.approval_state IN ('draft', 'waiting') AS is_undecided,
           transfer.approval_state = 'rejected'
               OR transfer.approval_date IS NOT NULL AS is_answered,
           COALESCE(due.ship, 0) AS move_ship,
           COALESCE(due.receive, 0) AS move_receive,
           COALESCE(due.take_back, 0) AS move_take_back,
           COALESCE(difference.short, 0) AS short,
           COALESCE(difference.lost, 0) AS settled_as_lost,
           COALESCE(difference.not_sent, 0) AS settled_as_not_sent,
           COALESCE(difference.damaged, 0) AS settled_as_damaged,
           %(stored)s
      FROM store_transfer_line line
      JOIN store_transfer transfer ON transfer.id = line.transfer_id
      JOIN uom_uom unit ON unit.id = line.product_uom_id
      JOIN product_product product ON product.id = line.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
      JOIN uom_uom stock_unit ON stock_unit.id = template.uom_id
 LEFT JOIN done ON done.line_id = line.id
 LEFT JOIN due ON due.line_id = line.id
 LEFT JOIN difference ON difference.line_id = line.id
     WHERE line.company_id = %(company)s
    -- What is added up here is not added up anew wherever it is read.
    OFFSET 0
),
term AS (
    SELECT *,
           wanted + surplus AS asked,
           CASE WHEN is_undecided THEN wanted + surplus
                WHEN kind = 'receipt' THEN move_receive
                ELSE move_ship END AS to_ship,
           CASE WHEN is_answered THEN wanted - approved ELSE 0 END AS not_approved,
           CASE WHEN kind = 'between'
                THEN GREATEST(0, LEAST(to_return + sent_back, in_transit))
                ELSE 0 END AS to_take_back
      FROM book
),
ledger AS MATERIALIZED (
    SELECT *,
           LEAST(to_ship, in_transit, received, returned, lost, damaged, not_approved,
                 closed) AS least,
           GREATEST(0, move_ship + in_transit - to_take_back) AS to_receive,
           CASE WHEN kind = 'receipt' THEN to_ship
                ELSE GREATEST(0, in_transit - to_take_back) END AS missing
      FROM term
),
"""
STORED = (
    "asked",
    "to_ship",
    "shipped",
    "in_transit",
    "received",
    "returned",
    "lost",
    "damaged",
    "not_approved",
    "short",
)
FINDINGS = """
sums AS (
    SELECT transfer.id,
           COUNT(ledger.id) AS lines,
           %(sums_of_lines)s,
           CASE WHEN transfer.kind = 'receipt' THEN COALESCE(SUM(to_ship), 0) > 0
                ELSE COALESCE(BOOL_OR(ledger.in_transit > to_take_back), FALSE)
                END AS is_to_count,
           COALESCE(BOOL_OR(to_take_back > 0), FALSE) AS is_to_take_back
      FROM store_transfer transfer
 LEFT JOIN ledger ON ledger.transfer_id = transfer.id
     WHERE transfer.company_id = %(company)s
  GROUP BY transfer.id
),
stand AS (
    SELECT sums.*,
           CASE WHEN transfer.approval_state <> 'approved' THEN transfer.approval_state
                WHEN sums.to_ship = 0 AND sums.in_transit = 0
                THEN CASE WHEN sums.shipped > 0 THEN 'done' ELSE 'cancelled' END
                WHEN transfer.kind = 'dispatch' THEN 'approved'
                WHEN sums.received > 0 OR EXISTS (
                    SELECT FROM store_transfer_count count
                     WHERE count.transfer_id = sums.id AND count.state = 'done'
                ) THEN 'partial'
                WHEN sums.in_transit = 0 AND transfer.kind = 'between' THEN 'approved'
                WHEN transfer.arrival_date IS NOT NULL THEN 'arrived'
                WHEN transfer.kind = 'receipt' THEN 'approved'
                ELSE 'in_transit' END AS state
      FROM sums
      JOIN store_transfer transfer ON transfer.id = sums.id
)
SELECT said.rule, said.what, transfer_id, product_id, NULL::int AS lot_id,
       NULL AS detail, TRIM_SCALE(said.expected)::text AS expected,
       TRIM_SCALE(said.found)::text AS found
  FROM ledger,
       LATERAL (VALUES %(of_lines)s)
       AS said (rule, what, expected, found, is_most, is_meant)
 -- Known before each of them is looked at, of millions of lines.
 WHERE (%(lines_differ)s)
   AND is_meant
   AND (found - expected > %(tolerance)s
        OR NOT is_most AND expected - found > %(tolerance)s)
UNION ALL
SELECT said.rule, said.what, stand.id, NULL, NULL, NULL, said.expected, said.found
  FROM stand
  JOIN store_transfer transfer ON transfer.id = stand.id,
       LATERAL (VALUES %(of_transfers)s) AS said (rule, what, expected, found)
 WHERE (%(transfers_differ)s)
   AND said.expected IS DISTINCT FROM said.found
"""


class StoreTransferLedgerCheck(models.Model):
    """What lines and transfers say, compared with what their moves say."""

    _inherit = "store.transfer.ledger.check"

    def _get_queries(self):
        return [*super()._get_queries(), self._get_query_of_lines()]

    def _get_query_of_lines(self):
        values = self._get_query_values()
        return SQL(
            f"{BOOK}{FINDINGS}",
            **values,
            done_by_flow=_list(
                "SUM(part.quantity_product_uom)"
                f" FILTER (WHERE move.transfer_flow = '{flow}') AS {flow}"
                for flow in FLOWS
            ),
            balances=_list(f"{_add_up(account)} AS {account}" for account in ACCOUNTS),
            due_by_flow=_list(
                f"ROUND(SUM(product_qty) FILTER (WHERE transfer_flow = '{flow}'),"
                f" {values['digits']}) AS {flow}"
                for flow in DUE_FLOWS
            ),
            stored=_list(
                f"COALESCE(line.{name}_quantity, 0) AS line_{name}" for name in STORED
            ),
            sums_of_lines=_list(
                f"COALESCE(SUM(ledger.{name}), 0) AS {name}" for name in SUMMED
            ),
            of_lines=_list(
                f"('{rule}', '{what}', {expected}, {found}, {is_most}, {is_meant})"
                for rule, what, expected, found, is_most, is_meant in OF_LINES
            ),
            lines_differ=_any(
                f"{found} {'>' if is_most else '<>'} {expected} AND {is_meant}"
                for _rule, _what, expected, found, is_most, is_meant in OF_LINES
            ),
            of_transfers=_list(
                f"('{rule}', '{what}', {_write(what, expected)}, {_write(what, found)})"
                for rule, what, expected, found in OF_TRANSFERS
            ),
            transfers_differ=_any(
                f"({expected}) IS DISTINCT FROM ({found})"
                for _rule, _what, expected, found in OF_TRANSFERS
            ),
        )


def _list(parts):
    return SQL(", ".join(parts))


def _any(conditions):
    return SQL(" OR ".join(conditions))


def _write(what, quantity):
    """Return how a quantity is written that a transfer says, or anything else."""
    return f"TRIM_SCALE({quantity})::text" if what in SUMMED else f"({quantity})::text"


def _add_up(account):
    """Return what the moves of a line have added to an account, by its kind."""
    kinds = defaultdict(str)
    for kind, flow, entered, sign in get_postings():
        if entered == account:
            kinds[kind] += f" {'+' if sign > 0 else '-'} COALESCE(done.{flow}, 0)"
    cases = " ".join(f"WHEN '{kind}' THEN 0{sum_}" for kind, sum_ in kinds.items())
    return f"CASE transfer.kind {cases} ELSE 0 END"
