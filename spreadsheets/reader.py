"""Reads a spreadsheet row by row: pure Python, bounded memory, no database.

The kind of a file is decided by its content, never by its name. Everything that can be
wrong with a file ends in a :class:`SpreadsheetError`.
"""

from contextlib import closing
from itertools import islice
from typing import NamedTuple

from .cells import to_text
from .columns import HEADING_ROWS, find_columns, get_missing_columns
from .errors import SpreadsheetError
from .file_kinds import open_file
from .reading import FileColumn, Reading, SheetRow

# So many cells of a column are shown to tell what it holds.
SAMPLES = 3


class Limits(NamedTuple):
    """How large a file may be."""

    rows: int = 20_000
    megabytes: int = 10


class SpreadsheetReader:
    """Finds the table of orders in a file, and reads its rows.

    After :meth:`read_file`, ``columns`` holds the places ``{column name: index}``,
    ``headings`` ``{column name: heading in the file}``, and ``heading_number`` the
    number of the row they stand in.
    """

    def __init__(self, content, limits=None):
        self.content = content
        self.limits = limits or Limits()
        self.columns = {}
        self.headings = {}
        self.heading_number = 0

    def read_file(self):
        """Return the :class:`Reading` of the file.

        :raise SpreadsheetError: when the file as a whole is no use
        """
        return self._protect(self._read_file)

    def read_table(self):
        """Return all filled rows of the same sheet with all their cells.

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
        reading, nearest = Reading(), get_missing_columns([])
        with closing(source.iterate_tables()) as tables:
            for table in tables:
                if reading.rows:
                    if self._is_filled(table):
                        reading.unread_sheets.append(table.name)
                    continue
                _before, missing = self._find_headings(table.rows)
                nearest = min(nearest, missing, key=len)
                if not missing:
                    reading.rows = list(self._iterate_named_rows(table.rows))
        reading.headings = self.headings
        reading.columns = self._get_file_columns(reading.rows)
        reading.has_macros = source.has_macros
        reading.encoding = source.encoding
        reading.first_day = source.first_day
        if nearest:
            raise SpreadsheetError("no_headings", nearest)
        if not reading.rows:
            raise SpreadsheetError("no_rows")
        return reading

    def _get_file_columns(self, rows):
        return [
            FileColumn(
                index,
                self.headings[name],
                name,
                [row.get_text(name) for row in rows[:SAMPLES]],
            )
            for name, index in self.columns.items()
        ]

    def _iterate_named_rows(self, rows):
        count = 0
        for row in rows:
            values = {
                name: row.cells[index] if index < len(row.cells) else None
                for name, index in self.columns.items()
            }
            if any(map(to_text, values.values())):
                count += 1
                yield SheetRow(count, row.number, values)
            if count > self.limits.rows:
                raise SpreadsheetError("too_many_rows")

    def _is_filled(self, table):
        """Tell whether a further sheet has headings, and rows below them."""
        other = SpreadsheetReader(self.content, self.limits)
        _before, missing = other._find_headings(table.rows)
        named_rows = other._iterate_named_rows(table.rows)
        return not missing and any(True for _row in named_rows)

    def _read_table(self):
        with closing(open_file(self.content).iterate_tables()) as tables:
            for table in tables:
                before, missing = self._find_headings(table.rows)
                rows = [] if missing else list(table.rows)
                if rows:
                    return [*before, *rows]
        raise SpreadsheetError("no_rows")

    def _find_headings(self, rows):
        """Find the row of headings, which may have titles above it.

        :return: the rows that were read, and the names of the columns not found
        """
        skipped, missing = [], get_missing_columns([])
        for row in islice(rows, HEADING_ROWS):
            skipped.append(row)
            columns, repeated = find_columns(row.cells)
            missing = min(missing, get_missing_columns(columns), key=len)
            if not missing:
                if repeated:
                    raise SpreadsheetError("repeated_heading", repeated)
                self.columns = columns
                self.headings = {
                    name: to_text(row.cells[index]) for name, index in columns.items()
                }
                self.heading_number = row.number
                break
        return skipped, missing
