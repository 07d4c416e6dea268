"""The units that the cells of an import file name."""

from collections import defaultdict
from functools import cached_property
from typing import Any, NamedTuple

from ....spreadsheets.cells.texts import to_key

# What people call a single piece, whatever it is a piece of. A word for what may hold
# several, such as box, bag or set, is none of these.
PIECES = {
    *("unit", "units", "unit(s)", "pc", "pcs", "pce", "piece", "pieces", "piece(s)"),
    *("ea", "each", "item", "items", "no", "nos", "pza", "stk", "stück"),
    *("個", "个", "件", "只", "隻", "支", "枝", "瓶", "本", "條", "条", "張", "张"),
    *("片", "台", "臺", "顆", "颗", "粒", "把", "塊", "块", "罐", "單位", "单位"),
}


class Unit(NamedTuple):
    """A unit of a product, and whether only a part of its name was written."""

    unit: Any
    is_guess: bool = False


class UnitSearch:
    """The units of Odoo, by their names in all languages that are installed."""

    def __init__(self, env):
        self.env = env
        self._piece = env.ref("uom.product_uom_unit", raise_if_not_found=False)

    @cached_property
    def _names(self):
        """Return ``{unit: keys of its names}``."""
        names = defaultdict(set)
        for language, _name in self.env["res.lang"].get_installed():
            for unit in self.env["uom.uom"].with_context(lang=language).search([]):
                names[unit.with_env(self.env)] |= self._get_spellings(unit.name)
        return names

    @cached_property
    def _known(self):
        return PIECES.union(*self._names.values())

    def _get_spellings(self, name):
        """Return a name with and without the sign of the plural."""
        key = to_key(name).rstrip(".")
        spellings = {key, key.removesuffix("(s)").strip()}
        if key.isascii() and len(key) > 2:
            spellings.add(key[:-1] if key.endswith("s") else f"{key}s")
        return spellings

    def is_known(self, text):
        """Tell whether a text is a unit of anything, or a part of its name."""
        spellings = self._get_spellings(text)
        return bool(spellings & self._known) or any(
            self._is_part(key, names)
            for key in spellings
            for names in self._names.values()
        )

    def find(self, text, product):
        """Return the :class:`Unit` of a product that a text names, or None."""
        spellings = self._get_spellings(text)
        own = product.uom_id | product.uom_ids
        found = own.filtered(lambda unit: spellings & self._names[unit])
        if not found and spellings & PIECES and product.uom_id == self._piece:
            found = product.uom_id
        if len(found) == 1:
            return Unit(found)
        parts = own.filtered(
            lambda unit: any(self._is_part(key, self._names[unit]) for key in spellings)
        )
        return Unit(parts, is_guess=True) if len(parts) == 1 and not found else None

    def _is_part(self, key, names):
        """Tell whether this is a word of a name: the carton of a Carton of 12."""
        if key.isascii():
            return any(key in name.split() for name in names)
        return any(key in name for name in names)
