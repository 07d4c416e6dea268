from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Let what a third party brings or gets be asked for on the day of the store.

    It was the company's day, which is another one around midnight, where the store
    lives in another time zone.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    # Archived ones as well.
    stores = env["stock.warehouse"].with_context(active_test=False)
    stores = stores.search([])  # pylint: disable=no-search-all
    for zone, of_zone in stores.grouped(
        lambda store: store._get_transfer_timezone()
    ).items():
        cr.execute(
            """
            UPDATE store_transfer
               SET submit_day = day.here
              FROM (
                   SELECT id,
                          (submit_date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                              AS here
                     FROM store_transfer
                    WHERE kind <> 'between' AND submit_date IS NOT NULL
                      AND COALESCE(source_store_id, destination_store_id)
                          IN %(stores)s
                   ) day
             WHERE day.id = store_transfer.id
               AND store_transfer.submit_day IS DISTINCT FROM day.here
            """,
            {"zone": zone, "stores": tuple(of_zone.ids)},
        )
