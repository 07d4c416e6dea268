"""A table saved as text: ``.csv`` from Excel, a database or another shop system."""

import csv
import re
from contextlib import suppress
from itertools import islice

from ..cells.texts import FIRST_DAY_OF_EXCEL
from ..errors import SpreadsheetError
from ..layout.columns import HEADING_ROWS
from ..layout.headings import count_headings
from ..table import MAX_COLUMNS, Table, TableRow
from .text_encoding import decode

DELIMITERS = ",;\t|，；"
# What is longer holds a quotation mark that was never closed, and the rows below it.
LONGEST_CELL = 100_000
# So many characters show in which way a file is written.
START = 50_000
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")


class TextFile:
    """One table, whose encoding and delimiter are found out."""

    has_macros = False
    first_day = FIRST_DAY_OF_EXCEL

    def __init__(self, content):
        self.content = content
        self.encoding = ""

    def iterate_tables(self):
        """Yield the one :class:`Table`.

        :raise SpreadsheetError: when this is no text
        """
        text = self._decode()
        if not text:
            raise SpreadsheetError("not_spreadsheet")
        delimiter = self._find_delimiter(text)
        rows = self._iterate_filled_rows(text, delimiter)
        yield Table("", rows, is_text=True)

    def _decode(self):
        text, self.encoding = decode(self.content)
        # Some tools fill the width of a cell with them.
        return text.replace("\x00", "")

    def _find_delimiter(self, text):
        """Return the delimiter with which most headings are found.

        Where none is known, it is the one that makes most rows alike.
        """
        start = text.lstrip()[:START]
        return max(DELIMITERS, key=lambda delimiter: self._rate(start, delimiter))

    def _rate(self, text, delimiter):
        headings, widths = 0, []
        # It ends within a cell; with another delimiter it may be sound.
        with suppress(csv.Error):
            for row in islice(self._read(text, delimiter), HEADING_ROWS):
                headings = max(headings, count_headings(row.cells))
                widths.append(len(row.cells))
        alike = max(map(widths.count, widths), default=0)
        return headings, alike if max(widths, default=1) > 1 else 0, sum(widths)

    def _iterate_filled_rows(self, text, delimiter):
        """Yield the rows; a quotation mark that is never closed would hide some."""
        try:
            yield from self._read(text, delimiter)
        except csv.Error as error:
            raise SpreadsheetError("open_quotation") from error

    def _read(self, text, delimiter):
        lines = _Lines(text, delimiter)
        # Some write a space between a comma and a quotation mark.
        skips_space = f'{delimiter} "' in text[:START]
        reader = csv.reader(
            lines, delimiter=delimiter, strict=True, skipinitialspace=skips_space
        )
        for cells in reader:
            number = lines.end_row()
            text = "".join(cells)
            if not text or text.isspace():
                continue
            if len(text) > LONGEST_CELL < max(map(len, cells)):
                raise SpreadsheetError("long_cell")
            yield TableRow(number, [cell or None for cell in cells[:MAX_COLUMNS]])


class _Lines:
    """The lines of a text, except empty ones between two rows.

    Millions of these may stand behind the last row; they are counted all at once.
    """

    def __init__(self, text, delimiter):
        self._text = text
        self._position = 0
        self._row = 0
        self._is_between_rows = True
        self._empty = re.compile(rf"[\s{re.escape(delimiter)}]+")

    def __iter__(self):
        return self

    def __next__(self):
        if self._is_between_rows:
            self._skip_empty_lines()
            self._is_between_rows = False
        line = LINE.match(self._text, self._position)[0]
        if not line:
            raise StopIteration
        self._position += len(line)
        return line

    def end_row(self):
        """Return the number of the row that the last lines were, from 1."""
        self._is_between_rows = True
        self._row += 1
        return self._row

    def _skip_empty_lines(self):
        start = self._position
        found = self._empty.match(self._text, start)
        if not found:
            return
        # Faster than to look for each line that is empty.
        end = found.end()
        last_line = max(self._text.rfind(mark, start, end) for mark in "\r\n") + 1
        if last_line > start:
            self._row += self._count_lines(start, last_line)
            self._position = last_line

    def _count_lines(self, start, end):
        count = self._text.count
        pairs = count("\r\n", start, end)
        return count("\r", start, end) + count("\n", start, end) - pairs
