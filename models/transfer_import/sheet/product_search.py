"""The products that an import file names, looked up at once."""

from collections import defaultdict

from odoo.fields import Domain

from ....spreadsheets.cells import add_leading_zeros, to_key, to_skus
from ....tools.domains import is_in_any_case


class ProductSearch:
    """The products of the company of ``env`` by SKU and barcode.

    Archived ones are found as well, to say so.

    :param rows: those whose codes are looked up at once
    """

    def __init__(self, env, rows):
        self.env = env
        codes = {
            code
            for row in rows
            for name in ("sku", "barcode")
            for code in to_skus(row.cells.get(name))
        }
        self._by_code = self._search_products(codes)
        unknown = codes - self._by_code.keys()
        self._by_zeros = self._search_with_zeros(unknown)
        self._similar = self._search_in_other_case(unknown - self._by_zeros.keys())
        self.products = env["product.product"].union(
            *self._by_code.values(), *self._by_zeros.values()
        )
        self._names = self._get_names_in_all_languages()

    def _search_products(self, codes):
        """Return ``{SKU or barcode: products}``; a SKU goes before a barcode."""
        if not codes:
            return {}
        found = self._search_in_company(
            Domain("default_code", "in", list(codes))
            | Domain("barcode", "in", list(codes))
        )
        by_code = {}
        # The later ones win: what is sold today, and of that the SKU.
        for products in (found, found.filtered("active")):
            by_code.update(products.filtered("barcode").grouped("barcode"))
            by_code.update(products.filtered("default_code").grouped("default_code"))
        return {code: by_code[code] for code in codes & by_code.keys()}

    def _search_in_company(self, domain):
        products = self.env["product.product"].with_context(active_test=False)
        return products.search_fetch(
            domain & Domain(products._check_company_domain(self.env.company)),
            ["default_code", "barcode", "active"],
        )

    def _search_with_zeros(self, codes):
        """Find SKUs whose zeros at the start a spreadsheet has dropped."""
        zeros = {code: add_leading_zeros(code) for code in codes}
        found = self._search_products({sku for skus in zeros.values() for sku in skus})
        products = self.env["product.product"]
        by_code = {
            code: products.union(*(found[sku] for sku in skus if sku in found))
            for code, skus in zeros.items()
        }
        return {code: same for code, same in by_code.items() if same}

    def _search_in_other_case(self, codes):
        """Return ``{key of a SKU: the SKU as it is}`` where only the case differs."""
        if not codes:
            return {}
        found = self._search_in_company(is_in_any_case("default_code", codes))
        return {to_key(sku): sku for sku in found.mapped("default_code")}

    def _get_names_in_all_languages(self):
        """Return ``{product id: names}``: a file may be in any language."""
        names = defaultdict(set)
        for language, _name in self.env["res.lang"].get_installed():
            for product in self.products.with_context(lang=language):
                names[product.id] |= {
                    to_key(product.name),
                    to_key(product.display_name),
                }
        return names

    def find(self, codes):
        """Return the products of the first code that there is, and the code."""
        for by_code in (self._by_code, self._by_zeros):
            for code in codes:
                if code in by_code:
                    return by_code[code], code
        return self.env["product.product"], None

    def is_exact(self, code):
        """Tell whether a code is written as in Odoo, with its zeros at the start."""
        return code in self._by_code

    def suggest_sku(self, codes):
        """Return a SKU that differs in nothing but the case, or None."""
        return next(
            (sku for code in codes if (sku := self._similar.get(to_key(code)))), None
        )

    def has_name(self, product, name):
        """Tell whether a text is a product's name, or says a part of it or more."""
        key = to_key(name)
        return any(key in other or other in key for other in self._names[product.id])
