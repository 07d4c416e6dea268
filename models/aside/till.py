from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.ids import is_id
from ..mixins.tabs import MOST_COUNTED

MOST_ASIDES = 200
RELEASES = {"hand_over": "action_hand_over", "free": "action_free"}


class StoreTransferTill(models.AbstractModel):
    """What is set aside in the store of a till."""

    _inherit = "store.transfer.till"

    @api.model
    def get_asides(self, picking_type_id, text=""):
        """Return what is set aside here, the newest first.

        :param text: part of a customer's name or phone number, of a product, or of a
            transfer's number
        :return: list of dicts with ``id``, ``transfer_id``, ``transfer`` (its number),
            ``product_id``, ``name``, ``sku``, ``lot``, ``quantity``, ``unit``,
            ``customer``, ``phone``
        """
        store = self._find_store(picking_type_id)
        domain = self._get_held_domain(store) & self._get_aside_text_domain(text)
        found = self.env["store.transfer.aside"].search(domain, limit=MOST_ASIDES)
        return self._prepare_asides(found)

    @api.model
    def release_aside(self, picking_type_id, aside_id, how):
        """Release what is set aside.

        :param how: ``"hand_over"`` (to the customer: it is rung up as any other goods)
            or ``"free"`` (to the free stock)
        :return: what :meth:`get_asides` does
        :raise UserError: when it is not here any more
        """
        store = self._find_store(picking_type_id)
        if not isinstance(how, str) or how not in RELEASES:
            raise UserError(self.env._("Choose whether to hand it over or to free it."))
        aside = self.env["store.transfer.aside"]
        if is_id(aside_id):
            aside = aside.search([("id", "=", aside_id), ("store_id", "=", store.id)])
        if not aside:
            raise UserError(
                self.env._("%s has not set this aside. Open the list anew.", store.name)
            )
        getattr(aside, RELEASES[how])()
        return self.get_asides(picking_type_id)

    def _get_held_domain(self, store):
        return Domain("store_id", "=", store.id) & Domain("is_held", "=", True)

    def _get_aside_text_domain(self, text):
        text = self._read_text(text).strip()
        if not text:
            return Domain.TRUE
        names = ("customer_name", "customer_phone", "product_id", "transfer_id.name")
        return Domain.OR(Domain(name, "ilike", text) for name in names)

    def _prepare_asides(self, asides):
        # In sudo: lots are out of the reach of some.
        asides = asides.sudo().with_context(display_default_code=False)
        return [
            {
                "id": aside.id,
                "transfer_id": aside.transfer_id.id,
                "transfer": aside.transfer_id.name,
                "product_id": aside.product_id.id,
                "name": aside.product_id.display_name,
                "sku": aside.default_code or "",
                "lot": aside.lot_id.name or "",
                "quantity": aside.quantity,
                "unit": aside.stock_uom_id.name,
                "customer": aside.customer_name or "",
                "phone": aside.customer_phone or "",
            }
            for aside in asides
        ]

    def _count_tabs(self, store):
        asides = self.env["store.transfer.aside"]
        held = asides.search_count(self._get_held_domain(store), limit=MOST_COUNTED)
        return {**super()._count_tabs(store), "set_aside": held}

    def _show(self, transfer, store):
        asides = self.env["store.transfer.aside"].search(
            Domain("transfer_id", "=", transfer.id) & self._get_held_domain(store)
        )
        return {
            **super()._show(transfer, store),
            "asides": self._prepare_asides(asides),
        }

    def _prepare_line(self, line, is_proposal):
        return {
            **super()._prepare_line(line, is_proposal),
            "customer": line.customer_name or "",
            "phone": line.customer_phone or "",
        }
