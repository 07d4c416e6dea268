from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.texts import drop_unwritable
from ..mixins.scanned_codes import get_gs1_spellings, get_spellings

# More than that nobody chooses from.
MOST_FOUND = 20


class StoreTransferTill(models.AbstractModel):
    """What a scanned or typed code stands for."""

    _inherit = "store.transfer.till"

    @api.model
    def find(self, picking_type_id, code):
        """Return what a code stands for at this till.

        :param code: a transfer's number or the address on its slip, the number of one
            of its pickings, a tracking number, the code of a carton, a product's
            barcode, SKU, packaging, lot or serial number, or a GS1 code of these
        :return: ``{"kind": "transfer", "id", "name"}``; ``{"kind": "carton", "id",
            "name", "transfer_id", "transfer_name"}``; ``{"kind": "product", "id",
            "name", "sku", "quantity"}``; where several have the code, ``{"kind":
            "transfers", "transfers": [see _prepare_row]}`` or ``{"kind": "products",
            "products": [{"id", "name", "sku", "quantity"}]}``; ``{"kind": False}``
            where nobody knows it. ``quantity`` is in the product's unit: what is in a
            packaging whose code it is, else 1
        :raise UserError: when it is no text
        """
        store = self._find_store(picking_type_id)
        if code and not isinstance(code, str):
            raise UserError(self.env._("Scan or enter a code, as a text."))
        code = drop_unwritable(code or "").strip()
        if not code:
            return {"kind": False}
        return (
            self._find_carton(store, code)
            or self._find_transfer_of(store, code)
            or self._find_product(store, code)
            or {"kind": False}
        )

    def _find_carton(self, store, code):
        # In sudo: packages on their way are out of the reach of staff; whether the
        # user may see the transfer, is asked.
        cartons = self.env["stock.package"].sudo()
        carton = cartons._find_cartons([code], store.company_id).get(code, cartons)
        transfer = self._search_of_store(store, [("id", "=", carton.transfer_id.id)])
        return transfer and {
            "kind": "carton",
            "id": carton.id,
            "name": carton._describe_carton(),
            "transfer_id": transfer.id,
            "transfer_name": transfer.name,
        }

    def _find_transfer_of(self, store, code):
        domain = self.env["store.transfer"]._get_number_domain(code)
        if not domain:
            return None
        found = self._search_of_store(store, domain)
        if len(found) > 1:
            return {"kind": "transfers", "transfers": self._prepare_rows(found, store)}
        return found and {"kind": "transfer", "id": found.id, "name": found.name}

    def _search_of_store(self, store, domain):
        of_store = Domain("source_store_id", "=", store.id) | Domain(
            "destination_store_id", "=", store.id
        )
        return self.env["store.transfer"].search(
            of_store & Domain(domain), limit=MOST_FOUND
        )

    def _find_product(self, store, code):
        products = self._find_products(store, code)
        packed = self._get_packed_quantities(products, code)
        found = [
            {**self._name_product(product), "quantity": packed.get(product, 1)}
            for product in products
        ]
        if len(found) > 1:
            return {"kind": "products", "products": found}
        return found and {"kind": "product", **found[0]}

    def _get_packed_quantities(self, products, code):
        """Return how much is in the packaging whose code it is, ``{product: number}``.

        As where goods are scanned, a product's own code comes before a packaging's.
        """
        codes = {*get_spellings(code), *self._get_gs1_spellings(code)}
        others = products.filtered(
            lambda product: not {product.barcode, product.default_code} & codes
        )
        packagings = self.env["product.uom"].search(
            [("product_id", "in", others.ids), ("barcode", "in", list(codes))]
        )
        return {
            packaging.product_id: packaging.uom_id._compute_quantity(
                1, packaging.product_id.uom_id, round=False
            )
            for packaging in packagings
        }

    def _name_product(self, product):
        return {
            "id": product.id,
            "name": product.with_context(display_default_code=False).display_name,
            "sku": product.default_code or "",
        }

    def _find_products(self, store, code):
        """Return the products that a code may stand for, as a rule one."""
        products = self.env["product.product"]
        in_company = self._get_product_domain(store)
        for spellings in (get_spellings(code), self._get_gs1_spellings(code)):
            found = products._find_by_transfer_codes(spellings)
            found = found.filtered_domain(in_company)
            if found:
                return found[:MOST_FOUND]
        lots = self.env["stock.lot"]
        return lots.search(in_company & Domain("name", "=", code)).product_id

    def _get_product_domain(self, store):
        return Domain("company_id", "in", [False, store.company_id.id])

    def _get_gs1_spellings(self, code):
        """Return how the product of a GS1 code may be written in Odoo."""
        items = self.env["store.transfer.scanned"]._parse_gs1(code)
        numbers = [item["value"] for item in items if item["type"] == "product"]
        return get_gs1_spellings(numbers[0]) if numbers else ()
