"""The trails of transfers from before they were kept, as far as it can be told.

What is read off the dates and the moves is marked as such. Who shipped is not known,
nor from where, nor how much there was before: the trail itself begins with what it
finds now.
"""

from odoo.tools import SQL

from odoo.addons.store_transfer.tools.flows import FLOWS
from odoo.addons.store_transfer.tools.trail import TRAIL_QUANTITIES

# What only a step does, by the name of that.
STEPS_BY_FLOW = {flow: flow for flow in FLOWS} | {
    "unship": "undo_shipment",
    "uncount": "undo_count",
    "uncount_damaged": "undo_count",
}

IS_DECIDED = "transfer.approval_state <> 'waiting'"


def migrate(cr, version):
    cr.execute(
        SQL(
            """
            INSERT INTO store_transfer_event (
                   transfer_id, step, date, user_id, cashier, origin, is_reconstructed)
            SELECT transfer_id, step, date, user_id, cashier, 'unknown', TRUE
              FROM (%s) AS found
             WHERE date IS NOT NULL
             ORDER BY date, place
            """,
            SQL(" UNION ALL ").join([*_get_dates(), _get_counts(), _get_moves()]),
        )
    )
    _begin_trails(cr)


def _get_dates():
    """Return in SQL what the dates of a transfer say."""
    steps = (
        ("create", 1, "create_date", "create_uid", "TRUE"),
        ("submit", 2, "submit_date", "NULL", "TRUE"),
        # A third party approves nothing.
        ("approve", 3, "approval_date", "approval_user_id", "kind = 'between'"),
        ("confirm_arrival", 5, "arrival_date", "arrival_user_id", "TRUE"),
    )
    return [
        SQL(
            """
            SELECT id AS transfer_id, %s AS step, %s AS place, %s AS date,
                   %s::integer AS user_id, NULL AS cashier
              FROM store_transfer
             WHERE %s
            """,
            step,
            place,
            SQL(date),
            SQL(user),
            SQL(condition),
        )
        for step, place, date, user, condition in steps
    ]


def _get_counts():
    return SQL(
        """
        SELECT transfer_id, 'count', 6, submit_date, user_id, cashier
          FROM store_transfer_count
         WHERE state = 'done'
        """
    )


def _get_moves():
    """Return in SQL what was moved beside a count, by picking and what it did."""
    names = [SQL("(%s, %s)", *names) for names in STEPS_BY_FLOW.items()]
    return SQL(
        """
        SELECT line.transfer_id, steps.step, 4, MAX(move.date), NULL::integer, NULL
          FROM stock_move move
          JOIN store_transfer_line line ON line.id = move.transfer_line_id
          JOIN (VALUES %s) AS steps (flow, step) ON steps.flow = move.transfer_flow
          LEFT JOIN stock_picking picking ON picking.id = move.picking_id
         WHERE move.state = 'done'
           AND picking.transfer_count_id IS NULL
         GROUP BY line.transfer_id, steps.step, move.picking_id
        """,
        SQL(", ").join(names),
    )


def _begin_trails(cr):
    """Let the trails begin with the quantities that there are."""
    quantities = [
        SQL(
            "%s, CASE WHEN %s <> 0 AND %s THEN jsonb_build_array(0, %s) END",
            name,
            SQL.identifier("line", f"{name}_quantity"),
            # Before it is approved, nothing is to ship yet.
            SQL(IS_DECIDED if name == "to_ship" else "TRUE"),
            SQL.identifier("line", f"{name}_quantity"),
        )
        for name in TRAIL_QUANTITIES
    ]
    cr.execute(
        SQL(
            """
            INSERT INTO store_transfer_event (
                   transfer_id, step, date, origin, is_reconstructed, changes)
            SELECT line.transfer_id, 'begin', NOW() AT TIME ZONE 'UTC', 'system', TRUE,
                   jsonb_object_agg(line.id::text, jsonb_strip_nulls(
                       jsonb_build_object('product', line.product_id, %s)))
              FROM store_transfer_line line
              JOIN store_transfer transfer ON transfer.id = line.transfer_id
             WHERE transfer.approval_state <> 'draft'
             GROUP BY line.transfer_id
            """,
            SQL(", ").join(quantities),
        )
    )
