from collections import defaultdict

from odoo import api, fields, models


class StoreTransferOverview(models.Model):
    """How many differences are not settled, and what they are worth.

    Only those that the user sees: who counts blind does not see what is short.
    """

    _inherit = "store.transfer.overview"

    difference_count = fields.Integer(
        string="Open Differences", compute="_compute_differences"
    )
    difference_value = fields.Monetary(
        string="Value of Open Differences", compute="_compute_differences"
    )

    @api.depends("store_id", "company_id")
    @api.depends_context("uid")
    def _compute_differences(self):
        differences = self._read_differences()
        for card in self:
            count, value = differences[card._get_key()]
            card.difference_count = count
            card.difference_value = value

    def _read_differences(self):
        """Return ``{(company id, store id): [count, value]}``, by one query."""
        found = defaultdict(lambda: [0, 0.0])
        for company, source, destination, count, value in self.env[
            "store.transfer.discrepancy"
        ]._read_group(
            [
                ("state", "!=", "settled"),
                ("company_id", "in", self.filtered("id").company_id.ids),
            ],
            ["company_id", "source_store_id", "destination_store_id"],
            ["__count", "value:sum"],
        ):
            for store_id in (False, *filter(None, (source.id, destination.id))):
                total = found[company.id, store_id]
                total[0] += count
                total[1] += value
        return found
