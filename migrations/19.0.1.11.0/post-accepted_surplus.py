from odoo import SUPERUSER_ID, api

# Accepting is one request: goods are moved in it, then it is written down.
WITHIN = "5 minutes"


def migrate(cr, version):
    """Let a surplus that was accepted later have come with the count that found it.

    The moves of an acceptance are those that were done just before it was settled. Of
    counts that were undone, nothing has come.
    """
    cr.execute(
        """
        WITH accepted AS (
            SELECT move.picking_id, MAX(found.count_id) AS count_id
              FROM store_transfer_discrepancy found
              JOIN stock_move move ON move.transfer_line_id = found.line_id
             WHERE found.kind IN ('surplus', 'unexpected')
               AND found.outcome = 'accepted'
               AND found.settle_count_id IS NULL
               AND found.count_id IS NOT NULL
               AND move.state = 'done'
               AND move.transfer_flow IN ('ship', 'receive', 'damaged')
               AND move.date BETWEEN found.settle_date - %s::interval
                                 AND found.settle_date + INTERVAL '1 second'
          GROUP BY move.picking_id
        )
        UPDATE stock_picking picking
           SET transfer_count_id = accepted.count_id
          FROM accepted
         WHERE picking.id = accepted.picking_id
           AND picking.transfer_count_id IS NULL
     RETURNING picking.transfer_id
        """,
        (WITHIN,),
    )
    ids = {transfer_id for (transfer_id,) in cr.fetchall()}
    cr.execute(
        """
        SELECT DISTINCT line.transfer_id
          FROM stock_move move
          JOIN store_transfer_line line ON line.id = move.transfer_line_id
         WHERE move.state = 'done'
           AND move.transfer_flow IN ('uncount', 'uncount_damaged')
        """
    )
    ids.update(transfer_id for (transfer_id,) in cr.fetchall())
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["store.transfer"].browse(sorted(ids))._sync_goods_dates()
