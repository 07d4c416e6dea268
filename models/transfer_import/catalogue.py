"""The stores, products and contacts that an import file names, looked up at once."""

from collections import defaultdict
from difflib import get_close_matches

from odoo.fields import Domain
from odoo.tools import SQL

from ...spreadsheets.cells import add_leading_zeros, to_key, to_skus


class Catalogue:
    """What the texts of a file can mean, for the user of ``env`` in one company."""

    def __init__(self, env, company, rows):
        self.env = env
        self.company = company
        self._find_stores()
        self._find_products(rows)
        self._find_partners(rows)
        self._assortments = {}

    def _find_stores(self):
        self.stores = self.env["stock.warehouse"].search_fetch(
            [("company_id", "=", self.company.id), ("is_store", "=", True)],
            ["name", "code"],
        )
        self._stores_by_key = defaultdict(self.stores.browse)
        for store in self.stores:
            for name in (store.name, store.code):
                self._stores_by_key[to_key(name)] |= store
        self.main_store = self.company._get_transfer_main_store()

    def find_stores(self, name):
        """Return the stores of a name or short code: none, one, or namesakes."""
        return self._stores_by_key.get(to_key(name), self.stores.browse())

    def suggest_stores(self, name):
        """Return the stores that somebody may have meant, the likeliest first."""
        key = to_key(name)
        close = get_close_matches(key, self._stores_by_key, n=3, cutoff=0.6)
        parts = [other for other in self._stores_by_key if key in other or other in key]
        return self.stores.browse().union(
            *(self._stores_by_key[other] for other in [*close, *parts[:3]])
        )

    def _find_products(self, rows):
        """Find all products by SKU and by barcode; archived ones too, to say so."""
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
        self._products = self.env["product.product"].union(
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
            domain & Domain(products._check_company_domain(self.company)),
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
        found = self._search_in_company(_is_in_any_case("default_code", codes))
        return {to_key(sku): sku for sku in found.mapped("default_code")}

    def _get_names_in_all_languages(self):
        """Return ``{product id: names}``: a file may be in any language."""
        names = defaultdict(set)
        for language, _name in self.env["res.lang"].get_installed():
            for product in self._products.with_context(lang=language):
                names[product.id] |= {
                    to_key(product.name),
                    to_key(product.display_name),
                }
        return names

    def find_products(self, codes):
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

    def is_in_assortment(self, product, store):
        if store not in self._assortments:
            self._assortments[store] = set(store._filter_assortment(self._products))
        return product in self._assortments[store]

    def _find_partners(self, rows):
        names = {row.get_text("third_party") for row in rows} - {""}
        found = self.env["res.partner"]
        if names:
            found = found.search_fetch(
                _is_in_any_case("name", names)
                & Domain(found._check_company_domain(self.company)),
                ["name"],
            )
        self._partners_by_key = found.grouped(lambda partner: to_key(partner.name))

    def find_partners(self, name):
        return self._partners_by_key.get(to_key(name), self.env["res.partner"])


def _is_in_any_case(field, texts):
    """Return the domain of what has one of the texts in a field, in any case.

    All are looked up at once: were each a condition of its own, every record would be
    compared with all of them.
    """

    def to_sql(model, alias, query):
        return SQL(
            "lower(%s) IN (SELECT lower(text) FROM unnest(%s::text[]) AS text)",
            model._field_to_sql(alias, field, query),
            list(texts),
        )

    return Domain.custom(to_sql=to_sql)
