def migrate(cr, version):
    """Write down what each line closed; until now it was all that never left.

    What was not approved counts for itself. Where more of that has come than was
    closed, it was approved after all.
    """
    for table in ("store_transfer_line", "store_transfer"):
        cr.execute(
            f"ALTER TABLE {table}"  # noqa: S608  (of the two names above)
            " ADD COLUMN IF NOT EXISTS not_approved_quantity numeric"
        )
    # The first version accepted no surplus.
    cr.execute(
        "ALTER TABLE store_transfer_line"
        " ADD COLUMN IF NOT EXISTS surplus_quantity numeric"
    )
    cr.execute(
        """
        WITH old AS (
            SELECT line.id,
                   COALESCE(line.closed_quantity, 0) AS total,
                   CASE WHEN transfer.approval_state = 'rejected'
                          OR transfer.approval_date IS NOT NULL
                        THEN line.asked_quantity
                             - COALESCE(line.surplus_quantity, 0)
                             - COALESCE(line.approved_quantity, 0)
                        ELSE 0
                   END AS not_approved
              FROM store_transfer_line line
              JOIN store_transfer transfer ON transfer.id = line.transfer_id
        )
        UPDATE store_transfer_line line
           SET closed_quantity = GREATEST(total - not_approved, 0),
               not_approved_quantity = LEAST(not_approved, total),
               approved_quantity = COALESCE(approved_quantity, 0)
                                   + GREATEST(not_approved - total, 0)
          FROM old
         WHERE old.id = line.id
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
