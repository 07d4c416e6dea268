from odoo.tools.sql import table_exists


def migrate(cr, version):
    """Keep one unfinished check of a company: two might have been begun at once."""
    if not table_exists(cr, "store_transfer_ledger_check"):
        return
    cr.execute(
        """
        DELETE FROM store_transfer_ledger_check later
              USING store_transfer_ledger_check earlier
              WHERE later.company_id = earlier.company_id
                AND later.id > earlier.id
                AND later.state IN ('waiting', 'running')
                AND earlier.state IN ('waiting', 'running')
        """
    )
