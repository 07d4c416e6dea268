def migrate(cr, version):
    """Tell what is still short; until now it was all that had not come."""
    cr.execute("SELECT to_regclass('store_transfer_discrepancy')")
    if cr.fetchone()[0] is None:
        # Of a version without differences, nothing is short.
        cr.execute("UPDATE store_transfer_line SET short_quantity = 0")
        return
    cr.execute(
        """
        UPDATE store_transfer_line line
           SET short_quantity = COALESCE(
                   (SELECT SUM(short.quantity)
                      FROM store_transfer_discrepancy short
                     WHERE short.line_id = line.id
                       AND short.kind = 'short'
                       AND short.state <> 'settled'
                       AND short.outcome IS NULL), 0)
        """
    )
