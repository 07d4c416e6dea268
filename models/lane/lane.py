from odoo import api, fields, models

# Of fewer, what 9 of 10 took at most says nothing.
LEAST_TRANSFERS = 10


class StoreTransferLane(models.Model):
    """From one store to another: how long transfers take, looked up each day and kept.

    A draft reads it by one query; nobody waits for what all of history says. What head
    office says of a lane stands beside it, see ``rule``.
    """

    _name = "store.transfer.lane"
    _description = "Store Transfer Lane"
    _inherit = ["store.transfer.guard"]
    _order = "source_store_id, destination_store_id, id"

    source_store_id = fields.Many2one(
        "stock.warehouse",
        "Source",
        required=True,
        domain=[("is_store", "=", True)],
        ondelete="cascade",
    )
    destination_store_id = fields.Many2one(
        "stock.warehouse",
        "Destination",
        required=True,
        domain=[("is_store", "=", True)],
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="destination_store_id.company_id", store=True, index=True
    )
    promised_days = fields.Integer(
        readonly=True,
        aggregator="max",
        help="9 of 10 transfers were counted within so many days after they were "
        "submitted. All days count, also those on which a store is closed.",
    )
    number_of_transfers = fields.Integer(
        "Transfers", readonly=True, help="So many were looked at, of the last 180 days."
    )
    is_promised = fields.Boolean(
        compute="_compute_is_promised", search="_search_is_promised"
    )

    _once = models.UniqueIndex(
        "(source_store_id, destination_store_id)",
        "There is a lane from this source to this destination already: open that one "
        "in the list of lanes, and change its rule.",
    )

    @api.depends("source_store_id.name", "destination_store_id.name")
    def _compute_display_name(self):
        for lane in self:
            source, destination = lane.source_store_id, lane.destination_store_id
            is_whole = source and destination
            lane.display_name = is_whole and f"{source.name} → {destination.name}"

    @api.depends("number_of_transfers")
    def _compute_is_promised(self):
        for lane in self:
            lane.is_promised = lane.number_of_transfers >= LEAST_TRANSFERS

    @api.model
    def _search_is_promised(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("number_of_transfers", ">=", LEAST_TRANSFERS)]

    @api.model
    def _find_promised(self, transfers):
        """Return the lanes of these that have a promised time.

        :return: ``{(source, destination): lane}``
        """
        found = self.search(
            [
                ("source_store_id", "in", transfers.source_store_id.ids),
                ("destination_store_id", "in", transfers.destination_store_id.ids),
                ("is_promised", "=", True),
            ]
        )
        return {
            (lane.source_store_id, lane.destination_store_id): lane for lane in found
        }

    def _tell_promise(self):
        """Say where the expected date of a new transfer comes from."""
        values = {
            "days": self.promised_days,
            "number": self.number_of_transfers,
            "lane": self.display_name,
        }
        if not self.promised_days:
            return self.env._(
                "%(lane)s: 9 of 10 transfers were counted on the same day "
                "(of %(number)s in half a year).",
                **values,
            )
        if self.promised_days == 1:
            return self.env._(
                "%(lane)s: 9 of 10 transfers were counted by the next day "
                "(of %(number)s in half a year).",
                **values,
            )
        return self.env._(
            "%(lane)s: 9 of 10 transfers were counted within %(days)s days (of "
            "%(number)s in half a year).",
            **values,
        )
