from odoo import models
from odoo.tools import SQL

from ...tools.roles import GROUP_APPROVER, GROUP_STAFF
from ...tools.sides import INITIATOR, OTHER_SIDE
from ...tools.states import OPEN_STATES, STOCK_STATES

STOCK = f"state IN {STOCK_STATES}"
PROPOSED = (
    "EXISTS (SELECT FROM store_transfer_substitution proposal"
    " WHERE proposal.transfer_id = document.id AND proposal.state = 'open')"
)
# Who counts blind is not told what comes: their approvers answer.
ANSWERS = (
    "CASE WHEN initiator = 'destination' AND NOT EXISTS ("
    "SELECT FROM stock_warehouse store WHERE store.id = destination_store_id"
    " AND store.transfer_blind_count) THEN 'staff' ELSE 'approver' END"
)
# Whose turn a transfer is: (type of the activity, store, role, when).
TURNS_OF_TRANSFERS = [
    ("approve", OTHER_SIDE, "'approver'", "state = 'waiting'"),
    ("rejected", INITIATOR, "'staff'", "state = 'rejected'"),
    (
        "ship",
        "source_store_id",
        "'staff'",
        f"{STOCK} AND kind <> 'receipt' AND is_to_ship",
    ),
    ("take_back", "source_store_id", "'staff'", f"{STOCK} AND is_to_take_back"),
    ("count", "destination_store_id", "'staff'", f"{STOCK} AND is_to_count"),
    ("substitute", "destination_store_id", ANSWERS, PROPOSED),
]
# The same of its differences; on no side, head office decides.
UNDISPUTED = "state <> 'settled' AND is_disputed IS NOT TRUE"
TURNS_OF_DIFFERENCES = [
    ("decide", "NULL::int", "'head_office'", "state <> 'settled' AND is_disputed"),
    (
        "accept",
        "destination_store_id",
        "'approver'",
        f"{UNDISPUTED} AND kind IN ('surplus', 'unexpected')",
    ),
    (
        "answer",
        "source_store_id",
        "'staff'",
        f"{UNDISPUTED} AND kind IN ('short', 'damaged') AND state = 'open'"
        " AND source_store_id IS NOT NULL",
    ),
    (
        "settle",
        "destination_store_id",
        "'approver'",
        f"{UNDISPUTED} AND (kind = 'short' OR kind = 'damaged'"
        " AND (state <> 'open' OR source_store_id IS NULL))",
    ),
]

TURNS_OF_MODELS = [
    (TURNS_OF_TRANSFERS, "store.transfer"),
    (TURNS_OF_DIFFERENCES, "store.transfer.discrepancy"),
]

TURN = """
SELECT id AS res_id, '{model}' AS model, {transfer} AS transfer_id, '{name}' AS name,
       {store} AS store_id, {role} AS role
  FROM {table} document
 WHERE company_id = %(company)s AND {when}
"""

TURNS = f"""
WITH type (id, model, name) AS (VALUES %(types)s),
worker AS (
    SELECT rel.warehouse_id AS store_id, role.name AS role, rel.user_id
      FROM (VALUES ('staff', %(staff)s::int[]), ('approver', %(approvers)s::int[]))
           AS role (name, user_ids)
      JOIN store_transfer_staff_rel rel ON rel.user_id = ANY(role.user_ids)
      JOIN stock_warehouse store ON store.id = rel.warehouse_id AND store.active
),
head_office AS (SELECT UNNEST(%(head_office)s::int[]) AS user_id),
turn AS MATERIALIZED (%(turns)s),
meant AS (
    SELECT turn.*, worker.user_id
      FROM turn
      JOIN worker ON worker.store_id = turn.store_id AND worker.role = turn.role
 UNION ALL
    SELECT turn.*, head_office.user_id
      FROM turn, head_office
     WHERE NOT EXISTS (
           SELECT FROM worker
            WHERE worker.store_id = turn.store_id AND worker.role = turn.role)
),
told AS (
    SELECT activity.id, activity.res_id, type.model, type.name, activity.user_id,
           activity.active,
           COALESCE(transfer.id, difference.transfer_id) AS transfer_id
      FROM mail_activity activity
      JOIN type ON type.id = activity.activity_type_id
 LEFT JOIN store_transfer transfer ON transfer.id = activity.res_id
       AND type.model = 'store.transfer' AND transfer.company_id = %(company)s
 LEFT JOIN store_transfer_discrepancy difference ON difference.id = activity.res_id
       AND type.model <> 'store.transfer' AND difference.company_id = %(company)s
     WHERE COALESCE(transfer.id, difference.id) IS NOT NULL
),
-- Who has ticked off an activity by hand was told nevertheless.
heard AS (
    SELECT DISTINCT meant.res_id, meant.model, meant.name
      FROM meant
      JOIN told ON told.res_id = meant.res_id AND told.model = meant.model
               AND told.name = meant.name AND told.user_id = meant.user_id
)
SELECT 'nobody_told' AS rule, turn.name AS what, turn.transfer_id,
       NULL::int AS product_id, NULL::int AS lot_id, store.name AS detail,
       (SELECT STRING_AGG(partner.name, ', ' ORDER BY partner.name)
          FROM meant
          JOIN res_users person ON person.id = meant.user_id
          JOIN res_partner partner ON partner.id = person.partner_id
         WHERE meant.res_id = turn.res_id AND meant.model = turn.model
           AND meant.name = turn.name) AS expected,
       NULL AS found
  FROM turn
  LEFT JOIN stock_warehouse store ON store.id = turn.store_id
  LEFT JOIN heard ON heard.res_id = turn.res_id AND heard.model = turn.model
                 AND heard.name = turn.name
 WHERE heard.res_id IS NULL
UNION ALL
SELECT 'told_wrongly', told.name, told.transfer_id, NULL, NULL, NULL, NULL, partner.name
  FROM told
  LEFT JOIN meant ON told.res_id = meant.res_id AND told.model = meant.model
                 AND told.name = meant.name AND told.user_id = meant.user_id
  LEFT JOIN res_users person ON person.id = told.user_id
  LEFT JOIN res_partner partner ON partner.id = person.partner_id
 WHERE told.active AND meant.res_id IS NULL
UNION ALL
SELECT 'stuck', 'state', transfer.id, NULL, NULL, NULL, NULL, transfer.state
  FROM store_transfer transfer
 WHERE transfer.company_id = %(company)s
   AND transfer.state IN {OPEN_STATES}
   AND NOT EXISTS (SELECT FROM turn WHERE turn.transfer_id = transfer.id)
   AND NOT EXISTS (
       SELECT FROM store_transfer_line line
         JOIN stock_move move ON move.transfer_line_id = line.id
        WHERE line.transfer_id = transfer.id
          AND move.origin_returned_move_id IS NOT NULL
          AND move.state NOT IN ('draft', 'done', 'cancel'))
"""


class StoreTransferLedgerCheck(models.Model):
    """Who waits for what: each turn, compared with the activities that there are."""

    _inherit = "store.transfer.ledger.check"

    def _get_queries(self):
        return [*super()._get_queries(), self._get_query_of_turns()]

    def _get_query_of_turns(self):
        return SQL(
            TURNS,
            **self._get_query_values(),
            types=self._get_activity_types(),
            staff=self.company_id._get_transfer_people(GROUP_STAFF).ids,
            approvers=self.company_id._get_transfer_people(GROUP_APPROVER).ids,
            head_office=self.company_id._get_transfer_head_office().ids,
            turns=SQL(" UNION ALL ").join(self._get_turn_queries()),
        )

    def _get_activity_types(self):
        """Return the types as rows for SQL: id, model, and the name as in TURNS_OF_…"""
        rows = []
        for turns, model in TURNS_OF_MODELS:
            for name, *_rest in turns:
                record = self.env.ref(f"store_transfer.mail_activity_type_{name}")
                rows.append(SQL("(%s, %s, %s)", record.id, model, name))
        return SQL(", ").join(rows)

    def _get_turn_queries(self):
        for turns, model in TURNS_OF_MODELS:
            table = self.env[model]._table
            transfer = "id" if model == "store.transfer" else "transfer_id"
            for name, store, role, when in turns:
                yield SQL(
                    TURN.format(
                        model=model,
                        table=table,
                        transfer=transfer,
                        name=name,
                        store=store,
                        role=role,
                        when=when,
                    ),
                    company=self.company_id.id,
                )
