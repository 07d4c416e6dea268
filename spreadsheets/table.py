"""What a file of any kind holds: tables of filled rows, with all their cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

# What lies further to the right is no table of orders, nor are so many sheets.
MAX_COLUMNS = 1024
MAX_SHEETS = 500
# Of all sheets together, empty ones included.
MAX_ROWS = 1_000_000


class PaddedNumber(int):
    """A number that its cell shows with zeros at the start, as 00456.

    :param shown: the text that people see
    """

    def __new__(cls, value, shown):
        number = super().__new__(cls, value)
        number.shown = shown
        return number

    def __str__(self):
        return self.shown


class CellError(str):
    """What a spreadsheet writes where a formula failed, as ``#N/A``."""


class UnsavedFormula(str):
    """The text of a formula that nobody has calculated: its cell has no value."""


class TableRow(NamedTuple):
    """A row of a sheet that has a cell of its own, and not only those of a merge.

    :param number: as people see it, from 1
    :param cells: list of values. A cell that is merged over several rows has its value
        in each of them.
    :param merged: ``{index of a cell: number of the first row}`` of the cells that are
        merged over several rows, the first row's included
    :param widths: ``{index of a cell: index of the last one}`` of the cells that are
        merged over several columns, of which the first has the value
    """

    number: int
    cells: list
    is_hidden: bool = False
    merged: dict = {}
    widths: dict = {}


@dataclass
class Table:
    """A visible sheet; the rows can be gone through once, before the next sheet.

    :param name: of the sheet, or empty where a file has no sheets
    :param rows: iterable of :class:`TableRow`
    :param is_text: whether the cells were told apart by what stands between them: one
        more than there are headings is part of another, such as 1,200
    """

    name: str
    rows: Iterable
    is_text: bool = False
