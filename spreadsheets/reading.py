"""What was read of a file, and what was not."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .cells.texts import FIRST_DAY_OF_EXCEL, to_text
from .layout.columns import ORDER_COLUMNS


class SheetRow(NamedTuple):
    """What a row of the file asks for, by column name.

    A row of a matrix, with a column for each store, is one of these for each store.

    :param id: tells it from all others of the file
    :param number: of the row in its sheet, as people see it
    :param sheet: name of the sheet; empty where only one is read
    :param headings: ``{column name: heading}`` where these differ from the file's
    :param merged: ``{column name: (number of its first row, index of its first
        column)}`` of cells that are merged with those of other rows or stores
    :param surplus: what stands in a text behind the last heading, and is the end of
        another cell
    """

    id: int
    number: int
    cells: dict
    sheet: str = ""
    headings: dict = {}
    merged: dict = {}
    surplus: str = ""

    def get_text(self, name):
        return to_text(self.cells.get(name))

    def goes_on(self):
        """Tell whether this belongs to the same orders as the row above."""
        return not any(map(self.get_text, ORDER_COLUMNS))


# Why a column was not read that might be of use.
OF_VENDORS, OF_STORE, OF_DOCUMENT = "vendor", "store", "document"


class FileColumn(NamedTuple):
    """A filled column of the file, and what it is read as.

    :param index: of its cells, from 0
    :param heading: as it stands in the file; may be empty
    :param name: of the column that it is read as; ``IGNORED`` when it is known to be of
        no use; empty when it is not read. That of a store in a matrix is
        ``"quantity"``.
    :param samples: list of the first few texts in it
    :param sheet: name of the sheet; empty where only one is read
    :param doubt: ``OF_VENDORS`` of a column with vendors that stands among those of the
        product, ``OF_STORE`` of one that holds numbers in a matrix, below the name of
        what is no store that we know; ``OF_DOCUMENT`` of a date that another heading
        says better; else empty
    :param values: the distinct texts in it, if it is not read; those beyond the first
        thousand are left out
    :param is_of_store: whether it is for what a store gets, as its heading says
    """

    index: int
    heading: str
    name: str
    samples: list
    sheet: str = ""
    doubt: str = ""
    values: frozenset = frozenset()
    is_of_store: bool = False

    def get_letters(self):
        """Return what spreadsheets call the column: A, B, … Z, AA, …"""
        letters, index = "", self.index
        while index >= 0:
            letters = chr(ord("A") + index % 26) + letters
            index = index // 26 - 1
        return letters


class LeftOutRow(NamedTuple):
    """A row that asks for nothing.

    :param reason: why it was left out: ``"total"``, ``"headings"`` that stand there
        again, ``"note"``, or ``"no_quantity"``
    :param text: what stands in it
    :param sheet: name of the sheet; empty where only one is read
    """

    number: int
    reason: str
    text: str
    sheet: str = ""


@dataclass
class Reading:
    """All that a file says.

    :param headings: ``{column name: heading}`` as the file has it
    :param labels: ``{label: column name}`` of what stands above the tables and counts
        for all their rows
    :param hidden_rows: list of ``(name of the sheet, number)`` of the rows that were
        read although nobody sees them; the name is empty where only one is read
    :param sheets: names of the sheets that were read
    :param unread_sheets: names of the visible sheets that have something else in them
    :param repeated_sheets: names of those that were not read as all of their rows stand
        on other sheets
    :param encoding: of a text file, where it was guessed
    :param first_day: the day that the workbook counts its days from
    """

    rows: list = field(default_factory=list)
    headings: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)
    columns: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    hidden_rows: list = field(default_factory=list)
    sheets: list = field(default_factory=list)
    unread_sheets: list = field(default_factory=list)
    repeated_sheets: list = field(default_factory=list)
    has_macros: bool = False
    encoding: str = ""
    first_day: date = FIRST_DAY_OF_EXCEL
