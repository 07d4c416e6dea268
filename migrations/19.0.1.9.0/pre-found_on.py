from odoo.tools.sql import column_exists, create_column


def migrate(cr, version):
    """Say of each difference when it was found.

    Where a part of one was settled, that part is a difference of its own, which was
    made later: what one count says of one kind of goods was found with the first.
    """
    if column_exists(cr, "store_transfer_discrepancy", "open_date"):
        return
    create_column(cr, "store_transfer_discrepancy", "open_date", "timestamp")
    cr.execute(
        """
        UPDATE store_transfer_discrepancy one
           SET open_date = COALESCE(found.open_date, now() AT TIME ZONE 'UTC')
          FROM (
               SELECT id,
                      CASE WHEN count_id IS NULL THEN create_date
                           ELSE MIN(create_date) OVER (
                               PARTITION BY transfer_id, count_id, product_id, kind,
                                            lot_id, lot_name
                           ) END AS open_date
                 FROM store_transfer_discrepancy
               ) found
         WHERE found.id = one.id
        """
    )
