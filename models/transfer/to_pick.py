from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.states import STOCK_STATES


class StoreTransfer(models.Model):
    """The transfers that somebody can ship now: what the scan screen offers."""

    _inherit = "store.transfer"

    @api.model
    @api.readonly
    def get_transfers_to_pick(self, text=""):
        """Return the transfers that the user can ship now; with ``text``, that one.

        :param text: a transfer's number, its address as a QR code has it, or the number
            of one of its pickings
        """
        domain = self._get_pickable_domain()
        domain &= self._get_number_domain(text) or self._get_my_stores_domain(
            "source_store_id"
        )
        return [
            transfer._prepare_transfer_to_pick()
            for transfer in self._find_to_scan(domain, "ship")
        ]

    @api.model
    def _get_pickable_domain(self):
        """Return the domain of what is still to leave a store."""
        domain = Domain("state", "in", STOCK_STATES) & Domain("kind", "!=", "receipt")
        domain &= Domain("is_to_ship", "=", True)
        # In sudo: who counts blind may not ask for quantities.
        return Domain("id", "in", self.sudo()._search(domain))

    def _prepare_transfer_to_pick(self):
        pick = self.sudo().pick_ids.filtered(lambda pick: pick.state == "open")
        destination = self.sudo().destination_store_id.name
        return {
            "id": self.id,
            "name": self.name,
            "to": destination or self.third_party_name,
            "expected_date": fields.Date.to_string(self.expected_date),
            "ship_date": fields.Date.to_string(self._get_ship_day()),
            "is_late": self.is_late,
            "line_count": self.line_count,
            "pick_id": pick.id,
            "picker": pick.user_id.name or "",
            "is_mine": pick.user_id == self.env.user,
            "state": self._get_state_label(),
        }
