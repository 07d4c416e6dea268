"""Reads a spreadsheet row by row: pure Python, bounded memory, no database.

The kind of a file is decided by its content, never by its name. Everything that can be
wrong with a file ends in a :class:`SpreadsheetError`.
"""

from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

from .errors import SpreadsheetError
from .files.file_kinds import open_file
from .layout.clues import Clues
from .layout.sheets import Sheets
from .layout.table_layout import TableLayout


class Limits(NamedTuple):
    """How large a file may be."""

    rows: int = 20_000
    megabytes: int = 10


class ReadTable(NamedTuple):
    """A sheet with orders.

    :param rows: list of :class:`TableRow`, those above the headings included
    :param layout: the :class:`TableLayout`
    :param first_row: number of the first row that asks for something
    """

    name: str
    rows: list
    layout: TableLayout
    first_row: int


class SpreadsheetReader:
    """Finds the table of orders in a file, and reads its rows.

    After :meth:`read_file` or :meth:`read_tables`, ``source`` is what was read by:
    an :class:`ExcelFile` and the like.

    :param mapping: ``{to_heading_key(heading): name of a column, or IGNORED}``, what
        users have said of headings; those of our own files mean what they do
    :param defaults: ``{column name: value}`` for what the file says nothing of
    :param is_store: function that tells of a text whether it names a store, for tables
        with a column for each store. What it returns may tell that store from others.
    """

    def __init__(
        self, content, limits=None, *, mapping=None, defaults=None, is_store=None
    ):
        self.content = content
        self.limits = limits or Limits()
        self.clues = Clues.of(mapping, defaults, is_store)
        self.source = None

    def read_file(self):
        """Return the :class:`Reading` of the file.

        :raise SpreadsheetError: when the file as a whole is no use
        """
        return self._protect(self._read_file)

    def read_tables(self):
        """Return the sheets with orders, with all their rows and cells.

        :return: list of :class:`ReadTable`
        :raise SpreadsheetError: when the file as a whole is no use
        """
        return self._protect(self._read_tables)

    def _protect(self, read):
        self._check_content()
        try:
            return read()
        except SpreadsheetError:
            raise
        except Exception as error:
            # The libraries fail in a dozen ways on what is no valid file.
            raise SpreadsheetError("broken") from error

    def _check_content(self):
        if not self.content:
            raise SpreadsheetError("empty_file")
        if len(self.content) > self.limits.megabytes * 1024**2:
            raise SpreadsheetError("too_large")

    def _read_file(self):
        sheets = Sheets(self.clues, self.limits.rows)
        for table in self._iterate_tables():
            sheets.read_sheet(table)
        reading = sheets.finish()
        reading.has_macros = self.source.has_macros
        reading.encoding = self.source.encoding
        reading.first_day = self.source.first_day
        return reading

    def _read_tables(self):
        sheets = Sheets(self.clues, self.limits.rows)
        kept = {}
        for table in self._iterate_tables():
            rows = list(table.rows)
            sheets.read_sheet(replace(table, rows=iter(rows)))
            # A sheet may be left out after all when a later one says more.
            kept = {reader: kept.get(reader, rows) for reader in sheets.readers}
        sheets.finish()
        return [
            ReadTable(reader.sheet, rows, reader.layout, reader.rows[0].number)
            for reader, rows in kept.items()
        ]

    def _iterate_tables(self):
        self.source = open_file(self.content)
        with closing(self.source.iterate_tables()) as tables:
            yield from tables
