"""The products that the cells of an import file name."""

from ....spreadsheets.cells import is_shortened_number, to_skus
from .product_search import ProductSearch


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

    def read_row(self, row, column):
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

    def check(self, row, column, product, orders):
        """Say what else of the row does not fit its product."""
        self._check_barcode(row, product)
        self._check_name(row, product)
        self._check_assortments(row, column, product, orders)

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

    def _check_assortments(self, row, column, product, orders):
        stores = self.env["stock.warehouse"]
        stores = stores.union(*(order.key.get_stores() for order in orders))
        for store in stores:
            if not self._is_in_assortment(product, store):
                self.findings.add_error(
                    row,
                    column,
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
