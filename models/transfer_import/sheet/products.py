"""The products that the cells of an import file name."""

from collections import defaultdict

from odoo.fields import Domain

from ....spreadsheets.cells import (
    add_leading_zeros,
    is_shortened_number,
    to_key,
    to_skus,
)
from ....tools.domains import is_in_any_case


def get_code_column(row):
    """Return the column that names the product: a barcode makes up for no SKU."""
    return "sku" if row.get_text("sku") else "barcode"


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


class ProductReader:
    """Reads the columns with SKU, barcode and name.

    :param rows: those whose codes are looked up at once
    """

    def __init__(self, env, findings, rows):
        self.env = env
        self.findings = findings
        self.search = ProductSearch(env, rows)
        self._errors = {}
        self._assortments = {}

    def read_rows(self, rows):
        """Return ``{id of a row: product}``, None where it is of no use."""
        return {row.id: self._read_row(row, get_code_column(row)) for row in rows}

    def _read_row(self, row, column):
        codes = to_skus(row.cells.get(column))
        if not codes:
            return self.findings.add_missing(
                row, "sku", self.env._("Enter the SKU or the barcode of a product.")
            )
        found, code = self.search.find(codes)
        if not found:
            return self.findings.add_error(
                row,
                column,
                self.env._("No product has this SKU or barcode."),
                self._get_remedy_for_sku(row.cells.get(column), codes),
            )
        product = self._choose_product(row, column, found)
        if product and not self.search.is_exact(code):
            self.findings.add_notice(
                row,
                column,
                self.env._(
                    "Read as %s: spreadsheets drop the zeros at the start.",
                    product.default_code or product.barcode,
                ),
                self.env._("Format the column as text to keep them."),
            )
        return product

    def _get_remedy_for_sku(self, cell, codes):
        if is_shortened_number(cell):
            return self.env._(
                "The spreadsheet shortened this number, and its end is lost. Format "
                "the column as text and enter it again."
            )
        if suggested := self.search.suggest_sku(codes):
            return self.env._("Did you mean %s?", suggested)
        return self.env._("Look the product up in Odoo and copy its SKU.")

    def _choose_product(self, row, column, found):
        product = found.filtered("active") or found
        if len(product) > 1:
            return self.findings.add_error(
                row,
                column,
                self.env._("%s products have this SKU.", len(product)),
                self.env._("Use the barcode, or give each product a SKU of its own."),
            )
        if product not in self._errors:
            self._errors[product] = product._get_transfer_errors()
        errors = self._errors[product]
        for error in errors:
            self.findings.add_error(
                row,
                column,
                error,
                self.env._("Choose another product, or have this one changed."),
            )
        return None if errors else product

    def check_rows(self, rows, products, orders_by_row):
        """Say what else of a row does not fit its product.

        :param products: as :meth:`read_rows` returns them
        :param orders_by_row: ``{id of a row: list of Order}``
        """
        for row in rows:
            if product := products[row.id]:
                self._check_barcode(row, product)
                self._check_name(row, product)
                self._check_assortments(row, product, orders_by_row[row.id])

    def _check_barcode(self, row, product):
        """Tell where SKU and barcode name two products: the SKU counts."""
        codes = to_skus(row.cells.get("barcode"))
        found, _code = self.search.find(codes)
        if row.get_text("sku") and found and product not in found:
            self.findings.add_notice(
                row,
                "barcode",
                self.env._("This is the barcode of %s.", found[0].display_name),
                self.env._("The SKU counts. Look whether it is the right one."),
            )

    def _check_name(self, row, product):
        name = row.get_text("product_name")
        if name and not self.search.has_name(product, name):
            self.findings.add_notice(
                row,
                "product_name",
                self.env._(
                    "%(sku)s is %(name)s.",
                    sku=product.default_code,
                    name=product.name,
                ),
                self.env._("The SKU counts. Look whether it is the right one."),
            )

    def _check_assortments(self, row, product, orders):
        stores = self.env["stock.warehouse"]
        stores = stores.union(*(order.key.get_stores() for order in orders))
        for store in stores:
            if not self._is_in_assortment(product, store):
                self.findings.add_error(
                    row,
                    get_code_column(row),
                    self.env._(
                        "%(product)s is not in the assortment of %(store)s.",
                        product=product.display_name,
                        store=store.name,
                    ),
                    self.env._(
                        "Leave the store or the product out, or have head office add "
                        "the product to the store's assortment."
                    ),
                )

    def _is_in_assortment(self, product, store):
        if store not in self._assortments:
            self._assortments[store] = set(
                store._filter_assortment(self.search.products)
            )
        return product in self._assortments[store]
