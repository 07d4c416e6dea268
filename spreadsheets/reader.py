"""Reads a spreadsheet row by row: pure Python, bounded memory, no database.

The kind of a file is decided by its content, never by its name. Everything that can be
wrong with a file ends in a :class:`SpreadsheetError`.
"""

from contextlib import closing
from itertools import islice
from typing import NamedTuple

from . import excel_file, old_excel_file
from .cells import to_text
from .columns import HEADING_ROWS, ORDER_COLUMNS, find_columns, get_missing_columns
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

    def goes_on(self):
        """Tell whether this belongs to the same orders as the row above."""
        return not any(map(self.get_text, ORDER_COLUMNS))


class SpreadsheetReader:
    """The rows of the first sheet that has the headings.

    After :meth:`read_rows`, ``headings`` holds ``{column name: heading in the file}``,
    ``columns`` the places ``{column name: index}``, ``heading_number`` the number of
    the row they stand in, and the flags tell of what is worth a notice.
    """

    def __init__(self, content, limits=None):
        self.content = content
        self.limits = limits or Limits()
        self.columns = {}
        self.headings = {}
        self.heading_number = 0
        self.has_macros = False
        self.has_unsaved_formulas = False
        self.has_more_sheets = False

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
        result, nearest = [], get_missing_columns([])
        with closing(source.iterate_tables()) as tables:
            for rows in tables:
                _before, missing = self._find_headings(rows)
                nearest = min(nearest, missing, key=len)
                if missing:
                    continue
                result = list(self._iterate_named_rows(rows))
                if result:
                    break
            self.has_more_sheets = (
                any(map(self._is_filled, tables)) if result else False
            )
        self.has_macros = source.has_macros
        self.has_unsaved_formulas = source.has_unsaved_formulas
        if nearest:
            raise SpreadsheetError("no_headings", nearest)
        if not result:
            raise SpreadsheetError("no_rows")
        return result

    def _iterate_named_rows(self, rows):
        count = 0
        for number, cells in rows:
            values = {
                name: cells[index] if index < len(cells) else None
                for name, index in self.columns.items()
            }
            if any(map(to_text, values.values())):
                count += 1
                yield SheetRow(number, values)
            if count > self.limits.rows:
                raise SpreadsheetError("too_many_rows")

    def _is_filled(self, rows):
        """Tell whether a further sheet has headings, and rows below them."""
        other = SpreadsheetReader(self.content, self.limits)
        _before, missing = other._find_headings(rows)
        return not missing and any(True for _row in other._iterate_named_rows(rows))

    def _read_table(self):
        with closing(self._open().iterate_tables()) as tables:
            for rows in tables:
                before, missing = self._find_headings(rows)
                table = [] if missing else list(rows)
                if table:
                    return [*before, *table]
        raise SpreadsheetError("no_rows")

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
