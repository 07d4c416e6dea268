from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

MOST_NAMED = 3
# Since when a transfer stands where it stands.
SINCE = SQL(
    """CASE state WHEN 'waiting' THEN submit_date
                  WHEN 'approved' THEN approval_date
                  WHEN 'in_transit' THEN last_ship_date
                  WHEN 'arrived' THEN arrival_date
                  ELSE COALESCE(last_count_date, arrival_date) END"""
)
# At which store; what is on its way back is awaited by its source.
AT_STORE = SQL(
    """CASE WHEN state = 'waiting' AND initiator = 'source' THEN destination_store_id
            WHEN state IN ('waiting', 'approved') AND kind <> 'receipt'
                THEN source_store_id
            WHEN is_to_take_back AND NOT is_to_count THEN source_store_id
            ELSE COALESCE(destination_store_id, source_store_id) END"""
)


class StoreTransferOverview(models.Model):
    """Which transfers have been standing still for longest, by name."""

    _inherit = "store.transfer.overview"

    longest_waiting = fields.Json(
        compute="_compute_longest_waiting",
        help="A list of {id, name, route, state, days}, the longest first.",
    )

    @api.depends("store_id", "company_id")
    @api.depends_context("lang")
    def _compute_longest_waiting(self):
        waiting = self._read_longest_waiting()
        for card in self:
            card.longest_waiting = waiting[card._get_key()]

    def _read_longest_waiting(self):
        """Return ``{(company id, store id): what is told of its transfers}``."""
        waiting = defaultdict(list)
        cards = self.filtered("id")
        keys = {card._get_key() for card in cards}
        rows = self.env.execute_query(cards._get_query_of_waiting()) if cards else ()
        # All of them are read at once, when the first one is.
        transfers = self.env["store.transfer"].browse([row[0] for row in rows])
        for transfer, (_id, company_id, store_id, since) in zip(
            transfers, rows, strict=True
        ):
            # What waits longest of all is among what waits longest in its store.
            for key in ((company_id, store_id), (company_id, False)):
                if key in keys and len(waiting[key]) < MOST_NAMED:
                    waiting[key].append(self._tell(transfer, since))
        return waiting

    @api.model
    def _tell(self, transfer, since):
        states = dict(transfer._fields["state"]._description_selection(self.env))
        return {
            "id": transfer.id,
            "name": transfer.name,
            "route": transfer._get_route(),
            "state": states[transfer.state],
            # Now is a whole second, and may lie before what was written in it.
            "days": max(0, (fields.Datetime.now() - since).days),
        }

    def _get_query_of_waiting(self):
        """Return the query of those that have waited longest in each store.

        A row is ``(id, company, store, since when)``, the longest first.
        """
        transfers = self.env["store.transfer"].sudo()
        transfers.flush_model()
        return SQL(
            """
            SELECT id, company_id, store_id, since
              FROM (
                   SELECT id, company_id, store_id, since,
                          ROW_NUMBER() OVER (
                              PARTITION BY company_id, store_id ORDER BY since, id
                          ) AS place
                     FROM (
                          SELECT id, company_id, %(store)s AS store_id,
                                 COALESCE(%(since)s, create_date) AS since
                            FROM store_transfer
                           WHERE %(is_open)s
                          ) open_transfer
                   ) placed
             WHERE place <= %(most)s
          ORDER BY since, id
            """,
            store=AT_STORE,
            since=SINCE,
            is_open=transfers._search(self._get_domain_of_open()).where_clause,
            most=MOST_NAMED,
        )
