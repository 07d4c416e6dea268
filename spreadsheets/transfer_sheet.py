"""What the rows of an import file ask for, and all that is wrong with it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from odoo import fields
from odoo.fields import Domain

from .cells import (
    MAX_QUANTITY,
    Notation,
    add_leading_zeros,
    is_shortened_number,
    split_stores,
    to_date,
    to_key,
    to_quantity,
    to_skus,
    to_text,
)
from .columns import COLUMNS_BY_NAME, ORDER_COLUMNS

ERROR = "error"
NOTICE = "notice"


class Finding(NamedTuple):
    """What the user is told about a cell; an error keeps its order from being made."""

    level: str
    row: int
    column: str
    value: str
    problem: str
    remedy: str


class OrderKey(NamedTuple):
    """What the rows of one transfer have in common; the stores may be empty."""

    kind: str
    expected_date: date
    source: Any
    destination: Any
    partner: Any
    remark: str

    def get_stores(self):
        return self.source | self.destination


@dataclass
class Line:
    """A product of an order, added up over its rows."""

    row: int
    quantity: float = 0.0
    remarks: list = field(default_factory=list)


@dataclass
class Order:
    """A transfer that the file asks for."""

    key: OrderKey
    row: int
    has_errors: bool = False
    lines: dict = field(default_factory=dict)


class TransferSheet:
    """What the rows of an import file ask for, as the user of ``env`` may ask for it.

    Stores, products and contacts are looked up once for all rows. After
    :meth:`read_rows`, ``orders`` holds the transfers that the file asks for, and
    ``findings`` all errors and notices, sorted by their rows.

    :param blocks_shortage: whether a shortage at a source is an error
    """

    def __init__(self, env, company, rows, headings, *, blocks_shortage=False):
        self.env = env
        self.company = company
        self.rows = rows
        self.headings = headings
        self.blocks_shortage = blocks_shortage
        self.notation = Notation.of(env["res.lang"]._lang_get(env.lang or "en_US"))
        self.today = fields.Date.context_today(env.user)
        self.findings = []
        self.orders = {}
        self._undated = []
        self._may_start_by_store = {}
        self._product_errors = {}
        self._impossible = {}
        self._assortments = {}

    def read_rows(self):
        self._find_stores()
        self._find_products()
        self._find_partners()
        orders = []
        for row in self.rows:
            goes_on = not any(row.get_text(name) for name in ORDER_COLUMNS)
            if not goes_on or row is self.rows[0]:
                orders = self._read_orders(row)
            self._read_line(row, orders, goes_on)
        self._mark_orders_of_undated_rows()
        self._check_stock()
        self.findings.sort(key=lambda finding: finding.row)

    def count_lines(self):
        return sum(len(order.lines) for order in self.orders.values())

    def get_initiator(self, kind):
        return "destination" if kind == "receipt" else "source"

    # --- Looking up, once for all rows ---

    def _find_stores(self):
        self.stores = self.env["stock.warehouse"].search_fetch(
            [("company_id", "=", self.company.id), ("is_store", "=", True)],
            ["name", "code"],
        )
        self._stores_by_key = defaultdict(self.stores.browse)
        for store in self.stores:
            for name in (store.name, store.code):
                self._stores_by_key[to_key(name)] |= store
        self._main_store = self.company._get_transfer_main_store()

    def _find_products(self):
        """Find all products by SKU and by barcode; archived ones too, to say so."""
        codes = {
            code
            for row in self.rows
            for name in ("sku", "barcode")
            for code in to_skus(row.cells.get(name))
        }
        self._products_by_code = self._search_products(codes)
        self._products_by_zeros = {}
        zeros = {
            code: add_leading_zeros(code)
            for code in codes - self._products_by_code.keys()
        }
        found = self._search_products({sku for skus in zeros.values() for sku in skus})
        products = self.env["product.product"]
        for code, skus in zeros.items():
            same = products.union(*(found[sku] for sku in skus if sku in found))
            if same:
                self._products_by_zeros[code] = same
        self._products = products.union(
            *self._products_by_code.values(), *self._products_by_zeros.values()
        )
        self._names = self._get_names_in_all_languages()

    def _search_products(self, codes):
        """Return ``{SKU or barcode: products}``; a SKU goes before a barcode."""
        products = self.env["product.product"].with_context(active_test=False)
        if not codes:
            return {}
        found = products.search_fetch(
            Domain("company_id", "in", [False, self.company.id])
            & (
                Domain("default_code", "in", list(codes))
                | Domain("barcode", "in", list(codes))
            ),
            ["default_code", "barcode", "active"],
        )
        by_barcode = found.filtered("barcode").grouped("barcode")
        by_sku = found.filtered("default_code").grouped("default_code")
        by_code = {**by_barcode, **by_sku}
        return {code: by_code[code] for code in codes & by_code.keys()}

    def _get_names_in_all_languages(self):
        """Return ``{product id: names}``: a file may be in any language."""
        names = defaultdict(set)
        for language, _name in self.env["res.lang"].get_installed():
            for product in self._products.with_context(lang=language):
                names[product.id].add(to_key(product.name))
        return names

    def _find_partners(self):
        names = {row.get_text("third_party") for row in self.rows} - {""}
        partners = self.env["res.partner"].search_fetch(
            Domain("name", "in", list(names))
            & Domain("company_id", "in", [False, self.company.id]),
            ["name"],
        )
        self._partners_by_name = partners.grouped("name")

    # --- The order of a row ---

    def _read_orders(self, row):
        """Return the orders a row belongs to, one for each destination.

        :return: list of :class:`Order`; none where it can't be told which ones
        """
        before = len(self.findings)
        kind = self._read_kind(row)
        expected_date = self._read_date(row)
        source = self._read_source(row, kind)
        destinations = self._read_destinations(row, kind, source)
        if None in (kind, source, destinations):
            return []
        # Goods for a third party go to no store.
        destinations = destinations or [self.stores.browse()]
        if expected_date is None:
            self._undated += [(source, destination) for destination in destinations]
            return []
        partner, remark = self._read_third_party(row)
        keys = [
            OrderKey(kind, expected_date, source, destination, partner, remark)
            for destination in destinations
        ]
        self._check_rights(row, keys)
        orders = [self.orders.setdefault(key, Order(key, row.number)) for key in keys]
        if self._count_errors(before):
            self._mark(orders)
        return orders

    def _mark_orders_of_undated_rows(self):
        """A row without a date may belong to any order between its stores."""
        self._mark(
            order
            for order in self.orders.values()
            if (order.key.source, order.key.destination) in self._undated
        )

    def _count_errors(self, start):
        return sum(finding.level == ERROR for finding in self.findings[start:])

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
            return self._add_error(
                row,
                "third_party",
                self.env._("It is not clear which way the goods go."),
                self.env._(
                    "Fill in %(destination)s and leave %(origin)s empty when they come "
                    "from the third party; the other way round when they go there.",
                    destination=self.get_heading("destination"),
                    origin=self.get_heading("source"),
                ),
            )
        return "dispatch" if source else "receipt"

    def _read_date(self, row):
        remedy = self.env._("Enter a date, such as 2026-11-30.")
        if not row.get_text("expected_date"):
            return self._add_missing(row, "expected_date", remedy)
        try:
            expected_date = to_date(row.cells["expected_date"], self.notation)
        except ValueError:
            return self._add_error(
                row, "expected_date", self.env._("This is not a date."), remedy
            )
        if expected_date < self.today:
            self._add_notice(
                row,
                "expected_date",
                self.env._("This date is in the past."),
                self.env._("The transfer will be late from the start."),
            )
        return expected_date

    def _read_source(self, row, kind):
        name = row.get_text("source")
        if name:
            return self._find_store(row, "source", name)
        if kind == "between" and not self._main_store:
            return self._add_missing(
                row, "source", self.env._("Enter the store the goods leave from.")
            )
        return self._main_store if kind == "between" else self.stores.browse()

    def _read_destinations(self, row, kind, source):
        """Return those that can be read, or None when there are none at all."""
        text = row.get_text("destination")
        # A store may have a comma in its name.
        names = [text] if to_key(text) in self._stores_by_key else split_stores(text)
        if not names and (text or kind == "between"):
            return self._add_missing(
                row, "destination", self.env._("Enter the store the goods go to.")
            )
        destinations = []
        for name in names:
            store = self._find_store(row, "destination", name)
            if store and store == source:
                self._add_error(
                    row,
                    "destination",
                    self.env._("The goods would leave %s for itself.", store.name),
                    self.env._("Choose two different stores."),
                    name,
                )
            elif store and store not in destinations:
                destinations.append(store)
        return destinations if destinations or not names else None

    def _find_store(self, row, column, name):
        found = self._stores_by_key.get(to_key(name), self.stores.browse())
        if len(found) == 1:
            return found
        if found:
            return self._add_error(
                row,
                column,
                self.env._("There are %s stores of this name.", len(found)),
                self.env._(
                    "Use the name or the short code, whichever is different: %s.",
                    ", ".join(f"{store.name} ({store.code})" for store in found),
                ),
                name,
            )
        return self._add_error(
            row,
            column,
            self.env._("%s has no store of this name.", self.company.name),
            self.env._("Use a store's name or short code as it is in Odoo."),
            name,
        )

    def _read_third_party(self, row):
        """Return the contact, or else its name as a part of the remark."""
        name, remark = row.get_text("third_party"), row.get_text("remark")
        partner = self._partners_by_name.get(name, self.env["res.partner"])
        # What was exported has the name in its remark already.
        if not name or len(partner) == 1 or name in remark:
            return partner if len(partner) == 1 else partner.browse(), remark
        text = self.env._("Third party: %s", name)
        return partner.browse(), f"{text}\n{remark}".strip()

    def _check_rights(self, row, keys):
        """Refuse stores that the user may not start a transfer for."""
        # The side that starts is named like its column.
        column = self.get_initiator(keys[0].kind)
        for store, key in {getattr(key, column): key for key in keys}.items():
            if not self._may_start(store, key):
                self._add_error(
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
                    "initiator": self.get_initiator(key.kind),
                    "company_id": self.company.id,
                    "source_store_id": key.source.id,
                    "destination_store_id": key.destination.id,
                }
            )
            refusal = transfer._get_role_refusal("edit")
            self._may_start_by_store[store] = not refusal
        return self._may_start_by_store[store]

    # --- The line of a row ---

    def _read_line(self, row, orders, goes_on):
        before = len(self.findings)
        product = self._read_product(row)
        quantity = self._read_quantity(row, product)
        if product:
            self._check_name(row, product)
            self._check_assortments(row, product, orders)
        if product and quantity:
            self._check_added_up(row, product, quantity, orders)
            for order in orders:
                line = order.lines.setdefault(product, Line(row.number))
                line.quantity += quantity
                line.remarks += self._get_line_remarks(row, order, goes_on)
        if self._count_errors(before):
            self._mark(orders)

    def _check_added_up(self, row, product, quantity, orders):
        """Tell of a product that an order has already, once for all orders."""
        lines = [order.lines[product] for order in orders if product in order.lines]
        if not lines:
            return
        before = max(line.quantity for line in lines)
        self._add_notice(
            row,
            "sku",
            self.env._(
                "%(product)s is in row %(row)s already, for the same transfer.",
                product=product.display_name,
                row=lines[0].row,
            ),
            self.env._(
                "Its quantities are added up: %(before)g + %(more)g.",
                before=before,
                more=quantity,
            ),
        )
        if before + quantity > MAX_QUANTITY:
            self._add_error(
                row,
                "quantity",
                self.env._("This is not a quantity."),
                self.env._("All rows of this product together are too many."),
            )

    def _get_line_remarks(self, row, order, goes_on):
        """Return what is remarked on the line, and not on the order as a whole."""
        remarks = [row.get_text("line_remark")]
        if goes_on and row.get_text("remark") != order.key.remark:
            remarks.append(row.get_text("remark"))
        return list(filter(None, remarks))

    def _read_product(self, row):
        # A barcode of its own column makes up for a SKU that is not there.
        column = "sku" if row.get_text("sku") else "barcode"
        codes = to_skus(row.cells.get(column))
        if not codes:
            return self._add_missing(
                row, "sku", self.env._("Enter the SKU or the barcode of a product.")
            )
        for code in codes:
            if code in self._products_by_code:
                return self._choose_product(row, column, self._products_by_code[code])
        for code in codes:
            if code in self._products_by_zeros:
                return self._add_zeros(row, column, self._products_by_zeros[code])
        return self._add_error(
            row,
            column,
            self.env._("No product has this SKU or barcode."),
            self.env._(
                "The spreadsheet shortened this number, and its end is lost. Format "
                "the column as text and enter it again."
            )
            if is_shortened_number(row.cells.get(column))
            else self.env._("Look the product up in Odoo and copy its SKU."),
        )

    def _add_zeros(self, row, column, found):
        product = self._choose_product(row, column, found)
        if product:
            self._add_notice(
                row,
                column,
                self.env._(
                    "Read as %s: spreadsheets drop the zeros at the start.",
                    product.default_code or product.barcode,
                ),
                self.env._("Format the column as text to keep them."),
            )
        return product

    def _choose_product(self, row, column, found):
        product = found.filtered("active") or found
        if len(product) > 1:
            return self._add_error(
                row,
                column,
                self.env._("%s products have this SKU.", len(product)),
                self.env._("Use the barcode, or give each product a SKU of its own."),
            )
        if product not in self._product_errors:
            self._product_errors[product] = product._get_transfer_errors()
        errors = self._product_errors[product]
        for error in errors:
            self._add_error(
                row,
                column,
                error,
                self.env._("Choose another product, or have this one changed."),
            )
        return None if errors else product

    def _check_name(self, row, product):
        name = to_key(row.cells.get("product_name"))
        if name and name not in self._names[product.id]:
            self._add_notice(
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
            return self._add_missing(row, "quantity", remedy)
        try:
            quantity = to_quantity(row.cells["quantity"], self.notation)
        except ValueError:
            return self._add_error(
                row, "quantity", self.env._("This is not a quantity."), remedy
            )
        if quantity <= 0:
            return self._add_error(
                row,
                "quantity",
                self.env._("The quantity must be above zero."),
                remedy,
            )
        return self._check_quantity(row, product, quantity) if product else None

    def _check_quantity(self, row, product, quantity):
        key = product, quantity
        if key not in self._impossible:
            self._impossible[key] = product._get_quantity_error(
                quantity, product.uom_id
            )
        error = self._impossible[key]
        if not error:
            return quantity
        return self._add_error(
            row,
            "quantity",
            error,
            self.env._(
                "Enter a quantity that can be handed over in %s.", product.uom_id.name
            ),
        )

    def _check_assortments(self, row, product, orders):
        stores = self.stores.browse().union(
            *(order.key.get_stores() for order in orders)
        )
        for store in stores:
            if product not in self._get_assortment(store):
                self._add_error(
                    row,
                    "sku",
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

    def _get_assortment(self, store):
        if store not in self._assortments:
            assortment = store._filter_assortment(self._products)
            self._assortments[store] = set(assortment)
        return self._assortments[store]

    # --- The stock of the sources ---

    def _check_stock(self):
        """Tell of products that a source has less of than all orders ask for."""
        by_source = defaultdict(list)
        for order in self.orders.values():
            by_source[order.key.source].append(order)
        for source, orders in by_source.items():
            if source:
                self._check_stock_of(source, orders)

    def _check_stock_of(self, source, orders):
        asked, first_lines = defaultdict(float), {}
        products = self.env["product.product"].union(
            *(product for order in orders for product in order.lines)
        )
        free = {
            product.id: product.free_qty
            for product in source._get_product_stock(products)
        }
        for order in orders:
            for product, line in order.lines.items():
                asked[product] += line.quantity
                first_lines.setdefault(product, line)
                too_much = product.uom_id.compare(line.quantity, free[product.id]) > 0
                if self.blocks_shortage and too_much:
                    self._add_shortage(
                        ERROR, line, source, product, free, line.quantity
                    )
                    order.has_errors = True
        for product, quantity in asked.items():
            if product.uom_id.compare(quantity, free[product.id]) > 0:
                line = first_lines[product]
                self._add_shortage(NOTICE, line, source, product, free, quantity)

    def _add_shortage(self, level, line, source, product, free, asked):
        self.findings.append(
            Finding(
                level,
                line.row,
                self.get_heading("quantity"),
                f"{asked:g}",
                self.env._(
                    "%(store)s has %(free)g free of %(product)s, and is asked for "
                    "%(asked)g in all.",
                    store=source.name,
                    free=free[product.id],
                    product=product.display_name,
                    asked=asked,
                ),
                self.env._("Ask for less, or have the stock filled up first."),
            )
        )

    # --- Findings ---

    def _add_missing(self, row, column, remedy):
        return self._add_error(row, column, self.env._("This is missing."), remedy)

    def _add_error(self, row, column, problem, remedy, value=None):
        """Keep an error; return None, which stands for what could not be read."""
        self._add_finding(ERROR, row, column, problem, remedy, value)

    def _add_notice(self, row, column, problem, remedy):
        self._add_finding(NOTICE, row, column, problem, remedy)

    def _add_finding(self, level, row, column, problem, remedy, value=None):
        value = row.get_text(column) if value is None else value
        heading = self.get_heading(column)
        self.findings.append(
            Finding(level, row.number, heading, to_text(value), problem, remedy)
        )

    def get_heading(self, name):
        """Return the heading of a column as the file has it."""
        if name in self.headings:
            return self.headings[name]
        return COLUMNS_BY_NAME[name].get_heading(self.env.lang)
