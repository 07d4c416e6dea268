def migrate(cr, version):
    """Tell what was not approved from what was closed, and what is short from both.

    To be run after what is closed was written down (pre-closed.py): until now that was
    all that never left.
    """
    for table in ("store_transfer_line", "store_transfer"):
        cr.execute(
            f"ALTER TABLE {table}"  # noqa: S608  (of the two names above)
            " ADD COLUMN IF NOT EXISTS not_approved_quantity numeric"
        )
    cr.execute(
        """
        WITH refused AS (
            SELECT line.id,
                   GREATEST(LEAST(line.asked_quantity
                                  - COALESCE(line.surplus_quantity, 0)
                                  - COALESCE(line.approved_quantity, 0),
                                  COALESCE(line.closed_quantity, 0)), 0) AS quantity
              FROM store_transfer_line line
              JOIN store_transfer transfer ON transfer.id = line.transfer_id
             WHERE transfer.approval_state = 'rejected'
                OR transfer.approval_date IS NOT NULL
        )
        UPDATE store_transfer_line line
           SET not_approved_quantity = refused.quantity,
               closed_quantity = line.closed_quantity - refused.quantity
          FROM refused
         WHERE refused.id = line.id
        """
    )
    cr.execute(
        """
        UPDATE store_transfer_line line
           SET not_approved_quantity = COALESCE(not_approved_quantity, 0),
               short_quantity = COALESCE(
                   (SELECT SUM(short.quantity)
                      FROM store_transfer_discrepancy short
                     WHERE short.line_id = line.id
                       AND short.kind = 'short'
                       AND short.state <> 'settled'
                       AND short.outcome IS NULL), 0)
        """
    )
    cr.execute(
        """
        WITH sums AS (
            SELECT transfer_id,
                   SUM(not_approved_quantity) AS not_approved,
                   SUM(closed_quantity) AS closed
              FROM store_transfer_line
             GROUP BY transfer_id
        )
        UPDATE store_transfer transfer
           SET not_approved_quantity = sums.not_approved,
               closed_quantity = sums.closed
          FROM sums
         WHERE sums.transfer_id = transfer.id
        """
    )
