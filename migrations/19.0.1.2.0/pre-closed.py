def migrate(cr, version):
    """Write down what each line closed; until now it was what was left over.

    What was not approved counts for itself. Where more of that has come than was
    closed, it was approved after all.
    """
    cr.execute(
        "ALTER TABLE store_transfer_line"
        " ADD COLUMN IF NOT EXISTS closed_unshipped_quantity numeric"
    )
    cr.execute(
        """
        WITH closed AS (
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
           SET closed_unshipped_quantity = GREATEST(total - not_approved, 0),
               approved_quantity = COALESCE(approved_quantity, 0)
                                   + GREATEST(not_approved - total, 0)
          FROM closed
         WHERE closed.id = line.id
        """
    )
