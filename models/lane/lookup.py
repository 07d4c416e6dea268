from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.days import day_of, join_place

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
                  %(submitted)s AS submitted,
                  %(shipped)s AS shipped,
                  %(counted)s AS counted
             FROM store_transfer transfer
             JOIN res_company company ON company.id = transfer.company_id
             JOIN stock_warehouse source ON source.id = transfer.source_store_id
             JOIN stock_warehouse destination
               ON destination.id = transfer.destination_store_id
               %(place)s
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
        for model in ("store.transfer", "stock.warehouse", "res.partner"):
            self.env[model].flush_model()
        query = SQL(
            LOOK_UP,
            submitted=day_of(self.env, SQL("transfer.submit_date")),
            shipped=day_of(self.env, SQL("transfer.ship_date")),
            counted=day_of(self.env, SQL("transfer.last_count_date")),
            place=join_place(),
            since=fields.Datetime.now() - timedelta(days=DAYS),
        )
        return {
            (source_id, destination_id): {
                name: number or 0 for name, number in zip(FOUND, numbers, strict=True)
            }
            for source_id, destination_id, *numbers in self.env.execute_query(query)
        }
