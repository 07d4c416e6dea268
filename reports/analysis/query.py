from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ...tools.days import day_of, join_place
from ..sides import DESTINATION, LANE, SOURCE, join_sides
from .ratios import DAYS_OF_PIPE, RATIOS

# Column of the report: column of the line.
PIECES = {
    "approved": "approved_quantity",
    "shipped": "shipped_quantity",
    "in_transit": "in_transit_quantity",
    "received": "received_quantity",
    "short": "short_quantity",
    "surplus": "surplus_quantity",
    "damaged": "damaged_quantity",
    "lost": "lost_quantity",
    "returned": "returned_quantity",
    "closed": "closed_quantity",
}
VALUED = ("asked", "to_ship", *PIECES)
# Of each line, what its differences say. Without a row there is none.
FOUND = """
    SELECT one.line_id,
           COUNT(*) AS cases,
           COUNT(*) FILTER (WHERE one.outcome IS DISTINCT FROM 'closed') AS counted,
           SUM(one.quantity) FILTER (
               WHERE one.kind IN ('surplus', 'unexpected')
                  OR (one.kind = 'short' AND COALESCE(one.outcome, 'open')
                      NOT IN ('arrived', 'damaged', 'closed'))) AS differing,
           SUM(one.quantity) FILTER (
               WHERE one.kind = 'short' AND one.outcome = 'closed') AS closed,
           SUM(one.quantity) FILTER (
               WHERE one.kind = 'short' AND one.outcome = 'not_sent') AS not_sent,
           SUM(one.quantity) FILTER (
               WHERE one.kind IN ('surplus', 'unexpected')
                 AND one.outcome = 'accepted') AS accepted,
           SUM(one.quantity) FILTER (
               WHERE one.kind = 'short' AND one.outcome = 'arrived') AS miscounted,
           SUM(one.quantity) FILTER (
               WHERE one.outcome = 'lost' AND reason.id IS NOT NULL) AS explained,
           BOOL_OR(one.kind = 'short' AND (one.outcome = 'not_sent'
                   OR reason.is_supply_cut IS TRUE)) AS is_supply_cut
      FROM store_transfer_discrepancy one
 LEFT JOIN store_transfer_reason reason ON reason.id = one.reason_id
     WHERE one.line_id IS NOT NULL
  GROUP BY one.line_id
"""
# Transfers with goods that nobody had asked for, and whether some are on no line.
STRAY = """
    SELECT transfer_id, BOOL_OR(line_id IS NULL) AS is_on_no_line
      FROM store_transfer_discrepancy
     WHERE line_id IS NULL OR kind = 'unexpected' GROUP BY transfer_id
"""
UNCOUNTED = """
    SELECT transfer_line_id FROM stock_move
     WHERE transfer_flow IN ('uncount', 'uncount_damaged') AND state = 'done'
  GROUP BY transfer_line_id
"""
COUNTED_BY = """
    SELECT transfer_id, (ARRAY_AGG(user_id ORDER BY submit_date DESC, id DESC))[1]
           AS user_id
      FROM store_transfer_count WHERE state = 'done' GROUP BY transfer_id
"""
PICKED_BY = """
    SELECT transfer_id, (ARRAY_AGG(user_id ORDER BY id DESC))[1] AS user_id
      FROM store_transfer_pick WHERE state = 'done' GROUP BY transfer_id
"""
# What is known of a line.
KNOWN = """
    SELECT COALESCE(line.asked_quantity, 0) - COALESCE(line.surplus_quantity, 0)
           AS asked,
           transfer.state = 'done' OR (transfer.state = 'cancelled'
           AND transfer.approval_state = 'approved') AS is_over,
           %(full_day)s AS full_day,
           transfer.promised_date < %(today)s AS is_day_over,
           transfer.kind <> 'dispatch' AND (
               line.last_count_date IS NOT NULL OR found.counted > 0
               OR (transfer.kind = 'receipt' AND found.cases > 0)
               OR (transfer.state = 'done')) AS is_counted,
           COALESCE(found.differing, 0) + CASE WHEN transfer.kind = 'receipt'
               THEN COALESCE(found.closed, 0) ELSE 0 END AS differing
"""
# What that means.
JUDGED = """
    SELECT known.is_over AND known.asked > 0 AS is_asked,
           COALESCE(line.received_quantity, 0) >= known.asked AS is_full,
           COALESCE(line.received_quantity, 0) >= known.asked
           AND known.full_day <= transfer.promised_date AS is_otif,
           transfer.kind <> 'dispatch'
           AND transfer.approval_state IN ('waiting', 'approved')
           AND known.asked > 0 AND (known.is_over OR known.is_day_over) AS is_due,
           COALESCE(found.is_supply_cut, FALSE)
           OR (COALESCE(line.not_approved_quantity, 0) > 0
               AND refused.is_supply_cut IS TRUE)
           OR (COALESCE(line.closed_quantity, 0) > 0
               AND closed.is_supply_cut IS TRUE) AS is_supply_cut,
           transfer.kind = 'between' AND (transfer.approval_date IS NOT NULL
               OR transfer.approval_state = 'rejected') AS is_decided,
           CASE WHEN transfer.kind = 'receipt' THEN COALESCE(line.approved_quantity, 0)
                ELSE COALESCE(line.shipped_quantity, 0) + COALESCE(found.not_sent, 0)
                     - COALESCE(found.accepted, 0)
                     -- What left after the last count, nobody has counted yet.
                     - GREATEST(COALESCE(line.in_transit_quantity, 0)
                           - COALESCE(line.short_quantity, 0)
                           - GREATEST(LEAST(line.to_take_back_quantity,
                                 line.in_transit_quantity), 0), 0) END AS sent
"""
# The parts and the wholes of the ratios.
TERMS = {
    "filled": "CASE WHEN judged.is_asked"
    " THEN LEAST(COALESCE(line.received_quantity, 0), known.asked) END",
    "to_fill": "CASE WHEN judged.is_asked THEN known.asked END",
    "full_lines": "(judged.is_asked AND judged.is_full)::int",
    "lines_over": "judged.is_asked::int",
    "supply_cuts": "(judged.is_asked AND NOT judged.is_full"
    " AND judged.is_supply_cut)::int",
    "approved_of_decided": "CASE WHEN judged.is_decided"
    " THEN LEAST(COALESCE(line.approved_quantity, 0), known.asked) END",
    "decided": "CASE WHEN judged.is_decided THEN known.asked END",
    "lines_otif": "(judged.is_due AND judged.is_otif IS TRUE)::int",
    "lines_due": "judged.is_due::int",
    "is_due": "judged.is_due",
    "is_missed": "judged.is_due AND judged.is_otif IS NOT TRUE",
    "is_blemished": "judged.is_due AND (judged.is_otif IS NOT TRUE"
    " OR found.cases > 0 OR uncounted.transfer_line_id IS NOT NULL"
    " OR stray.transfer_id IS NOT NULL)",
    "customer_kept": "(judged.is_due AND judged.is_otif IS TRUE"
    " AND line.customer_name <> '')::int",
    "customer_due": "(judged.is_due AND line.customer_name <> '')::int",
    "is_moved": "COALESCE(transfer.expected_changes, 0) > 0",
    "slip": "CASE WHEN transfer.expected_changes > 0"
    " THEN GREATEST(transfer.expected_date - transfer.promised_date, 0) END",
    "is_promised": "transfer.promised_date IS NOT NULL",
    # What a third party finds damaged in what it got, nobody tells.
    "shipped_to_stores": "CASE WHEN transfer.kind <> 'dispatch'"
    " THEN COALESCE(line.shipped_quantity, 0) END",
    "differing": "CASE WHEN known.is_counted THEN known.differing END",
    "miscounted": "CASE WHEN known.is_counted THEN COALESCE(found.miscounted, 0) END",
    "sent": "CASE WHEN known.is_counted THEN judged.sent END",
    "has_error": "known.is_counted"
    " AND (known.differing > 0 OR stray.is_on_no_line IS TRUE)",
    "is_counted": "known.is_counted",
}
# From when to when: (hours, of how many lines, from, to, when else).
WAITS = (
    # Nobody has to approve what comes from a third party, or goes there.
    (
        "hours_to_approve",
        "lines_approved",
        "submit_date",
        "approval_date",
        "transfer.kind = 'between'",
    ),
    ("hours_to_ship", "lines_shipped", "approval_date", "ship_date", "TRUE"),
    ("hours_on_the_way", "lines_arrived", "ship_date", "arrival_date", "TRUE"),
    ("hours_to_count", "lines_put_away", "arrival_date", None, "known.is_over"),
    ("hours_in_all", "lines_lead", "submit_date", None, "known.is_over"),
)


class StoreTransferReport(models.Model):
    """Where the rows come from."""

    _inherit = "store.transfer.report"
    _depends = {
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id"],
        "res.company": ["currency_id", "partner_id"],
        "res.partner": ["name", "tz"],
        "stock.move": ["state", "transfer_flow", "transfer_line_id"],
        "stock.warehouse": ["name", "partner_id"],
        "store.transfer": [
            "approval_date",
            "approval_state",
            "approval_user_id",
            "arrival_date",
            "carrier",
            "company_id",
            "destination_store_id",
            "expected_changes",
            "expected_date",
            "initiator",
            "kind",
            "last_ship_date",
            "partner_id",
            "promised_date",
            "remark",
            "ship_date",
            "source_store_id",
            "state",
            "submit_date",
            "submit_day",
        ],
        "store.transfer.count": ["state", "submit_date", "transfer_id", "user_id"],
        "store.transfer.discrepancy": [
            "kind",
            "line_id",
            "outcome",
            "quantity",
            "reason_id",
            "transfer_id",
        ],
        "store.transfer.line": [
            "asked_quantity",
            "close_reason_id",
            "customer_name",
            "full_date",
            "last_count_date",
            "not_approved_quantity",
            "not_approved_reason_id",
            "product_id",
            "stock_uom_id",
            "to_ship_quantity",
            "to_take_back_quantity",
            "transfer_id",
            "unit_cost",
            *PIECES.values(),
        ],
        "store.transfer.pick": ["state", "transfer_id", "user_id"],
        "store.transfer.reason": ["is_supply_cut"],
    }

    @property
    def _table_query(self):
        """Return the rows; what a question does not ask for, PostgreSQL leaves out."""
        columns = {
            **self._get_dimensions(),
            **self._get_measures(),
            **self._get_terms(),
        }
        rows = SQL(
            "SELECT %s %s",
            SQL(", ").join(
                SQL("%s AS %s", column, SQL.identifier(name))
                for name, column in columns.items()
            ),
            self._get_from(),
        )
        ratios = SQL(", ").join(
            SQL("%s AS %s", ratio.of_row("facts"), SQL.identifier(name))
            for name, ratio in RATIOS.items()
        )
        return SQL("SELECT facts.*, %s FROM (%s) facts", ratios, rows)

    def _get_dimensions(self):
        """Return ``{column: SQL}``. To be extended by other addons."""
        of_transfer = (
            "company_id",
            "kind",
            "initiator",
            "state",
            "source_store_id",
            "destination_store_id",
            "partner_id",
            "carrier",
            "approval_user_id",
            "submit_day",
            "promised_date",
            "ship_date",
        )
        of_line = (
            "id",
            "transfer_id",
            "product_id",
            "stock_uom_id",
            "not_approved_reason_id",
            "close_reason_id",
            "last_count_date",
        )
        return {
            **{name: SQL.identifier("transfer", name) for name in of_transfer},
            **{name: SQL.identifier("line", name) for name in of_line},
            "currency_id": SQL("company.currency_id"),
            "categ_id": SQL("template.categ_id"),
            "create_user_id": SQL("transfer.create_uid"),
            "ship_user_id": SQL("picked.user_id"),
            "count_user_id": SQL("counted.user_id"),
            "source_name": SOURCE,
            "destination_name": DESTINATION,
            "lane": LANE,
            "number_of_transfers": SQL("1"),
            "is_late": SQL(
                "judged.is_due AND judged.is_otif IS NOT TRUE AND known.is_day_over"
            ),
            "is_cut": SQL("judged.is_asked AND NOT judged.is_full"),
            "is_wrong": SQL("known.is_counted AND known.differing > 0"),
            "is_for_customer": SQL("COALESCE(line.customer_name, '') <> ''"),
        }

    def _get_measures(self):
        """Return ``{column: SQL}`` of pieces and values."""
        pieces = {
            name: SQL("COALESCE(%s, 0)", SQL.identifier("line", column))
            for name, column in PIECES.items()
        }
        pieces["asked"] = SQL("known.asked")
        pieces["to_ship"] = SQL(
            "CASE WHEN transfer.approval_state = 'approved'"
            " THEN COALESCE(line.to_ship_quantity, 0) ELSE 0 END"
        )
        unexplained = SQL(
            "GREATEST(COALESCE(line.lost_quantity, 0)"
            " - COALESCE(found.explained, 0), 0)"
        )
        now = fields.Datetime.now()
        shipped_lately = SQL(
            "CASE WHEN transfer.kind = 'between' AND transfer.last_ship_date > %s"
            " THEN %s ELSE 0 END",
            now - timedelta(days=DAYS_OF_PIPE),
            pieces["shipped"],
        )
        valued = {f"{name}_value": pieces[name] for name in VALUED}
        valued["unexplained_value"] = unexplained
        valued["shipped_between_value"] = SQL(
            "CASE WHEN transfer.kind = 'between' THEN %s ELSE 0 END", pieces["shipped"]
        )
        valued["shipped_lately_value"] = shipped_lately
        owed_for = SQL(
            "CASE WHEN %s > 0 THEN FLOOR(EXTRACT(EPOCH FROM %s"
            " - COALESCE(transfer.approval_date, transfer.submit_date)) / 86400)::int"
            " END",
            pieces["to_ship"],
            now,
        )
        of_values = {
            name: SQL("%s * COALESCE(line.unit_cost, 0)", quantity)
            for name, quantity in valued.items()
        }
        return {
            **pieces,
            **of_values,
            "to_ship_days": owed_for,
            "promise_changes": SQL("COALESCE(transfer.expected_changes, 0)"),
        }

    def _get_terms(self):
        """Return ``{column: SQL}`` of what the ratios are made of."""
        terms = {name: SQL(term) for name, term in TERMS.items()}
        for hours, lines, start, end, condition in WAITS:
            start = SQL.identifier("transfer", start)
            end = (
                SQL.identifier("transfer", end) if end else SQL("line.last_count_date")
            )
            is_known = SQL("(%s >= %s AND %s)", end, start, SQL(condition))
            terms[hours] = SQL(
                "CASE WHEN %s THEN EXTRACT(EPOCH FROM %s - %s) / 3600 END",
                is_known,
                end,
                start,
            )
            terms[lines] = SQL("CASE WHEN %s THEN 1 END", is_known)
        return terms

    def _get_from(self):
        """Return what the rows are read off. To be extended by other addons."""
        return SQL(
            """
              FROM store_transfer_line line
              JOIN store_transfer transfer ON transfer.id = line.transfer_id
              JOIN res_company company ON company.id = transfer.company_id
         LEFT JOIN product_product product ON product.id = line.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         %(sides)s
         %(place)s
         LEFT JOIN store_transfer_reason refused
                ON refused.id = line.not_approved_reason_id
         LEFT JOIN store_transfer_reason closed ON closed.id = line.close_reason_id
         LEFT JOIN (%(found)s) found ON found.line_id = line.id
         LEFT JOIN (%(stray)s) stray ON stray.transfer_id = transfer.id
         LEFT JOIN (%(uncounted)s) uncounted ON uncounted.transfer_line_id = line.id
         LEFT JOIN (%(counted)s) counted ON counted.transfer_id = transfer.id
         LEFT JOIN (%(picked)s) picked ON picked.transfer_id = transfer.id
        CROSS JOIN LATERAL (%(known)s) known
        CROSS JOIN LATERAL (%(judged)s) judged
             WHERE transfer.state <> 'draft'
            """,
            found=SQL(FOUND),
            stray=SQL(STRAY),
            uncounted=SQL(UNCOUNTED),
            counted=SQL(COUNTED_BY),
            picked=SQL(PICKED_BY),
            sides=join_sides(self.env),
            place=join_place(),
            known=SQL(
                KNOWN,
                full_day=day_of(self.env, SQL("line.full_date")),
                today=day_of(self.env, SQL("%s", fields.Datetime.now())),
            ),
            judged=SQL(JUDGED),
        )
