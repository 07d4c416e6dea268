def migrate(cr, version):
    """Pickings that waves made of a transfer's goods were not known to belong to it."""
    cr.execute(
        """
        WITH of_one_transfer AS (
            SELECT move.picking_id, MIN(line.transfer_id) AS transfer_id
              FROM stock_move AS move
              JOIN store_transfer_line AS line ON line.id = move.transfer_line_id
             GROUP BY move.picking_id
            HAVING COUNT(DISTINCT line.transfer_id) = 1
        )
        UPDATE stock_picking
           SET transfer_id = of_one_transfer.transfer_id
          FROM of_one_transfer
         WHERE of_one_transfer.picking_id = stock_picking.id
           AND stock_picking.transfer_id IS NULL
        """
    )
