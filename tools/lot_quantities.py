"""How much there is of which goods: what a step passes on, and takes from."""

from collections import defaultdict
from copy import copy
from math import inf
from typing import Any, NamedTuple


class LotKey(NamedTuple):
    """What tells the goods of a transfer apart."""

    # The line of the transfer they are on; or their product, where lines don't matter.
    line: Any
    # A lot or serial number; an empty record where there is none.
    lot: Any
    # A lot that nobody knows yet, as it is written on the goods.
    lot_name: str | bool = False
    # Whose they are: an empty record for nobody's, ``None`` for anybody's.
    owner: Any = None
    # Where they stand; ``None`` for anywhere.
    location: Any = None

    @property
    def product(self):
        return getattr(self.line, "product_id", self.line)

    @property
    def unit(self):
        return self.product.uom_id

    @property
    def display_name(self):
        names = [self.product.display_name, self.lot.name, self.lot_name]
        return " ".join(filter(None, names))


class LotQuantities:
    """Quantities by line and lot, in the unit of each line's product.

    They are rounded in that unit whenever they change: there is no dust, and what is
    nothing is not there. Where more was subtracted than there is, they are below zero.
    """

    def __init__(self, rows=()):
        """Add up rows.

        :param rows: pairs of a :class:`LotKey` and a quantity
        """
        self._by_line = defaultdict(dict)
        # Asked once of each line: caches may be cleared before goods are taken.
        self._units = {}
        for key, quantity in rows:
            self.add(key, quantity)

    def __bool__(self):
        """Tell whether there is anything to take."""
        return any(quantity > 0 for _key, quantity in self.items())

    def __getitem__(self, key):
        """Return how much there is; zero where there is nothing."""
        return self._by_line.get(key.line, {}).get(key, 0.0)

    def __sub__(self, other):
        left = copy(self)
        for key, quantity in other.items():
            left.add(key, -quantity)
        return left

    def __copy__(self):
        return self._of(self._by_line)

    def items(self):
        """Return a list of pairs: what is gone through may be taken meanwhile."""
        return [row for lots in self._by_line.values() for row in lots.items()]

    def of_line(self, line):
        """Return what is on one line."""
        return self._of({line: self._by_line.get(line, {})})

    def total(self, line, lot=None):
        """Return how much is on a line: of all of its lots, or of one."""
        total = 0.0
        for key, quantity in self._by_line.get(line, {}).items():
            if lot is None or key.lot == lot:
                total = self._units[line].round(total + quantity)
        return total

    def by_line(self):
        """Return ``{line: how much of all its lots}`` of the lines that have any."""
        return {line: self.total(line) for line, lots in self._by_line.items() if lots}

    def add(self, key, quantity):
        if key.line not in self._units:
            self._units[key.line] = key.unit
        quantity = self._units[key.line].round(self[key] + quantity)
        if quantity:
            self._by_line[key.line][key] = quantity
        else:
            self._by_line[key.line].pop(key, None)

    def take(self, key, at_most=inf):
        """Take as much as there is, never below zero, and return how much it was."""
        here = self[key]
        if here <= 0 or at_most <= 0:
            return 0.0
        taken = self._units[key.line].round(min(here, at_most))
        self.add(key, -taken)
        return taken

    def take_of_line(self, line, at_most):
        """Take so much of a line, of whichever lots come first, and return of which."""
        taken = {}
        for key, _quantity in self.of_line(line).items():
            taken[key] = self.take(key, at_most)
            at_most -= taken[key]
        return self._of({line: {key: some for key, some in taken.items() if some}})

    def _of(self, by_line):
        """Return quantities that are a part of these."""
        quantities = LotQuantities()
        quantities._units = self._units
        quantities._by_line.update((line, dict(lots)) for line, lots in by_line.items())
        return quantities
