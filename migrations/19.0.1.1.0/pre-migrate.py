def migrate(cr, version):
    """Files that were uploaded to the earlier, transient import are of no use now."""
    cr.execute(
        "DELETE FROM ir_attachment WHERE res_model = 'store.transfer.import'"
        " AND res_field IS NOT NULL"
    )
    cr.execute("DELETE FROM store_transfer_import")
    cr.execute(
        "DROP TABLE IF EXISTS store_transfer_import_error,"
        " store_transfer_store_transfer_import_rel"
    )
