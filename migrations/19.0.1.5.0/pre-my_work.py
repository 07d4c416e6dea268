from odoo.tools import SQL
from odoo.tools.sql import create_column

OPEN_TRANSFERS = ("draft", "waiting", "approved", "in_transit", "arrived", "partial")
OPEN_DIFFERENCES = ("open", "answered")
AFTER_ALL_DAYS = 10_000_000


def migrate(cr, version):
    """Fill new columns at once; Odoo would compute them transfer by transfer."""
    create_column(cr, "store_transfer", "is_to_count", "boolean")
    create_column(cr, "store_transfer", "is_to_take_back", "boolean")
    create_column(cr, "store_transfer", "submit_day", "date")
    cr.execute(
        """
        WITH in_transit AS (
            SELECT transfer_id,
                   BOOL_OR(to_take_back_quantity > 0) AS goes_back,
                   BOOL_OR(in_transit_quantity > COALESCE(to_take_back_quantity, 0))
                   AS comes
              FROM store_transfer_line
             WHERE in_transit_quantity > 0
          GROUP BY transfer_id
        )
        UPDATE store_transfer transfer
           SET is_to_count = CASE transfer.kind
                   WHEN 'receipt' THEN transfer.is_to_ship
                   ELSE COALESCE(in_transit.comes, FALSE) END,
               is_to_take_back = transfer.kind = 'between'
                   AND COALESCE(in_transit.goes_back, FALSE),
               submit_day = transfer.submit_date
          FROM store_transfer one
     LEFT JOIN in_transit ON in_transit.transfer_id = one.id
         WHERE one.id = transfer.id
        """
    )
    # As _compute_urgency does: days are counted from the first of the calendar.
    for table, day, states in (
        ("store_transfer", "expected_date", OPEN_TRANSFERS),
        ("store_transfer_discrepancy", "deadline", OPEN_DIFFERENCES),
    ):
        create_column(cr, table, "urgency", "integer")
        cr.execute(
            SQL(
                """
                UPDATE %(table)s
                   SET urgency = CASE
                       WHEN state IN %(states)s
                            THEN COALESCE(%(day)s - DATE '0001-01-01' + 1, %(after)s)
                       ELSE 2 * %(after)s
                            - COALESCE(%(day)s - DATE '0001-01-01' + 1, %(after)s)
                       END
                """,
                table=SQL.identifier(table),
                day=SQL.identifier(day),
                states=states,
                after=AFTER_ALL_DAYS,
            )
        )
