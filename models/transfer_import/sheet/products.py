"""The products that the cells of an import file name."""

from ....spreadsheets.cells.texts import to_text
from .product_search import EXACT, WITH_ZEROS, ProductSearch
from .unknown_products import UnknownProducts


def get_code_column(row):
    """Return the column that names the product: a barcode makes up for no SKU."""
    return "sku" if row.get_text("sku") else "barcode"


class ProductReader:
    """Reads the columns with SKU, barcode and name.

    :param rows: those whose codes are looked up at once
    """

    def __init__(self, env, findings, rows):
        self.env = env
        self.findings = findings
        self.search = ProductSearch(env, rows)
        self.unknown = UnknownProducts(env, self.search)
        self._errors = {}
        self._assortments = {}

    def read_rows(self, rows):
        """Return ``{id of a row: product}``, None where it is of no use."""
        return {row.id: self._read_row(row, get_code_column(row)) for row in rows}

    def _read_row(self, row, column):
        cell = row.cells.get(column)
        if not to_text(cell):
            return self.findings.add_missing(
                row, "sku", self.env._("Enter the SKU or the barcode of a product.")
            )
        match = self.search.find(cell)
        if not match:
            return self._add_unknown(row, column, cell)
        product = self._choose_product(row, column, match.products)
        if product and match.how != EXACT:
            self._tell_how_found(row, column, product, match.how)
        return product

    def _add_unknown(self, row, column, cell):
        unknown = self.unknown.explain(cell)
        return self.findings.add_error(
            row,
            column,
            unknown.problem,
            unknown.remedy,
            suggestion=unknown.suggestion,
        )

    def _tell_how_found(self, row, column, product, how):
        sku = product.default_code or product.barcode
        if how == WITH_ZEROS:
            problem = self.env._(
                "Read as %s: spreadsheets drop the zeros at the start.", sku
            )
            remedy = self.env._("Format the column as text to keep them.")
        else:
            problem = self.env._("Read as %s, the only SKU that looks like it.", sku)
            remedy = self.env._("Look whether it is the right one.")
        self.findings.add_notice(row, column, problem, remedy)

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
        match = self.search.find(row.cells.get("barcode"))
        if row.get_text("sku") and match and product not in match.products:
            self.findings.add_notice(
                row,
                "barcode",
                self.env._(
                    "This is the barcode of %s.", match.products[0].display_name
                ),
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
