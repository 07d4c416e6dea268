"""What is said of a cell that names no product, and what it may have meant."""

import re
from collections import defaultdict
from typing import NamedTuple

from ....spreadsheets.cells.product_codes import (
    get_code_of_display_name,
    get_day,
    get_mistyped,
    has_lost_digits,
    restore_codes,
    split_codes,
    to_look_alike_key,
)
from ....spreadsheets.cells.texts import to_text
from ....tools.domains import is_in_any_case
from .product_search import get_cell_key

# For so many cells it is looked what one wrong letter may have made of them.
MOST_MISTYPED = 100
MOST_SUGGESTED = 3


class Explanation(NamedTuple):
    """What is said of a cell; the suggestion is a SKU that could stand there."""

    problem: str
    remedy: str
    suggestion: str = ""


class UnknownProducts:
    """Explains the cells in which no product was found, all looked up at once.

    :param search: the :class:`ProductSearch` that did not find them
    """

    def __init__(self, env, search):
        self.env = env
        self.search = search
        self._texts = {key: to_text(cell) for key, cell in search.unknown_cells.items()}
        self._by_code = search.search_codes(self._get_other_codes())
        self._by_name = self._search_names()
        self._by_slip = self._search_mistyped()
        self._explanations = {}

    def explain(self, cell):
        """Return the :class:`Explanation` of a cell."""
        key = get_cell_key(cell)
        if key not in self._explanations:
            self._explanations[key] = self._explain(cell, self._texts[key])
        return self._explanations[key]

    def _explain(self, cell, text):
        if get_day(cell):
            return self._explain_date(cell)
        if has_lost_digits(cell):
            return Explanation(
                self.env._("No product has this SKU or barcode."),
                self.env._(
                    "The spreadsheet shortened this number, and its end is lost. "
                    "Format the column as text and enter it again."
                ),
            )
        parts = [self._get_sku(code) for code in split_codes(text)]
        if parts and all(parts):
            return Explanation(
                self.env._("These are %s SKUs.", len(parts)),
                self.env._("Give each of them a row of its own."),
            )
        return self._explain_text(cell, text)

    def _explain_date(self, cell):
        remedy = self.env._("Format the column as text and enter the SKU again.")
        suggested = self._restore(cell)
        if suggested:
            remedy = f"{self._ask(suggested)} {remedy}"
        return Explanation(
            self.env._("The spreadsheet has made a date of this SKU."),
            remedy,
            self._get_only_one(suggested),
        )

    def _explain_text(self, cell, text):
        suggested = (
            self.search.get_alike(cell)
            or self._restore(cell)
            or list(filter(None, [self._get_sku(get_code_of_display_name(text))]))
            or self._by_name.get(text.lower())
            or self._by_slip.get(to_look_alike_key(text))
        )
        return Explanation(
            self.env._("No product has this SKU or barcode."),
            self._ask(suggested)
            if suggested
            else self.env._("Look the product up in Odoo and copy its SKU."),
            self._get_only_one(suggested),
        )

    def _ask(self, suggested):
        skus = list(dict.fromkeys(suggested))[:MOST_SUGGESTED]
        return self.env._("Did you mean %s?", ", ".join(skus))

    def _get_only_one(self, suggested):
        """Return a SKU that can be taken by one click: there is no other."""
        skus = set(suggested or ())
        return skus.pop() if len(skus) == 1 else ""

    def _get_sku(self, code):
        products = self._by_code.get(code)
        return products[0].default_code if products else None

    def _restore(self, cell):
        """Return the SKUs that a spreadsheet may have made a date or number of."""
        return list(filter(None, map(self._get_sku, restore_codes(cell))))

    def _get_other_codes(self):
        """Return the codes that the cells may hold beside others, or hide."""
        codes = set()
        for key, cell in self.search.unknown_cells.items():
            codes.update(split_codes(self._texts[key]), restore_codes(cell))
            codes.add(get_code_of_display_name(self._texts[key]))
        return codes - {""}

    def _search_names(self):
        """Return ``{name in lower case: SKUs}`` of what looks like a name."""
        names = {text for text in self._texts.values() if self._may_be_name(text)}
        found = defaultdict(list)
        if not names:
            return found
        for language, _name in self.env["res.lang"].get_installed():
            products = self.search.search(
                is_in_any_case("name", names), "name", lang=language
            )
            for product in products.filtered(self._can_be_suggested):
                found[product.name.lower()].append(product.default_code)
        return found

    def _may_be_name(self, text):
        return len(text) > 1 and bool(" " in text or not re.search(r"[0-9]", text))

    def _can_be_suggested(self, product):
        return product.active and product.default_code

    def _search_mistyped(self):
        """Return ``{key of a code: SKUs}`` of what one wrong letter may have made."""
        keys = [
            to_look_alike_key(self._texts[key])
            for key, cell in self.search.unknown_cells.items()
            if not self.search.get_alike(cell)
        ]
        near = {key: get_mistyped(key) for key in dict.fromkeys(keys[:MOST_MISTYPED])}
        all_near = set().union(*near.values())
        if not all_near:
            return {}
        products = self.env["product.product"]
        found = self.search.search(products._get_look_alike_domain(all_near))
        by_key = found.filtered(self._can_be_suggested).grouped(
            lambda product: to_look_alike_key(product.default_code)
        )
        return {
            key: [
                by_key[other][0].default_code
                for other in sorted(others & by_key.keys())
            ]
            for key, others in near.items()
        }
