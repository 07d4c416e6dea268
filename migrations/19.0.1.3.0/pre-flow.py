from odoo.tools import SQL
from odoo.tools.sql import column_exists, table_exists

# What a return does, by what it returns; that of others is said by its places.
UNDONE_BY = {
    "send_back": "undo_send_back",
    "take_back": "undo_take_back",
    "damaged": "undo_damaged",
    "scrapped": "undo_scrapped",
    "lost": "undo_lost",
    "not_sent": "undo_not_sent",
    "undo_ship": "undo_take_back",
    "undo_send_back": "send_back",
    "undo_take_back": "undo_ship",
    "undo_damaged": "damaged",
    "undo_scrapped": "scrapped",
    "undo_lost": "lost",
    "undo_not_sent": "not_sent",
}


def migrate(cr, version):
    """Write on each move what it does for its transfer; until now it was guessed."""
    _read_moves(cr)
    _write_flows(cr)
    _write_what_comes_back(cr)


def _read_moves(cr):
    """Read of each move what was marked, and what its places say."""
    cr.execute(
        SQL(
            """
            CREATE TEMPORARY TABLE moves_of_transfers ON COMMIT DROP AS
            SELECT move.id,
                   move.origin_returned_move_id AS origin_id,
                   %(marked)s AS marked,
                   CASE
                   WHEN entered.usage = 'inventory' AND move.scrap_id IS NOT NULL
                        THEN 'scrapped'
                   WHEN entered.usage = 'inventory'
                        THEN 'lost'
                   WHEN store_left.warehouse_id = transfer.source_store_id
                        THEN 'ship'
                   WHEN store_left.warehouse_id IS NOT NULL
                        THEN 'send_back'
                   WHEN entered.warehouse_id IS DISTINCT FROM transfer.source_store_id
                        THEN 'receive'
                   WHEN move.origin_returned_move_id IS NULL
                        THEN 'take_back'
                   ELSE 'undo_ship'
                   END AS by_place
              FROM stock_move move
              JOIN store_transfer_line line ON line.id = move.transfer_line_id
              JOIN store_transfer transfer ON transfer.id = line.transfer_id
              JOIN stock_location store_left ON store_left.id = move.location_id
              JOIN stock_location entered ON entered.id = move.location_dest_id
            """,
            marked=_get_marked(cr),
        )
    )


def _get_marked(cr):
    """Return what says in SQL how a move was marked.

    What came damaged and what was settled as damaged was marked in the same way. Only
    the former opened a difference in the same moment, or went to a store's own place.
    """
    if not column_exists(cr, "stock_move", "transfer_outcome"):
        return SQL("NULL::varchar")
    if not table_exists(cr, "store_transfer_discrepancy"):
        return SQL("move.transfer_outcome")
    return SQL(
        """
        CASE WHEN move.transfer_outcome = 'damaged'
              AND entered.usage = 'inventory'
              AND transfer.kind = 'between'
              AND NOT EXISTS (
                  SELECT FROM store_transfer_discrepancy discrepancy
                   WHERE discrepancy.line_id = line.id
                     AND discrepancy.kind = 'damaged'
                     AND discrepancy.create_date = move.create_date)
             THEN 'scrapped'
             ELSE move.transfer_outcome
        END
        """
    )


def _write_flows(cr):
    """Write the flows, those of returns after what they return."""
    cr.execute("ALTER TABLE stock_move ADD COLUMN IF NOT EXISTS transfer_flow varchar")
    undone_by = SQL(", ").join(SQL("(%s, %s)", *pair) for pair in UNDONE_BY.items())
    cr.execute(
        SQL(
            """
            WITH RECURSIVE undone (flow, undone_by) AS (VALUES %(undone_by)s),
            flows AS (
                SELECT move.id, COALESCE(move.marked, move.by_place) AS flow
                  FROM moves_of_transfers move
                  LEFT JOIN moves_of_transfers origin ON origin.id = move.origin_id
                 WHERE move.marked IS NOT NULL OR origin.id IS NULL
                 UNION ALL
                SELECT move.id, COALESCE(undone.undone_by, move.by_place)
                  FROM flows
                  JOIN moves_of_transfers move ON move.origin_id = flows.id
                  LEFT JOIN undone ON undone.flow = flows.flow
                 WHERE move.marked IS NULL
            )
            UPDATE stock_move move
               SET transfer_flow = flows.flow
              FROM flows
             WHERE flows.id = move.id
            """,
            undone_by=undone_by,
        )
    )


def _write_what_comes_back(cr):
    """Write on each line what its source has still to take back."""
    # The first version knew nothing that is settled as returned.
    for name in ("to_return_quantity", "to_take_back_quantity"):
        cr.execute(
            SQL(
                "ALTER TABLE store_transfer_line ADD COLUMN IF NOT EXISTS %s numeric",
                SQL.identifier(name),
            )
        )
    cr.execute(
        """
        WITH sent_back AS (
            SELECT move.transfer_line_id AS line_id,
                   SUM(CASE move.transfer_flow WHEN 'send_back' THEN 1 ELSE -1 END
                       * goods.quantity_product_uom) AS quantity
              FROM stock_move move
              JOIN stock_move_line goods ON goods.move_id = move.id
             WHERE move.state = 'done'
               AND move.transfer_flow IN ('send_back', 'undo_send_back', 'take_back')
             GROUP BY move.transfer_line_id
        )
        UPDATE store_transfer_line line
           SET to_take_back_quantity = COALESCE(line.to_return_quantity, 0)
                                       + COALESCE(sent_back.quantity, 0)
          FROM store_transfer_line same
          LEFT JOIN sent_back ON sent_back.line_id = same.id
         WHERE same.id = line.id
        """
    )
