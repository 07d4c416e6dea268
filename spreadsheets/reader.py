"""Reads a spreadsheet row by row: pure Python, bounded memory, no database.

The kind of a file is decided by its content, never by its name. Everything that can be
wrong with a file ends in a :class:`SpreadsheetError`.
"""

from contextlib import closing
from typing import NamedTuple

from .clues import Clues
from .errors import SpreadsheetError
from .file_kinds import open_file
from .sheets import Sheets
from .table import Table


class Limits(NamedTuple):
    """How large a file may be."""

    rows: int = 20_000
    megabytes: int = 10


class SpreadsheetReader:
    """Finds the table of orders in a file, and reads its rows.

    After :meth:`read_file`, ``columns`` holds the places ``{column name: index}``,
    ``headings`` ``{column name: heading in the file}``, and ``heading_number`` the
    number of the row they stand in, all of the first sheet with orders.

    :param mapping: ``{to_heading_key(heading): name of a column, or IGNORED}``, what
        users have said of headings; it goes before what we think of them
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
        self.columns = {}
        self.headings = {}
        self.heading_number = 0

    def read_file(self):
        """Return the :class:`Reading` of the file.

        :raise SpreadsheetError: when the file as a whole is no use
        """
        return self._protect(self._read_file)

    def read_table(self):
        """Return all filled rows of the first sheet with orders, with all their cells.

        :return: list of :class:`TableRow`, those above the headings included
        :raise SpreadsheetError: when the file as a whole is no use
        """
        return self._protect(self._read_table)

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
        source = open_file(self.content)
        sheets = Sheets(self.clues, self.limits.rows)
        with closing(source.iterate_tables()) as tables:
            for table in tables:
                sheets.read_sheet(table)
        reading = sheets.finish()
        reading.has_macros = source.has_macros
        reading.encoding = source.encoding
        reading.first_day = source.first_day
        self._keep_places(sheets)
        return reading

    def _keep_places(self, sheets):
        layout = sheets.readers[0].layout
        self.columns = layout.columns
        self.headings = layout.get_headings()
        self.heading_number = layout.number

    def _read_table(self):
        with closing(open_file(self.content).iterate_tables()) as tables:
            for table in tables:
                rows = list(table.rows)
                sheets = Sheets(self.clues, self.limits.rows)
                sheets.read_sheet(Table(table.name, iter(rows)))
                if sheets.readers:
                    self._keep_places(sheets)
                    return rows
        raise SpreadsheetError("no_rows")
