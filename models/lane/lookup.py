from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# So far back transfers say how long they take of late.
DAYS = 180
# What is found, in this order.
FOUND = ("number_of_transfers", "promised_days", "transit_days")
# In days of the calendar where the goods are counted, as the expected date is. The
# smallest number of days that 9 of 10 kept, so it is one that there was.
LOOK_UP = """
    SELECT source_store_id,
           destination_store_id,
           COUNT(*) AS number_of_transfers,
           percentile_disc(0.9) WITHIN GROUP (ORDER BY counted - submitted)
               AS promised_days,
           percentile_disc(0.9) WITHIN GROUP (ORDER BY counted - shipped)
               FILTER (WHERE counted >= shipped) AS transit_days
      FROM (
           SELECT transfer.source_store_id,
                  transfer.destination_store_id,
                  (transfer.submit_date AT TIME ZONE 'UTC' AT TIME ZONE zone.name)::date
                      AS submitted,
                  (transfer.ship_date AT TIME ZONE 'UTC' AT TIME ZONE zone.name)::date
                      AS shipped,
                  (transfer.last_count_date AT TIME ZONE 'UTC'
                      AT TIME ZONE zone.name)::date AS counted
             FROM store_transfer transfer
             JOIN (VALUES %(zones)s) zone (store_id, name)
               ON zone.store_id = transfer.destination_store_id
            WHERE transfer.state = 'done'
              AND transfer.kind = 'between'
              AND transfer.last_count_date >= transfer.submit_date
              AND transfer.done_date >= %(since)s
           ) taken
  GROUP BY source_store_id, destination_store_id
"""


class StoreTransferLane(models.Model):
    """Looking up, once a day, how long transfers took."""

    _inherit = "store.transfer.lane"

    transit_days = fields.Integer(
        "Days in Transit",
        readonly=True,
        aggregator="max",
        help="9 of 10 transfers were counted within so many days after they were first "
        "shipped. What is on its way for longer is delayed.",
    )

    @api.model
    def _cron_look_up(self):
        found = self._look_up()
        lanes = self.search([])  # pylint: disable=no-search-all
        for lane in lanes:
            key = lane.source_store_id.id, lane.destination_store_id.id
            lane._keep(found.pop(key, dict.fromkeys(FOUND, 0)))
        self.create(
            [
                {
                    "source_store_id": source_id,
                    "destination_store_id": destination_id,
                    **values,
                }
                for (source_id, destination_id), values in found.items()
            ]
        )

    def _keep(self, values):
        if any(self[name] != value for name, value in values.items()):
            self.write(values)

    @api.model
    def _look_up(self):
        """Return ``{(source id, destination id): {field name: what was found}}``."""
        stores = self.env["stock.warehouse"].with_context(active_test=False)
        stores = stores.search([])  # pylint: disable=no-search-all
        if not stores:
            return {}
        zones = [
            SQL("(%s, %s)", store.id, store._get_transfer_timezone())
            for store in stores
        ]
        transfers = self.env["store.transfer"]
        transfers.flush_model()
        query = SQL(
            LOOK_UP,
            zones=SQL(", ").join(zones),
            since=fields.Datetime.now() - timedelta(days=DAYS),
        )
        return {
            (source_id, destination_id): {
                name: number or 0 for name, number in zip(FOUND, numbers, strict=True)
            }
            for source_id, destination_id, *numbers in self.env.execute_query(query)
        }
