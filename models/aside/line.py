from collections import defaultdict

from odoo import fields, models


class StoreTransferLine(models.Model):
    """A line that is for a customer."""

    _inherit = "store.transfer.line"

    customer_name = fields.Char(
        string="For Customer",
        copy=False,
        help="What comes is set aside for them when it is counted.",
    )
    customer_phone = fields.Char(string="Customer's Phone", copy=False)
    aside_ids = fields.One2many("store.transfer.aside", "line_id", string="Set Aside")

    def _get_whole_remark(self):
        """Return for whom it is and what is remarked, as papers say it."""
        customer = self.customer_name and self.env._("For %s", self.customer_name)
        return ". ".join(filter(None, [customer, self.remark]))

    def _get_quantity_to_set_aside(self):
        """Return how much has come for the customer and was not set aside before."""
        asked = min(self.received_quantity, self.asked_quantity - self.surplus_quantity)
        kept = sum(self._get_quantities_kept().values())
        return self.stock_uom_id.round(asked - kept)

    def _get_quantities_kept(self):
        """Return what was set aside, and not taken back: ``{(move, lot, owner): …}``.

        What was released since is part of it: it is not set aside once more.
        """
        kept = defaultdict(float)
        for aside in self.aside_ids:
            if aside.state != "taken_back":
                key = aside.move_id, aside.lot_id, aside.owner_id
                kept[key] += aside.quantity
        return kept
