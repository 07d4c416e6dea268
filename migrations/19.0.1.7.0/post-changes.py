def migrate(cr, version):
    """Let other systems find what was there before, too."""
    if not version:
        return
    cr.execute(
        """
        INSERT INTO store_transfer_change (transfer_id)
             SELECT id FROM store_transfer
              WHERE id NOT IN (SELECT transfer_id FROM store_transfer_change)
           ORDER BY id
        """
    )
