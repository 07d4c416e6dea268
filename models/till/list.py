from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.states import BADGES, STOCK_STATES
from ...tools.texts import drop_unwritable

# More than that no screen shows at once.
MOST_ROWS = 200
# What is done next, the first of these that is possible.
NEXT_STEPS = (
    "approve",
    "confirm_arrival",
    "count",
    "take_back",
    "ship",
    "settle",
    "submit",
    "reset",
)


class StoreTransferTill(models.AbstractModel):
    """The list of a tab."""

    _inherit = "store.transfer.till"

    @api.model
    def get_transfers(self, picking_type_id, tab, text="", offset=0, limit=40):
        """Return a page of the transfers of a tab, what is urgent or late first.

        :param tab: see ``_get_tab_domains``
        :param text: part of a number, a remark, a product, or of the other store's name
        :return: ``{"transfers": [see _prepare_row], "total": number}``
        """
        store = self._find_store(picking_type_id)
        domain = self._get_tab_domain(store, tab) & self._get_text_domain(text)
        offset, limit = self._read_page(offset, limit)
        transfers = self.env["store.transfer"]
        found = transfers.search(domain, offset=offset, limit=limit)
        total = offset + len(found)
        if len(found) == limit or not found:
            total = transfers.search_count(domain)
        return {"transfers": self._prepare_rows(found, store, tab), "total": total}

    def _read_page(self, offset, limit):
        if not all(type(one) is int and 0 <= one < 2**31 for one in (offset, limit)):
            raise UserError(
                self.env._("There is no such page. Reload the list and try again.")
            )
        return offset, max(1, min(limit, MOST_ROWS))

    def _get_text_domain(self, text):
        if text and not isinstance(text, str):
            raise UserError(self.env._("Enter what you look for as a text."))
        text = drop_unwritable(text or "").strip()
        if not text:
            return Domain.TRUE
        # Look-ups over other models are in sudo in here: staff may not read the other
        # store. Lines are not: who counts blind must not find out what comes.
        stores = self.env["stock.warehouse"].sudo().search([("name", "ilike", text)])
        return (
            Domain("name", "ilike", text)
            | Domain("remark", "ilike", text)
            | Domain("source_store_id", "in", stores.ids)
            | Domain("destination_store_id", "in", stores.ids)
            | Domain("partner_id.name", "ilike", text)
            | Domain("line_ids.product_id", "ilike", text)
        )

    def _prepare_rows(self, transfers, store, tab=None):
        """Return what the list shows of each transfer, see ``_prepare_row``."""
        # In sudo: the cartons of what is on its way are out of the reach of staff.
        cartons = transfers.sudo()._get_numbers_of_cartons()
        return [
            {
                **self._prepare_row(transfer, store, tab),
                "cartons": cartons.get(transfer.id, 0),
            }
            for transfer in transfers
        ]

    def _prepare_row(self, transfer, store, tab=None):
        """Return a transfer as the list of this store's till shows it.

        :return: dict with ``id``, ``name``, ``partner`` (who is on the other side),
            ``is_inbound``, ``kind``, ``state``, ``state_label``, ``badge`` (a class),
            ``date`` (when it is expected), ``is_late``, ``is_urgent``, ``remark``,
            ``lines`` (how many), ``quantity`` (a text; False where it is counted
            blind), ``next`` (the step to be done next, or False)
        """
        return {
            "id": transfer.id,
            "name": transfer.name,
            # The other store is out of reach of store staff.
            "partner": transfer.sudo()._get_other_side_name(store) or "",
            "is_inbound": transfer.sudo().destination_store_id == store,
            "kind": transfer.kind,
            "state": transfer.state,
            "state_label": transfer._get_state_label(),
            "badge": BADGES[transfer.state],
            "date": fields.Date.to_string(transfer.expected_date),
            "is_late": transfer.is_late,
            "is_urgent": transfer.priority == "1",
            "remark": transfer.remark or "",
            "lines": transfer.line_count,
            "quantity": self._get_quantity(transfer, store, tab),
            "next": self._get_next_step(transfer, store),
        }

    def _get_quantity(self, transfer, store, tab=None):
        """Return how much a transfer is about in a tab, or False."""
        if self._hides_quantities(transfer, store):
            return False
        # In sudo: who counts blind in a store still ships for it.
        with_quantities = transfer.sudo()
        if tab == "to_ship":
            return with_quantities.to_ship_by_unit
        if tab == "to_take_back" or tab == "partial" and transfer.kind == "between":
            return with_quantities.in_transit_by_unit
        return with_quantities.asked_by_unit

    def _hides_quantities(self, transfer, store):
        """Tell whether the user counts this blind, and must not know how much it is.

        As the rules say that show lines, see ``rule_line_staff``.
        """
        comes = transfer.sudo().destination_store_id == store
        return (
            comes
            and transfer._hides_expected()
            and transfer.state in ("waiting", *STOCK_STATES)
            and not (
                transfer.state == "waiting" and transfer.initiator == "destination"
            )
        )

    def _get_next_step(self, transfer, store):
        for step in NEXT_STEPS:
            is_done = step == "confirm_arrival" and transfer.arrival_date
            if not is_done and not self._get_step_refusal(transfer, store, step):
                return step
        return False
