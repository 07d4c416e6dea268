"""A table saved as text: ``.csv`` from Excel, a database or another shop system."""

import codecs
import csv
import io
import re
from itertools import islice

from .cells import FIRST_DAY_OF_EXCEL
from .columns import HEADING_ROWS
from .errors import SpreadsheetError
from .headings import count_headings
from .table import MAX_COLUMNS, Table, TableRow

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Big5 as Windows writes it: with the characters that Microsoft added.
ENCODINGS = ("utf-8", "cp950")
DELIMITERS = ",;\t"
# Binary data, or a page or document that only bears the name of a table.
OTHER_FORMATS = re.compile(r"\s*(<|%PDF|\{\\rtf)|[^\x00]*[\x00-\x08\x0e-\x1a\x1c-\x1f]")


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
        if OTHER_FORMATS.match(text):
            raise SpreadsheetError("not_spreadsheet")
        delimiter = self._find_delimiter(text)
        yield Table("", self._iterate_filled_rows(text, delimiter))

    def _decode(self):
        for mark, encoding in BYTE_ORDER_MARKS.items():
            if self.content.startswith(mark):
                return self.content.decode(encoding)
        encodings = (*self._guess_without_mark(), *ENCODINGS)
        for encoding in encodings:
            try:
                return self.content.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise SpreadsheetError("not_spreadsheet")

    def _guess_without_mark(self):
        """Every other byte of a comma or digit in UTF-16 is zero."""
        start = self.content[:2000]
        if len(self.content) % 2 or b"\x00" not in start:
            return ()
        is_little_endian = start[1::2].count(0) >= start[::2].count(0)
        return ("utf-16-le",) if is_little_endian else ("utf-16-be",)

    def _find_delimiter(self, text):
        """Return the delimiter with which most headings are found."""
        return max(DELIMITERS, key=lambda delimiter: self._rate(text, delimiter))

    def _rate(self, text, delimiter):
        best = 0
        try:
            for row in islice(self._read(text, delimiter), HEADING_ROWS):
                best = max(best, count_headings(row.cells))
        except csv.Error:
            # With another delimiter it may be sound.
            return best
        return best

    def _iterate_filled_rows(self, text, delimiter):
        """Yield the rows; a quotation mark that is never closed would hide some."""
        try:
            yield from self._read(text, delimiter)
        except csv.Error as error:
            raise SpreadsheetError("open_quotation") from error

    def _read(self, text, delimiter):
        stream = io.StringIO(text, newline="")
        lines = csv.reader(stream, delimiter=delimiter, strict=True)
        for number, cells in enumerate(lines, start=1):
            if any(cell.strip() for cell in cells):
                values = [cell or None for cell in cells[:MAX_COLUMNS]]
                yield TableRow(number, values)
