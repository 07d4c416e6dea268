def migrate(cr, version):
    """Files that were uploaded to the earlier, transient import are of no use now."""
    cr.execute("DELETE FROM store_transfer_import")
