from odoo.tools.sql import column_exists, create_column

COLUMNS = {
    "store_transfer": {
        "ship_date": "timestamp",
        "last_ship_date": "timestamp",
        "count_date": "timestamp",
        "last_count_date": "timestamp",
        "done_date": "timestamp",
        "expected_changes": "int4",
    },
    "store_transfer_line": {"unit_cost": "numeric", "last_count_date": "timestamp"},
    "store_transfer_reason": {"is_supply_cut": "bool"},
}
SUPPLY_CUTS = (
    "reason_needed_here",
    "reason_out_of_stock",
    "reason_not_found",
    "reason_not_sellable",
    "reason_vendor_short",
    "reason_left_behind",
    "reason_not_delivered",
)


def migrate(cr, version):
    """Fill at once what transfers now remember: when goods moved, at what cost."""
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            if not column_exists(cr, table, name):
                create_column(cr, table, name, kind)
    _read_goods_dates(cr)
    _write_goods_dates(cr)
    _write_what_was_tracked(cr)
    _write_unit_costs(cr)
    _write_supply_cuts(cr)


def _read_goods_dates(cr):
    """Read off the moves when goods left and came, as `_sync_goods_dates` does."""
    cr.execute(
        """
        CREATE TEMPORARY TABLE dates_of_goods ON COMMIT DROP AS
            SELECT line.transfer_id,
                   line.id AS line_id,
                   move.transfer_flow IN ('ship', 'unship') AS is_shipped,
                   MIN(move.date) FILTER (WHERE NOT undoes.it) AS first_date,
                   MAX(move.date) FILTER (WHERE NOT undoes.it) AS last_date
              FROM stock_move move
              JOIN store_transfer_line line ON line.id = move.transfer_line_id
              LEFT JOIN stock_move undone ON undone.id = move.origin_returned_move_id
        CROSS JOIN LATERAL (
                   SELECT move.transfer_flow
                          IN ('unship', 'uncount', 'uncount_damaged') AS it) undoes
             WHERE move.state = 'done'
               AND move.transfer_flow IN ('ship', 'receive', 'damaged',
                                          'unship', 'uncount', 'uncount_damaged')
          GROUP BY line.id, 3,
                   CASE WHEN undoes.it THEN undone.picking_id ELSE move.picking_id END
            HAVING SUM(CASE WHEN undoes.it THEN - move.quantity
                            ELSE move.quantity END) > 0
        """
    )


def _write_goods_dates(cr):
    cr.execute(
        """
        WITH dates AS (
              SELECT transfer_id,
                     MIN(first_date) FILTER (WHERE is_shipped) AS ship_date,
                     MAX(last_date) FILTER (WHERE is_shipped) AS last_ship_date,
                     MIN(first_date) FILTER (WHERE NOT is_shipped) AS count_date,
                     MAX(last_date) FILTER (WHERE NOT is_shipped) AS last_count_date
                FROM dates_of_goods
            GROUP BY transfer_id
        )
        UPDATE store_transfer transfer
           SET ship_date = CASE WHEN transfer.shipped_quantity > 0
                                THEN dates.ship_date END,
               last_ship_date = CASE WHEN transfer.shipped_quantity > 0
                                     THEN dates.last_ship_date END,
               count_date = dates.count_date,
               last_count_date = dates.last_count_date,
               done_date = CASE WHEN transfer.state = 'done'
                                THEN GREATEST(dates.last_ship_date,
                                              dates.last_count_date) END
          FROM dates
         WHERE dates.transfer_id = transfer.id
        """
    )
    cr.execute(
        """
        UPDATE store_transfer_line line
           SET last_count_date = dates.last_count_date
          FROM (SELECT line_id, MAX(last_date) AS last_count_date
                  FROM dates_of_goods
                 WHERE NOT is_shipped
              GROUP BY line_id) dates
         WHERE dates.line_id = line.id
        """
    )


def _write_what_was_tracked(cr):
    """Read off the messages how often the date was changed, and the end of a transfer.

    The last change of the state of what is done was that it came to be done.
    """
    cr.execute(
        """
        WITH changes AS (
            SELECT message.res_id AS transfer_id,
                   COUNT(*) FILTER (WHERE field.name = 'expected_date'
                                      AND message.date > transfer.submit_date)
                   AS expected_changes,
                   MAX(message.date) FILTER (WHERE field.name = 'state') AS state_date
              FROM mail_tracking_value value
              JOIN ir_model_fields field ON field.id = value.field_id
              JOIN mail_message message ON message.id = value.mail_message_id
              JOIN store_transfer transfer ON transfer.id = message.res_id
             WHERE message.model = 'store.transfer'
               AND field.model = 'store.transfer'
               AND field.name IN ('expected_date', 'state')
          GROUP BY message.res_id
        )
        UPDATE store_transfer transfer
           SET expected_changes = COALESCE(changes.expected_changes, 0),
               done_date = CASE WHEN transfer.state = 'done'
                                THEN COALESCE(changes.state_date, transfer.done_date,
                                              transfer.write_date) END
          FROM store_transfer one
     LEFT JOIN changes ON changes.transfer_id = one.id
         WHERE one.id = transfer.id
        """
    )


def _write_unit_costs(cr):
    """Take what the goods cost now: nobody has written down what they cost then."""
    cr.execute(
        """
        UPDATE store_transfer_line line
           SET unit_cost = COALESCE(
                   (product.standard_price ->> line.company_id::text)::numeric, 0)
          FROM product_product product, store_transfer transfer
         WHERE product.id = line.product_id
           AND transfer.id = line.transfer_id
           AND transfer.submit_date IS NOT NULL
        """
    )


def _write_supply_cuts(cr):
    """Say of our own reasons which are the source's; others are left to head office."""
    cr.execute(
        """
        UPDATE store_transfer_reason reason
           SET is_supply_cut = TRUE
          FROM ir_model_data data
         WHERE data.module = 'store_transfer'
           AND data.name IN %s
           AND data.model = 'store.transfer.reason'
           AND data.res_id = reason.id
        """,
        [SUPPLY_CUTS],
    )
