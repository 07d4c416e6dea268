import itertools

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import escape_psql

from ...tools.states import STOCK_STATES
from ...tools.texts import drop_unwritable
from ...tools.transfer_link import read_number
from ..mixins.scanned_codes import get_spellings

# How many transfers the screen to choose from shows.
MOST_TO_SCAN = 80


class StoreTransfer(models.Model):
    """The transfers that somebody can count now: what the scan screen offers."""

    _inherit = "store.transfer"

    @api.model
    @api.readonly
    def get_transfers_to_count(self, text=""):
        """Return the transfers that the user can count now; with ``text``, that one.

        :param text: a transfer's number, its address as a QR code has it, the number of
            one of its pickings, its carrier's tracking number, the code of one of its
            cartons; or the barcode or SKU of a product, of which there may be several
        """
        number = self._get_number_domain(text)
        found = self._find_to_count(
            number or self._get_my_stores_domain("destination_store_id")
        )
        if number and not found:
            bringing = self._find_bringing(drop_unwritable(text))
            found = self._find_to_count(Domain("id", "in", bringing.ids))
        return [transfer._prepare_transfer_to_count() for transfer in found]

    @api.model
    def _find_to_count(self, domain):
        return self._find_to_scan(domain & self._get_countable_domain(), "count")

    @api.model
    def _get_number_domain(self, text):
        """Return the domain of the transfers that a number or code is of, or None.

        :param text: what somebody has scanned or typed, see
            :meth:`get_transfers_to_count`; nothing for no number
        :raise UserError: when it is no text at all
        """
        if text and not isinstance(text, str):
            raise UserError(self.env._("Enter the number of a transfer, as a text."))
        text = read_number(drop_unwritable(text or ""))
        if not text:
            return None
        pickings = self.env["stock.picking"].sudo().search([("name", "=", text)])
        named = pickings.transfer_id | self._find_by_carton(text)
        return (
            Domain("name", "=ilike", escape_psql(text))
            | Domain("tracking_number", "=", text)
            | Domain("id", "in", named.ids)
        )

    @api.model
    def _find_bringing(self, code):
        """Return the transfers of the user's stores that bring a product.

        Whoever counts blind finds none: they may not read the lines before they count.
        """
        products = self.env["product.product"]._find_by_transfer_codes(
            get_spellings(code)
        )
        announced = Domain("source_store_id", "=", False)
        lines = self.env["store.transfer.line"].search(
            Domain("product_id", "in", products.ids)
            & Domain("state", "in", STOCK_STATES)
            & self._get_my_stores_domain("destination_store_id")
            & (
                Domain("in_transit_quantity", ">", 0)
                | (announced & Domain("to_ship_quantity", ">", 0))
            )
        )
        return lines.transfer_id

    @api.model
    def _get_countable_domain(self):
        """Return the domain of what is on its way to a store, or announced to it."""
        return Domain("state", "in", STOCK_STATES) & Domain("is_to_count", "=", True)

    @api.model
    def _find_to_scan(self, domain, step):
        """Return the first transfers of ``domain`` whose ``step`` the user may do now.

        :param step: ``"count"`` or ``"ship"``
        """
        found = self.browse()
        for offset in itertools.count(step=MOST_TO_SCAN):
            page = self.search(
                domain, offset=offset, limit=MOST_TO_SCAN, order="expected_date, id"
            )
            found |= page.filtered(lambda transfer: not transfer._get_refusal(step))
            # As a rule there is one page: only what goes back is left out after all.
            if len(page) < MOST_TO_SCAN or len(found) >= MOST_TO_SCAN:
                return found[:MOST_TO_SCAN]
        return found

    def _prepare_transfer_to_count(self):
        count = self.sudo().count_ids.filtered(lambda count: count.state == "open")
        return {
            "id": self.id,
            "name": self.name,
            "from": self.sudo().source_store_id.name or self.third_party_name,
            "expected_date": fields.Date.to_string(self.expected_date),
            "is_late": self.is_late,
            "carrier": self.carrier or "",
            "tracking_number": self.tracking_number or "",
            "line_count": self.line_count,
            "count_id": count.id,
            "counter": count.user_id.name or "",
            "is_mine": count.user_id == self.env.user,
            "missing": self._get_missing_text(),
            "state": self._get_state_label(),
            "has_arrived": bool(self.arrival_date),
        }

    def _get_missing_text(self):
        """Return how much is missing of what came in part; nothing if it is blind."""
        if self.state != "partial" or self._hides_expected():
            return ""
        transfer = self.sudo()
        missing = transfer.to_ship_by_unit, transfer.in_transit_by_unit
        return missing[self.kind == "between"]
