"""The products that the cells of an import file name, by SKU and barcode."""

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from odoo.fields import Domain

from ....spreadsheets.cells.product_codes import (
    add_leading_zeros,
    has_lost_digits,
    to_codes,
    to_digits,
    to_look_alike_key,
    to_unmarked,
    without_dashes,
)
from ....spreadsheets.cells.texts import to_key, to_text

# How a code was found: as it stands there, or not.
EXACT = "exact"
WITH_ZEROS = "with_zeros"
LOOKS_ALIKE = "looks_alike"


class Match(NamedTuple):
    """The products that a cell names, and how they were found."""

    products: Any
    how: str = EXACT


def get_cell_key(cell):
    """Return what a cell is kept by: two numbers may be equal and shown differently."""
    return cell if isinstance(cell, str) else (type(cell), to_text(cell))


class ProductSearch:
    """The products of the company of ``env`` by SKU and barcode.

    Archived ones are found as well, to say so.

    :param rows: those whose codes are looked up at once
    """

    def __init__(self, env, rows):
        self.env = env
        self._matches = {}
        # {key of a cell: SKUs that look like it}
        self._alike = {}
        cells = {
            get_cell_key(cell): cell
            for row in rows
            for name in ("sku", "barcode")
            if to_text(cell := row.cells.get(name))
        }
        # What is found later is looked up only for what was not found before.
        for find in (self._find_exact, self._find_with_zeros, self._find_alike):
            cells = {key: cells[key] for key in cells.keys() - self._matches.keys()}
            find(cells)
        self.unknown_cells = {
            key: cells[key] for key in cells.keys() - self._matches.keys()
        }
        self.products = env["product.product"].union(
            *(match.products for match in self._matches.values())
        )
        self._names = self._get_names_in_all_languages()

    def _find_exact(self, cells):
        codes = {key: self._get_codes(cell) for key, cell in cells.items()}
        by_code = self.search_codes({code for some in codes.values() for code in some})
        for key, some in codes.items():
            if code := next(filter(by_code.get, some), None):
                self._matches[key] = Match(by_code[code])

    def _get_codes(self, cell):
        """Return no code of what a spreadsheet has made of one, and destroyed."""
        if isinstance(cell, date) or (
            isinstance(cell, float) and has_lost_digits(cell)
        ):
            return []
        return to_codes(cell)

    def _find_with_zeros(self, cells):
        """Find codes whose zeros at the start a spreadsheet has dropped."""
        codes = {
            key: [
                long
                for code in self._get_codes(cell)
                for long in add_leading_zeros(code)
            ]
            for key, cell in cells.items()
        }
        by_code = self.search_codes({code for some in codes.values() for code in some})
        for key, some in codes.items():
            if found := [by_code[code] for code in some if code in by_code]:
                products = self.env["product.product"].union(*found)
                self._matches[key] = Match(products, WITH_ZEROS)

    def _find_alike(self, cells):
        """Find SKUs that differ in dashes and spaces, and barcodes in groups of digits.

        Only one product may be meant. Where more differs, its SKU is suggested.
        """
        texts = {
            key: to_text(cell) for key, cell in cells.items() if self._get_codes(cell)
        }
        by_key, by_barcode = self._search_alike(texts.values())
        none = self.env["product.product"]
        for key, text in texts.items():
            alike = by_key.get(to_look_alike_key(text), none)
            same = self._filter_same(alike, text)
            for code in (to_unmarked(text), to_digits(text)):
                same |= by_barcode.get(code, none)
            same = same.filtered("active") or same
            if len(same) == 1:
                self._matches[key] = Match(same, LOOKS_ALIKE)
            elif alike:
                self._alike[key] = alike.filtered("active").mapped("default_code")

    def _filter_same(self, products, text):
        """Return those whose SKU is a text but for dashes and spaces."""
        code = without_dashes(text)
        return products.filtered(
            lambda product: without_dashes(product.default_code) == code
        )

    def _search_alike(self, texts):
        """Return ``{key of a SKU: products}`` and ``{barcode: products}``."""
        products = self.env["product.product"]
        keys = {key for text in texts if (key := to_look_alike_key(text))}
        barcodes = {
            code for text in texts for code in (to_unmarked(text), to_digits(text))
        } - {""}
        if not keys | barcodes:
            return {}, {}
        found = self.search(
            products._get_look_alike_domain(keys)
            | Domain("barcode", "in", list(barcodes))
        )
        with_sku = found.filtered("default_code")
        return (
            with_sku.grouped(lambda product: to_look_alike_key(product.default_code)),
            found.filtered("barcode").grouped("barcode"),
        )

    def search_codes(self, codes):
        """Return ``{SKU or barcode: products}``; a SKU goes before a barcode."""
        if not codes:
            return {}
        found = self.search(
            Domain("default_code", "in", list(codes))
            | Domain("barcode", "in", list(codes))
        )
        by_code = {}
        # The later ones win: what is sold today, and of that the SKU.
        for products in (found, found.filtered("active")):
            by_code.update(products.filtered("barcode").grouped("barcode"))
            by_code.update(products.filtered("default_code").grouped("default_code"))
        return {code: by_code[code] for code in codes & by_code.keys()}

    def search(self, domain, *fields, **context):
        """Return the products of the company in a domain, the archived ones too.

        :param fields: names of those that are read beside the codes
        """
        products = self.env["product.product"].with_context(
            active_test=False, **context
        )
        return products.search_fetch(
            domain & Domain(products._check_company_domain(self.env.company)),
            ["default_code", "barcode", "active", *fields],
        )

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

    def find(self, cell):
        """Return the :class:`Match` of a cell, or None."""
        return self._matches.get(get_cell_key(cell))

    def get_alike(self, cell):
        """Return the SKUs that look like a cell, and were not read for it."""
        return self._alike.get(get_cell_key(cell), [])

    def has_name(self, product, name):
        """Tell whether a text is a product's name, or says a part of it or more."""
        key = to_key(name)
        return any(key in other or other in key for other in self._names[product.id])
