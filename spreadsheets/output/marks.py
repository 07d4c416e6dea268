"""What is wrong with the rows of a file, ready to be written beside them."""

from collections import defaultdict
from typing import NamedTuple

from ..layout.columns import MARK_KEYS, to_heading_key

COLOURS = {"error": "#F8B4B4", "notice": "#FDE9A9"}
MARK_WIDTH = 80


class Mark(NamedTuple):
    """A sentence about a row.

    :param sheet: name of the sheet; empty where only one is read
    :param row: its number, as people see it; 0 where it is about the file, or about a
        column, as a whole
    :param heading: of the cell that it is about
    :param level: ``"error"`` or ``"notice"``
    """

    sheet: str
    row: int
    heading: str
    level: str
    sentence: str


class MarkedTable:
    """A sheet that was read, and what is wrong with it.

    :param table: :class:`ReadTable`
    :param marks: list of :class:`Mark` of this sheet, the worst first
    """

    def __init__(self, table, marks):
        self.name = table.name
        self.rows = table.rows
        self.layout = table.layout
        self.last_row = max(row.number for row in table.rows)
        self._marks = defaultdict(list)
        for mark in marks:
            self._marks[mark.row].append(mark)
        self.was_marked_before = self._find_earlier_place() is not None
        self.place = self._find_place()

    def _find_earlier_place(self):
        for index, heading in enumerate(self.layout.headings):
            if to_heading_key(heading) in MARK_KEYS:
                return index
        return None

    def _find_place(self):
        """Return where the sentences go: behind the rest, or where they were before."""
        if self.was_marked_before:
            return self._find_earlier_place()
        return max(_count_filled(row.cells) for row in self.rows)

    def get_sentences(self, number):
        """Return all that is said of a row, or None."""
        sentences = (mark.sentence for mark in self._marks.get(number, ()))
        return "\n".join(sentences) or None

    def get_worst_level(self, number):
        """Return the level of the worst mark of a row, or None."""
        levels = {mark.level for mark in self._marks.get(number, ())}
        return next((level for level in COLOURS if level in levels), None)

    def get_levels(self, number):
        """Return ``{index of a cell: level}`` of those that something is said of."""
        levels = {}
        for mark in reversed(self._marks.get(number, ())):
            index = self._find_index(mark.heading)
            if index is not None:
                levels[index] = mark.level
        return levels

    def _find_index(self, heading):
        """Return the index of a column that is read, by its heading."""
        read = {*self.layout.columns.values(), *self.layout.get_indexes()}
        return next(
            (
                index
                for index in sorted(read)
                if self.layout.get_heading(index) == heading
            ),
            None,
        )


def _count_filled(cells):
    return max(
        (index for index, cell in enumerate(cells, start=1) if cell is not None),
        default=0,
    )
