from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from odoo.fields import Command, Domain

from .import_columns import COLUMNS, ORDER_COLUMNS
from .spreadsheet_cells import split_stores, to_date, to_key, to_quantity, to_skus


class Fault(NamedTuple):
    """Something in a cell that keeps the file from being imported."""

    row: int
    column: str
    value: str
    problem: str
    remedy: str


class Order(NamedTuple):
    """What the rows of one transfer have in common; the stores may be empty."""

    kind: str
    expected_date: date
    source: Any
    destination: Any
    partner: Any
    remark: str

    def get_stores(self):
        return self.source | self.destination


class TransferSheet:
    """What the rows of an import file ask for, as the user of ``env`` may ask for it.

    Stores, products and contacts are looked up once for all rows. Then ``faults``
    holds everything that is wrong, and ``lines_by_order`` the transfers
    that the file asks for.
    """

    def __init__(self, env, company, rows, headings):
        self.env = env
        self.company = company
        self.rows = rows
        self.headings = headings
        self.faults = []
        self.lines_by_order = {}
        self._may_start_by_store = {}
        self._product_errors = {}
        self._is_impossible = {}
        self._assortments = {}

    def read_rows(self):
        self._find_stores()
        self._find_products()
        self._find_partners()
        orders = None
        for row in self.rows:
            goes_on = not any(row.get_text(name) for name in ORDER_COLUMNS)
            if not goes_on or row is self.rows[0]:
                orders = self._read_orders(row)
            self._read_line(row, orders, goes_on)

    def prepare_transfers(self):
        """Return the values to create a draft of every order."""
        return [
            {
                "kind": order.kind,
                "initiator": self._get_initiator(order.kind),
                "company_id": self.company.id,
                "source_store_id": order.source.id,
                "destination_store_id": order.destination.id,
                "partner_id": order.partner.id,
                "expected_date": order.expected_date,
                "remark": order.remark,
                "line_ids": [Command.create(line) for line in lines],
            }
            for order, lines in self.lines_by_order.items()
        ]

    def count_lines(self):
        return sum(map(len, self.lines_by_order.values()))

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
        skus = {sku for row in self.rows for sku in to_skus(row.cells.get("sku"))}
        products = self.env["product.product"].with_context(active_test=False)
        self._products = products.search_fetch(
            Domain("company_id", "in", [False, self.company.id])
            & (
                Domain("default_code", "in", list(skus))
                | Domain("barcode", "in", list(skus))
            ),
            ["default_code", "barcode", "active"],
        )
        # Their templates' fields are read for all at once here; the lines that are
        # asked for their rules would read them product by product.
        self._products.mapped("is_storable")
        self._products_by_code = {}
        for field in ("barcode", "default_code"):
            self._products_by_code.update(self._products.filtered(field).grouped(field))

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

        :return: list of :class:`Order`, or None when there is a fault in the row
        """
        before = len(self.faults)
        kind = self._read_kind(row)
        expected_date = self._read_date(row)
        source = self._read_source(row, kind)
        destinations = self._read_destinations(row, kind, source)
        if len(self.faults) > before:
            return None
        partner, remark = self._read_third_party(row)
        orders = [
            Order(kind, expected_date, source, destination, partner, remark)
            for destination in destinations or [self.stores.browse()]
        ]
        return orders if self._check_rights(row, orders) else None

    def _read_kind(self, row):
        third_party, source, destination = (
            row.get_text(name) for name in ("third_party", "source", "destination")
        )
        if not third_party:
            return "between"
        if bool(source) == bool(destination):
            self._add_fault(
                row,
                "third_party",
                self.env._("It is not clear which way the goods go."),
                self.env._(
                    "Fill in %(destination)s and leave %(origin)s empty when they come "
                    "from the third party; the other way round when they go there.",
                    destination=self._get_heading("destination"),
                    origin=self._get_heading("source"),
                ),
            )
            return None
        return "dispatch" if source else "receipt"

    def _read_date(self, row):
        if not row.get_text("expected_date"):
            return self._add_missing(
                row, "expected_date", self.env._("Enter a date, such as 2026-11-30.")
            )
        try:
            return to_date(row.cells["expected_date"])
        except ValueError:
            return self._add_fault(
                row,
                "expected_date",
                self.env._("This is not a date."),
                self.env._("Enter a date, such as 2026-11-30."),
            )

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
                self._add_fault(
                    row,
                    "destination",
                    self.env._("The goods would leave %s for itself.", store.name),
                    self.env._("Choose two different stores."),
                    name,
                )
            elif store and store not in destinations:
                destinations.append(store)
        return destinations

    def _find_store(self, row, column, name):
        found = self._stores_by_key.get(to_key(name), self.stores.browse())
        if len(found) == 1:
            return found
        if found:
            return self._add_fault(
                row,
                column,
                self.env._("There are %s stores of this name.", len(found)),
                self.env._(
                    "Use the name or the short code, whichever is different: %s.",
                    ", ".join(f"{store.name} ({store.code})" for store in found),
                ),
                name,
            )
        return self._add_fault(
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
        if not name or len(partner) == 1:
            return partner, remark
        text = self.env._("Third party: %s", name)
        return partner.browse(), f"{text}\n{remark}".strip()

    def _check_rights(self, row, orders):
        """Refuse stores that the user may not start a transfer for."""
        before = len(self.faults)
        # The side that starts is named like its column.
        column = self._get_initiator(orders[0].kind)
        orders_by_store = {getattr(order, column): order for order in orders}
        for store, order in orders_by_store.items():
            if not self._may_start(store, order):
                self._add_fault(
                    row,
                    column,
                    self.env._("You don't work for %s.", store.name),
                    self.env._(
                        "Ask its staff or head office to import this row, or have "
                        "yourself added to its staff."
                    ),
                    row.get_text(column) or store.name,
                )
        return len(self.faults) == before

    def _may_start(self, store, order):
        if store not in self._may_start_by_store:
            transfer = self.env["store.transfer"].new(
                {
                    "kind": order.kind,
                    "initiator": self._get_initiator(order.kind),
                    "company_id": self.company.id,
                    "source_store_id": order.source.id,
                    "destination_store_id": order.destination.id,
                }
            )
            refusal = transfer._get_role_refusal("edit")
            self._may_start_by_store[store] = not refusal
        return self._may_start_by_store[store]

    def _get_initiator(self, kind):
        return "destination" if kind == "receipt" else "source"

    # --- The line of a row ---

    def _read_line(self, row, orders, goes_on):
        product = self._read_product(row)
        quantity = self._read_quantity(row, product)
        if not product or not quantity or not orders:
            return
        self._check_assortments(row, product, orders)
        remark = row.get_text("remark") if goes_on else ""
        for order in orders:
            self.lines_by_order.setdefault(order, []).append(
                {
                    "product_id": product.id,
                    "quantity": quantity,
                    "remark": remark if remark != order.remark else False,
                }
            )

    def _read_product(self, row):
        skus = to_skus(row.cells.get("sku"))
        if not skus:
            return self._add_missing(
                row, "sku", self.env._("Enter the SKU or the barcode of a product.")
            )
        for sku in skus:
            found = self._products_by_code.get(sku)
            if found:
                return self._choose_product(row, found)
        return self._add_fault(
            row,
            "sku",
            self.env._("No product has this SKU or barcode."),
            self.env._("Look the product up in Odoo and copy its SKU."),
        )

    def _choose_product(self, row, found):
        product = found.filtered("active") or found
        if len(product) > 1:
            return self._add_fault(
                row,
                "sku",
                self.env._("%s products have this SKU.", len(product)),
                self.env._("Use the barcode, or give each product a SKU of its own."),
            )
        if product not in self._product_errors:
            line = self._get_line(product)
            self._product_errors[product] = line._get_product_errors()
        errors = self._product_errors[product]
        for error in errors:
            self._add_fault(
                row,
                "sku",
                error,
                self.env._("Choose another product, or have this one changed."),
            )
        return None if errors else product

    def _read_quantity(self, row, product):
        remedy = self.env._("Enter a number above zero.")
        if not row.get_text("quantity"):
            return self._add_missing(row, "quantity", remedy)
        try:
            quantity = to_quantity(row.cells["quantity"])
        except ValueError:
            return self._add_fault(
                row, "quantity", self.env._("This is not a quantity."), remedy
            )
        if quantity <= 0:
            return self._add_fault(
                row,
                "quantity",
                self.env._("The quantity must be above zero."),
                remedy,
            )
        return self._check_quantity(row, product, quantity) if product else None

    def _check_quantity(self, row, product, quantity):
        key = product, quantity
        if key not in self._is_impossible:
            self._is_impossible[key] = self._is_impossible_quantity(*key)
        if not self._is_impossible[key]:
            return quantity
        unit = product.uom_id.name
        return self._add_fault(
            row,
            "quantity",
            self.env._(
                "%(product)s: %(quantity)g %(unit)s is not possible in this unit.",
                product=product.display_name,
                quantity=quantity,
                unit=unit,
            ),
            self.env._("Enter a quantity that can be handed over in %s.", unit),
        )

    def _is_impossible_quantity(self, product, quantity):
        line = self._get_line(product, quantity)
        # A line keeps so many decimals only: none may get lost unnoticed.
        is_rounded = abs(line.quantity - quantity) > 1e-6
        return is_rounded or line._is_impossible_quantity()

    def _get_line(self, product, quantity=1):
        """Return a line that is not saved, to ask it for the rules of lines."""
        return self.env["store.transfer.line"].new(
            {"product_id": product.id, "quantity": quantity}
        )

    def _check_assortments(self, row, product, orders):
        for store in orders[0].source.union(*(order.get_stores() for order in orders)):
            if product not in self._get_assortment(store):
                self._add_fault(
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

    # --- Faults ---

    def _add_missing(self, row, column, remedy):
        return self._add_fault(row, column, self.env._("This is missing."), remedy)

    def _add_fault(self, row, column, problem, remedy, value=None):
        """Keep a fault; return None, which stands for what could not be read."""
        value = row.get_text(column) if value is None else value
        heading = self._get_heading(column)
        self.faults.append(Fault(row.number, heading, value, problem, remedy))

    def _get_heading(self, name):
        """Return the heading of a column as the file has it."""
        if name in self.headings:
            return self.headings[name]
        column = next(column for column in COLUMNS if column.name == name)
        return column.get_heading(self.env.lang)
