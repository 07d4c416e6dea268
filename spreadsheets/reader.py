"""Reads a spreadsheet row by row: pure Python, bounded memory, no database.

The kind of a file is decided by its content, never by its name. Everything that can be
wrong with a file ends in a :class:`SpreadsheetError`.
"""

from contextlib import closing
from itertools import islice
from typing import NamedTuple

from . import excel_file, old_excel_file
from .cells import to_text
from .columns import HEADING_ROWS, find_columns, get_missing_columns
from .errors import SpreadsheetError
from .excel_file import ExcelFile
from .old_excel_file import OldExcelFile
from .text_file import TextFile


class Limits(NamedTuple):
    """How large a file may be."""

    rows: int = 20_000
    megabytes: int = 10


class SheetRow(NamedTuple):
    """A row of the file: its number there, and its cells by column name."""

    number: int
    cells: dict

    def get_text(self, name):
        return to_text(self.cells.get(name))


class SpreadsheetReader:
    """The rows of the first sheet that has the headings.

    After :meth:`read_rows`, ``headings`` holds ``{column name: heading in the file}``,
    ``columns`` the places ``{column name: index}``, ``heading_number`` the number of
    the row they stand in, and ``has_macros`` tells of programs that came along.
    """

    def __init__(self, content, limits=None):
        self.content = content
        self.limits = limits or Limits()
        self.columns = {}
        self.headings = {}
        self.heading_number = 0
        self.has_macros = False

    def read_rows(self):
        """Return the rows that are not empty.

        :raise SpreadsheetError: when the file as a whole is no use
        """
        return self._protect(self._read_rows)

    def read_table(self):
        """Return all filled rows of the same sheet with all their cells.

        :return: list of ``(number, cells)``, those above the headings included
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

    def _open(self):
        if self.content.startswith(excel_file.SIGNATURE):
            return ExcelFile(self.content)
        if self.content.startswith(old_excel_file.SIGNATURE):
            return OldExcelFile(self.content)
        return TextFile(self.content)

    def _read_rows(self):
        source = self._open()
        with closing(source.iterate_tables()) as tables:
            rows = self._find_table(tables)
            self.has_macros = source.has_macros
            result = []
            for number, cells in rows:
                values = {
                    name: cells[index] if index < len(cells) else None
                    for name, index in self.columns.items()
                }
                if any(map(to_text, values.values())):
                    result.append(SheetRow(number, values))
                if len(result) > self.limits.rows:
                    raise SpreadsheetError("too_many_rows")
        if not result:
            raise SpreadsheetError("no_rows")
        return result

    def _read_table(self):
        before = []
        with closing(self._open().iterate_tables()) as tables:
            rows = self._find_table(tables, before)
            return [*before, *rows]

    def _find_table(self, tables, before=None):
        """Find the first sheet with all headings that are needed.

        :param before: filled with the rows from the top to the headings
        :return: iterator over the rows below the headings
        """
        nearest = None
        for rows in tables:
            skipped, missing = self._find_headings(rows)
            if not missing:
                if before is not None:
                    before[:] = skipped
                return rows
            if nearest is None or len(missing) < len(nearest):
                nearest = missing
        raise SpreadsheetError("no_headings", nearest or get_missing_columns([]))

    def _find_headings(self, rows):
        """Find the row of headings, which may have titles above it.

        :return: the rows that were read, and the names of the columns not found
        """
        skipped, missing = [], get_missing_columns([])
        for number, cells in islice(rows, HEADING_ROWS):
            skipped.append((number, cells))
            columns, repeated = find_columns(cells)
            missing = min(missing, get_missing_columns(columns), key=len)
            if not missing:
                if repeated:
                    raise SpreadsheetError("repeated_heading", repeated)
                self.columns = columns
                self.headings = {
                    name: to_text(cells[index]) for name, index in columns.items()
                }
                self.heading_number = number
                break
        return skipped, missing
