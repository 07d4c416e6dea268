"""What the rows of an import file ask for, and all that is wrong with it."""

from collections import defaultdict

from ...spreadsheets.cells import (
    MAX_QUANTITY,
    Notation,
    is_shortened_number,
    split_stores,
    to_date,
    to_key,
    to_quantity,
    to_skus,
)
from ...spreadsheets.columns import ORDER_COLUMNS
from ...spreadsheets.errors import SpreadsheetError
from ...spreadsheets.findings import NOTICE, Finding, Findings
from ...spreadsheets.orders import Line, Order, OrderKey
from ...tools.quantities import format_quantity
from .catalogue import Catalogue
from .shortages import ShortageCheck

# More stores in one cell, or more findings, are no file that anybody wrote.
MAX_STORES = 500
MOST_STORES_LISTED = 12
MAX_FINDINGS = 100_000


class TransferSheet:
    """What the rows of an import file ask for, as the user of ``env`` may ask for it.

    After :meth:`read_rows`, ``orders`` holds the transfers that the file asks for,
    ``findings`` all errors and notices, sorted by their rows, and
    ``unknown_row_count`` how many rows belong to an order that nobody can tell.

    :param blocks_shortage: whether a shortage at a source is an error
    """

    def __init__(self, env, company, rows, headings, *, blocks_shortage=False):
        self.env = env
        self.company = company
        self.rows = rows
        self.catalogue = Catalogue(env, company, rows)
        language = env["res.lang"]._lang_get(env.lang or "en_US")
        self.notation = Notation.of(
            language.date_format, language.decimal_point, language.thousands_sep
        )
        self.today = env["stock.warehouse"].with_company(company)._get_today()
        self.findings = Findings(env, headings)
        self.shortages = ShortageCheck(
            env, self.findings, blocks_shortage=blocks_shortage
        )
        self.orders = {}
        self.unknown_row_count = 0
        self._incomplete = {}
        self._may_start_by_store = {}
        self._product_errors = {}
        self._impossible = {}

    def read_rows(self):
        orders = []
        for row in self.rows:
            goes_on = not any(row.get_text(name) for name in ORDER_COLUMNS)
            if not goes_on or row is self.rows[0]:
                orders = self._read_orders(row)
            self._read_line(row, orders, goes_on)
            self.unknown_row_count += not orders
            if len(self.findings) > MAX_FINDINGS:
                raise SpreadsheetError("too_many_findings")
        self._mark_orders_of_incomplete_rows()
        self.shortages.check(self.orders.values())
        self.findings.sort(key=lambda finding: finding.row)

    def count_lines(self):
        return sum(len(order.lines) for order in self.orders.values())

    def _read_orders(self, row):
        """Return the orders a row belongs to, one for each destination.

        :return: list of :class:`Order`; none where it can't be told which ones
        """
        before = len(self.findings)
        kind = self._read_kind(row)
        expected_date = self._read_date(row)
        source = self._read_source(row, kind)
        destinations = self._read_destinations(row, kind, source)
        partner, remark = self._read_third_party(row)
        keys = [
            OrderKey(kind, expected_date, source, store, partner, to_key(remark))
            for store in destinations
        ]
        complete = [key for key in keys if key.is_complete()]
        for key in set(keys) - set(complete):
            self._incomplete.setdefault(key, row)
        if complete:
            self._check_rights(row, complete)
        in_file = [to_key(row.get_text(name)) for name in ("third_party", "remark")]
        orders = [
            self.orders.setdefault(key, Order(key, row.number, remark, *in_file))
            for key in complete
        ]
        if self.findings.count_errors(before):
            self._mark(orders)
        return orders

    def _mark_orders_of_incomplete_rows(self):
        """Leave out whole orders: a row that can't be read may belong to them."""
        by_remark = defaultdict(list)
        for order in self.orders.values():
            by_remark[order.key.remark].append(order)
        for key, row in self._incomplete.items():
            for order in by_remark[key.remark]:
                if not order.has_errors and key.may_be(order.key):
                    order.has_errors = True
                    self._add_left_out(order, row)

    def _add_left_out(self, order, row):
        self.findings.append(
            Finding(
                NOTICE,
                order.row,
                self.findings.get_heading("destination"),
                order.key.destination.name or "",
                self.env._("Row %s may belong to the same transfer.", row.number),
                self.env._("The whole transfer is left out until that row is mended."),
            )
        )

    def _mark(self, orders):
        for order in orders:
            order.has_errors = True

    def _read_kind(self, row):
        third_party, source, destination = (
            row.get_text(name) for name in ("third_party", "source", "destination")
        )
        if not third_party:
            return "between"
        if bool(source) == bool(destination):
            return self.findings.add_error(
                row,
                "third_party",
                self.env._("It is not clear which way the goods go."),
                self.env._(
                    "Fill in %(destination)s and leave %(origin)s empty when they come "
                    "from the third party; the other way round when they go there.",
                    destination=self.findings.get_heading("destination"),
                    origin=self.findings.get_heading("source"),
                ),
            )
        return "dispatch" if source else "receipt"

    def _read_date(self, row):
        remedy = self.env._("Enter a date, such as 2026-11-30.")
        if not row.get_text("expected_date"):
            return self.findings.add_missing(row, "expected_date", remedy)
        try:
            expected_date = to_date(row.cells["expected_date"], self.notation)
        except ValueError:
            return self.findings.add_error(
                row, "expected_date", self.env._("This is not a date."), remedy
            )
        if expected_date < self.today:
            self.findings.add_notice(
                row,
                "expected_date",
                self.env._("This date is in the past."),
                self.env._("The transfer will be late from the start."),
            )
        return expected_date

    def _read_source(self, row, kind):
        name = row.get_text("source")
        if name:
            store = self._find_store(row, "source", name)
            # As long as the way is not clear, it may be the wrong side.
            return store if kind else None
        if kind == "between" and not self.catalogue.main_store:
            return self.findings.add_missing(
                row, "source", self.env._("Enter the store the goods leave from.")
            )
        if kind is None:
            return None
        stores = self.catalogue.stores
        return self.catalogue.main_store if kind == "between" else stores.browse()

    def _read_destinations(self, row, kind, source):
        """Return the stores; None among them stands for one that can't be read."""
        text = row.get_text("destination")
        if not text and kind != "between":
            # Goods for a third party go to no store.
            return [self.catalogue.stores.browse() if kind else None]
        # A store may have a comma in its name.
        is_one = self.catalogue.find_stores(text)
        names = [text] if is_one else split_stores(text)
        if not names:
            remedy = self.env._("Enter the store the goods go to.")
            return [self.findings.add_missing(row, "destination", remedy)]
        names = list(dict.fromkeys(names))
        if len(names) > MAX_STORES:
            remedy = self.env._("Name up to %s stores in a cell.", MAX_STORES)
            problem = self.env._("These are %s stores.", len(names))
            return [self.findings.add_error(row, "destination", problem, remedy)]
        stores = [self._read_destination(row, name, source) for name in names]
        return list(dict.fromkeys(stores)) if kind else [None]

    def _read_destination(self, row, name, source):
        store = self._find_store(row, "destination", name)
        if store and store == source:
            return self.findings.add_error(
                row,
                "destination",
                self.env._("The goods would leave %s for itself.", store.name),
                self.env._("Choose two different stores."),
                name,
            )
        return store

    def _find_store(self, row, column, name):
        found = self.catalogue.find_stores(name)
        if len(found) == 1:
            return found
        if found:
            return self.findings.add_error(
                row,
                column,
                self.env._("There are %s stores of this name.", len(found)),
                self.env._(
                    "Use the name or the short code, whichever is different: %s.",
                    self._list_stores(found),
                ),
                name,
            )
        return self.findings.add_error(
            row,
            column,
            self.env._("%s has no store of this name.", self.company.name),
            self._get_remedy_for_store(name),
            name,
        )

    def _get_remedy_for_store(self, name):
        if suggested := self.catalogue.suggest_stores(name):
            return self.env._("Did you mean %s?", self._list_stores(suggested))
        if len(self.catalogue.stores) <= MOST_STORES_LISTED:
            stores = self._list_stores(self.catalogue.stores)
            return self.env._("Choose from: %s.", stores)
        return self.env._("Use a store's name or short code as it is in Odoo.")

    def _list_stores(self, stores):
        return ", ".join(f"{store.name} ({store.code})" for store in stores)

    def _read_third_party(self, row):
        """Return the contact, or else its name as a part of the remark."""
        name, remark = row.get_text("third_party"), row.get_text("remark")
        found = self.catalogue.find_partners(name)
        if not name or len(found) == 1:
            return found, remark
        # What was exported has the name in its remark already.
        if name == remark.partition("\n")[0].strip():
            return found.browse(), remark
        self.findings.add_notice(
            row,
            "third_party",
            self.env._("%s contacts have this name.", len(found))
            if found
            else self.env._("No contact has this name."),
            self.env._("The name is kept in the remark."),
        )
        text = self.env._("Third party: %s", name)
        return found.browse(), f"{text}\n{remark}".strip()

    def _check_rights(self, row, keys):
        """Refuse stores that the user may not start a transfer for."""
        # The side that starts is named like its column.
        column = self.env["store.transfer"]._get_usual_initiator(keys[0].kind)
        for store, key in {getattr(key, column): key for key in keys}.items():
            if not self._may_start(store, key):
                self.findings.add_error(
                    row,
                    column,
                    self.env._("You don't work for %s.", store.name),
                    self.env._(
                        "Ask its staff or head office to import this row, or have "
                        "yourself added to its staff."
                    ),
                    row.get_text(column) or store.name,
                )

    def _may_start(self, store, key):
        if store not in self._may_start_by_store:
            transfer = self.env["store.transfer"].new(
                {
                    "kind": key.kind,
                    "initiator": self.env["store.transfer"]._get_usual_initiator(
                        key.kind
                    ),
                    "company_id": self.company.id,
                    "source_store_id": key.source.id,
                    "destination_store_id": key.destination.id,
                }
            )
            refusal = transfer._get_role_refusal("edit")
            self._may_start_by_store[store] = not refusal
        return self._may_start_by_store[store]

    def _read_line(self, row, orders, goes_on):
        before = len(self.findings)
        # A barcode of its own column makes up for a SKU that is not there.
        column = "sku" if row.get_text("sku") else "barcode"
        product = self._read_product(row, column)
        quantity = self._read_quantity(row, product)
        if product:
            self._check_barcode(row, product)
            self._check_name(row, product)
            self._check_assortments(row, column, product, orders)
        if product and quantity:
            self._check_added_up(row, column, product, quantity, orders)
            for order in orders:
                line = order.lines.setdefault(product, Line(row.number))
                line.quantity += quantity
                line.remarks += self._get_line_remarks(row, order, goes_on)
        if self.findings.count_errors(before):
            self._mark(orders)

    def _check_added_up(self, row, column, product, quantity, orders):
        """Tell of a product that an order has already, once for all orders."""
        lines = [order.lines[product] for order in orders if product in order.lines]
        if not lines:
            return
        before = max(line.quantity for line in lines)
        self.findings.add_notice(
            row,
            column,
            self.env._(
                "%(product)s is in row %(row)s already, for the same transfer.",
                product=product.display_name,
                row=lines[0].row,
            ),
            self.env._(
                "Its quantities are added up: %(before)s + %(more)s.",
                before=format_quantity(self.env, before),
                more=format_quantity(self.env, quantity),
            ),
        )
        if before + quantity > MAX_QUANTITY:
            self.findings.add_error(
                row,
                "quantity",
                self.env._("This is not a quantity."),
                self.env._("All rows of this product together are too many."),
            )

    def _get_line_remarks(self, row, order, goes_on):
        """Return what is remarked on the line, and not on the order as a whole."""
        remarks = [row.get_text("line_remark")]
        if goes_on and to_key(row.get_text("remark")) != order.key.remark:
            remarks.append(row.get_text("remark"))
        return list(filter(None, remarks))

    def _read_product(self, row, column):
        codes = to_skus(row.cells.get(column))
        if not codes:
            return self.findings.add_missing(
                row, "sku", self.env._("Enter the SKU or the barcode of a product.")
            )
        found, code = self.catalogue.find_products(codes)
        if not found:
            return self.findings.add_error(
                row,
                column,
                self.env._("No product has this SKU or barcode."),
                self._get_remedy_for_sku(row.cells.get(column), codes),
            )
        product = self._choose_product(row, column, found)
        if product and not self.catalogue.is_exact(code):
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
        if suggested := self.catalogue.suggest_sku(codes):
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
        if product not in self._product_errors:
            self._product_errors[product] = product._get_transfer_errors()
        errors = self._product_errors[product]
        for error in errors:
            self.findings.add_error(
                row,
                column,
                error,
                self.env._("Choose another product, or have this one changed."),
            )
        return None if errors else product

    def _check_barcode(self, row, product):
        """Tell where SKU and barcode name two products: the SKU counts."""
        codes = to_skus(row.cells.get("barcode"))
        found, _code = self.catalogue.find_products(codes)
        if row.get_text("sku") and found and product not in found:
            self.findings.add_notice(
                row,
                "barcode",
                self.env._("This is the barcode of %s.", found[0].display_name),
                self.env._("The SKU counts. Look whether it is the right one."),
            )

    def _check_name(self, row, product):
        name = row.get_text("product_name")
        if name and not self.catalogue.has_name(product, name):
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

    def _read_quantity(self, row, product):
        remedy = self.env._("Enter a number above zero.")
        if not row.get_text("quantity"):
            return self.findings.add_missing(row, "quantity", remedy)
        try:
            quantity = to_quantity(row.cells["quantity"], self.notation)
        except ValueError:
            return self.findings.add_error(
                row, "quantity", self.env._("This is not a quantity."), remedy
            )
        if quantity <= 0:
            return self.findings.add_error(
                row,
                "quantity",
                self.env._("The quantity must be above zero."),
                remedy,
            )
        return self._check_quantity(row, product, quantity) if product else None

    def _check_quantity(self, row, product, quantity):
        key = product, quantity
        if key not in self._impossible:
            unit = product.uom_id
            self._impossible[key] = (
                product._get_impossible_quantity_sentence(quantity, unit)
                if unit.is_zero(quantity)
                else product._get_quantity_error(quantity, unit)
            )
        error = self._impossible[key]
        if not error:
            return product.uom_id.round(quantity)
        return self.findings.add_error(
            row,
            "quantity",
            error,
            self.env._(
                "Enter a quantity that can be handed over in %s.", product.uom_id.name
            ),
        )

    def _check_assortments(self, row, column, product, orders):
        stores = self.catalogue.stores.browse()
        stores = stores.union(*(order.key.get_stores() for order in orders))
        for store in stores:
            if not self.catalogue.is_in_assortment(product, store):
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
