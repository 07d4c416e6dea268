def migrate(cr, version):
    """Say of each line when as much as was asked for had been counted.

    What a count has received and nobody has undone is told by its picking.
    """
    cr.execute(
        """
        WITH counted AS (
            SELECT move.transfer_line_id AS line_id,
                   MAX(move.date) FILTER (WHERE move.transfer_flow = 'receive')
                   AS date,
                   SUM(CASE move.transfer_flow WHEN 'receive' THEN move.quantity
                            ELSE - move.quantity END) AS received
              FROM stock_move move
         LEFT JOIN stock_move undone ON undone.id = move.origin_returned_move_id
             WHERE move.state = 'done'
               AND move.transfer_line_id IS NOT NULL
               AND move.transfer_flow IN ('receive', 'uncount')
          GROUP BY move.transfer_line_id,
                   CASE WHEN move.transfer_flow = 'uncount' THEN undone.picking_id
                        ELSE move.picking_id END
            HAVING SUM(CASE move.transfer_flow WHEN 'receive' THEN move.quantity
                            ELSE - move.quantity END) > 0
        ), added AS (
            SELECT line_id, date,
                   SUM(received) OVER (PARTITION BY line_id ORDER BY date) AS received
              FROM counted
        ), filled AS (
            SELECT line.id, MIN(added.date) AS date
              FROM added
              JOIN store_transfer_line line ON line.id = added.line_id
             WHERE added.received >= COALESCE(line.asked_quantity, 0)
                                     - COALESCE(line.surplus_quantity, 0)
          GROUP BY line.id
        )
        UPDATE store_transfer_line line
           SET full_date = filled.date
          FROM filled
         WHERE filled.id = line.id
        """
    )
