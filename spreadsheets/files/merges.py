"""Merged cells: each of the rows that they are merged over has their value."""

from collections import deque
from typing import NamedTuple


class Merge(NamedTuple):
    """A range that is one cell; the first of its columns has the value.

    :param first: number of the first row
    :param last: number of the last row
    :param index: of the first column, from 0
    :param last_index: of the last column
    """

    first: int
    last: int
    index: int
    last_index: int


class Merges:
    """The merges of a sheet, whose rows are filled from top to bottom.

    However many rows a merge has, only those cost something that are in the file.
    """

    def __init__(self, merges):
        """Take the merges in any order.

        :param merges: iterable of :class:`Merge`
        """
        self._ahead = deque(sorted(merges))
        # {index of a cell: (merge, its value)}
        self._open = {}

    def add(self, merge):
        """Take one more, which begins no higher than those that are known."""
        self._ahead.append(merge)

    def fill(self, number, cells):
        """Put the values of merged cells into a row, in place of its own below them.

        :param number: of the row; each is greater than the one before
        :param cells: list of values, which is changed, and made longer
        :return: ``{index of a cell: number of the first row}`` of the merges that this
            row belongs to; None when it has nothing but their values
        """
        if not self._ahead and not self._open:
            return {}
        self._begin(number, cells)
        self._end_before(number)
        merged = {
            index: merge.first
            for index, (merge, _value) in self._open.items()
            if merge.first < merge.last
        }
        if not any(
            value is not None and merged.get(index, number) == number
            for index, value in enumerate(cells)
        ):
            return None
        if merged:
            cells.extend([None] * (max(merged) + 1 - len(cells)))
        for index, (_merge, value) in self._open.items():
            cells[index] = value
        return merged

    def get_widths(self):
        """Return ``{index of the first column: index of the last one}``.

        Of the cells of the last row filled that are merged over several columns.
        """
        return {
            index: merge.last_index
            for index, (merge, _value) in self._open.items()
            if merge.index < merge.last_index
        }

    def _begin(self, number, cells):
        while self._ahead and self._ahead[0].first <= number:
            merge = self._ahead.popleft()
            value = cells[merge.index] if merge.index < len(cells) else None
            # A cell in a row that is not in the file has no value.
            if merge.first == number and value is not None:
                self._open[merge.index] = merge, value

    def _end_before(self, number):
        ended = [
            index
            for index, (merge, _value) in self._open.items()
            if merge.last < number
        ]
        for index in ended:
            del self._open[index]
