"""Decides by the rows of a table what its headings leave open."""

from datetime import date
from functools import lru_cache
from math import isclose

from ..cells.dates import to_date
from ..cells.notation import Notation
from ..cells.numbers import to_number
from ..cells.placeholders import asks_for_nothing, is_filled
from ..cells.texts import to_key
from ..errors import SpreadsheetError
from .columns import COLUMNS_BY_NAME, OF_STORES, to_heading_key

NOTATIONS = (Notation(is_day_first=False), Notation(is_day_first=True))


class Settlement:
    """Decides which columns of a table are read.

    :param layout: :class:`TableLayout`, whose ``columns`` and ``stores`` are set
    :param rows: list of the :class:`TableRow` below the headings
    :param clues: :class:`Clues`
    """

    def __init__(self, layout, rows, clues):
        self.layout = layout
        self.rows = rows
        self.clues = clues

    def settle(self):
        """Decide what the columns are.

        :raise SpreadsheetError: when they contradict each other
        """
        layout = self.layout
        self._check_stores()
        layout.columns = {
            name: self._choose(name, indexes)
            for name, indexes in layout.choice.places.items()
        }
        layout.choice.ignored.update(filter(self._is_repeated, layout.choice.spare))
        self._check_given()

    def _is_repeated(self, index):
        """Tell whether a column says the same as one that fits better."""
        name = self.layout.choice.spare[index]
        chosen = self.layout.columns.get(name)
        return chosen is not None and self._agree(name, chosen, index)

    def _iterate(self, index):
        for row in self.rows:
            yield row.cells[index] if index < len(row.cells) else None

    def _is_filled(self, index):
        return any(map(is_filled, self._iterate(index)))

    def _asks(self, index):
        return not all(map(asks_for_nothing, self._iterate(index)))

    def _has_quantities(self, index):
        return any(map(to_number, self._iterate(index)))

    def _check_stores(self):
        """Refuse two ways to say where goods go, and find what may be more stores."""
        layout, places = self.layout, self.layout.choice.places
        is_list = "destination" in places and "quantity" in places
        if is_list and any(self._has_quantities(one.index) for one in layout.stores):
            self._refuse_two_ways()
        if is_list or not layout.is_matrix():
            layout.stores = []
            return
        self._drop_columns_of_list()
        self._find_unknown_stores()

    def _drop_columns_of_list(self):
        """Leave out what a matrix needs no column for: a total, or what is empty."""
        layout, places = self.layout, self.layout.choice.places
        if "quantity" in places and all(map(self._is_total, places["quantity"])):
            layout.choice.ignored.update(places.pop("quantity"))
        filled = any(map(self._is_filled, self._get_indexes_of_list()))
        if filled or "destination" in layout.given:
            self._refuse_two_ways()
        for name in OF_STORES:
            places.pop(name, None)

    def _get_indexes_of_list(self):
        """Return the indexes of the columns that say where goes how much."""
        places = self.layout.choice.places
        return [index for name in OF_STORES for index in places.get(name, ())]

    def _find_unknown_stores(self):
        """Find numbers below headings that mean nothing: of a store, or of them all."""
        layout, choice = self.layout, self.layout.choice
        known = {
            *(*layout.get_indexes(), *choice.ignored, *choice.vendors, *choice.spare)
        }
        unknown = {
            index
            for index, heading in enumerate(layout.headings)
            if heading and index not in known and self._has_quantities(index)
        }
        # Of one store only, the sum is what another one may get as well.
        totals = set(filter(self._is_total, unknown)) if self._adds_up() else set()
        choice.ignored |= totals
        layout.unknown_stores = unknown - totals

    def _refuse_two_ways(self):
        layout = self.layout
        given = [one.label for one in layout.given.get("destination", ())]
        of_list = list(map(layout.get_heading, self._get_indexes_of_list()))
        stores = [column.heading for column in layout.stores]
        raise SpreadsheetError("two_ways", OF_STORES, [*(of_list or given), *stores])

    def _iterate_quantities(self):
        """Yield what all stores get by each row."""
        stores = [self._iterate(column.index) for column in self.layout.stores]
        for cells in zip(*stores, strict=True):
            yield list(filter(None, map(to_number, cells)))

    def _adds_up(self):
        """Tell whether several stores get something by the same row."""
        return any(len(quantities) > 1 for quantities in self._iterate_quantities())

    def _is_total(self, index):
        """Tell whether a column has the sums of what all stores get, or is empty."""
        if self._asks(index) and not self._has_quantities(index):
            return False
        totals = map(to_number, self._iterate(index))
        return all(
            not total or isclose(total, sum(quantities))
            for total, quantities in zip(
                totals, self._iterate_quantities(), strict=True
            )
        )

    def _choose(self, name, indexes):
        """Return the one column that is filled; those that all agree are one."""
        says_something = self._asks if name == "quantity" else self._is_filled
        filled = list(filter(says_something, indexes)) or indexes[:1]
        first, *others = filled
        may_differ = COLUMNS_BY_NAME[name].may_repeat
        if may_differ or all(self._agree(name, first, other) for other in others):
            return first
        headings = [self.layout.get_heading(index) for index in filled]
        raise SpreadsheetError("two_headings", [name], headings)

    def _agree(self, name, first, other):
        read = self._get_reader(name)
        for row, one, two in zip(
            self.rows, self._iterate(first), self._iterate(other), strict=True
        ):
            if to_key(one) == to_key(two) or self._is_heading(row, first):
                continue
            if not read or read(one) is None or read(one) != read(two):
                return False
        return True

    def _get_reader(self, name):
        """Return what tells of a cell in a column what it means, or None."""
        if name in ("source", "destination"):
            return self.clues.identify_store
        return _read_day if name == "expected_date" else None

    def _is_heading(self, row, index):
        key = to_heading_key(self.layout.get_heading(index))
        return index < len(row.cells) and to_heading_key(row.cells[index]) == key

    def _check_given(self):
        """Refuse labels above the table that contradict each other."""
        for name, found in self.layout.given.items():
            column = self.layout.columns.get(name)
            is_said = column is not None and all(map(is_filled, self._iterate(column)))
            if len(found) > 1 and not is_said:
                labels = [given.label for given in found]
                raise SpreadsheetError("two_headings", [name], labels)


@lru_cache(maxsize=4096)
def _read_day(cell):
    """Return the day of a date, or None if it depends on who reads it."""
    if not isinstance(cell, (str, date)):
        return None
    try:
        days = {to_date(cell, notation).day for notation in NOTATIONS}
    except ValueError:
        return None
    return days.pop() if len(days) == 1 else None
