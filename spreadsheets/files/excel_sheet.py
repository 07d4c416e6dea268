"""The rows of a sheet in Excel's file since 2007, as they stand in its XML."""

import re
from datetime import date
from typing import NamedTuple

from lxml import etree
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.utils.escape import unescape
from openpyxl.xml.constants import SHEET_MAIN_NS

from ..errors import SpreadsheetError
from ..table import MAX_COLUMNS, CellError, UnsavedFormula
from .merges import Merge

ROW = f"{{{SHEET_MAIN_NS}}}row"
VALUE = f"{{{SHEET_MAIN_NS}}}v"
FORMULA = f"{{{SHEET_MAIN_NS}}}f"
TEXT_IN_CELL = f"{{{SHEET_MAIN_NS}}}is"
SHARED_TEXT = f"{{{SHEET_MAIN_NS}}}si"
TEXT = f"{{{SHEET_MAIN_NS}}}t"
RUN = f"{{{SHEET_MAIN_NS}}}r"

LAST_SHEET_ROW = 1_048_576
MERGE = re.compile(
    rb"<(?:[^\s<>/:]+:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"']"
    rb"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})[\"']"
)
SURROGATES = re.compile("[\ud800-\udfff]+")


class ExcelRow(NamedTuple):
    """A row that is in the file.

    :param values: ``{number of the column: value}`` of the cells that have one
    """

    number: int
    values: dict
    is_hidden: bool


class SheetParser:
    """Reads the cells of a sheet, of which it keeps no more than a row.

    :param texts: list of the texts that all sheets share
    :param book: openpyxl's workbook, which knows how numbers are shown
    :param paddings: ``{number of a style: Padding}`` of the numbers shown with zeros
    """

    def __init__(self, texts, book, paddings):
        self.texts = texts
        self.book = book
        self.paddings = paddings
        self._readers = {
            "n": self._read_number,
            "s": self._read_shared_text,
            "str": self._read_text,
            "b": self._read_boolean,
            "d": self._read_date,
            "e": self._read_error,
        }

    def iterate_rows(self, source):
        """Yield each :class:`ExcelRow` of the XML in ``source``, a binary file.

        :raise SpreadsheetError: when the rows are not in their order
        """
        number = 0
        for row in iterate_elements(source, ROW):
            before, number = number, int(float(row.get("r", number + 1)))
            # Excel would mend it, and ask which of two rows is meant.
            if not before < number <= LAST_SHEET_ROW:
                raise SpreadsheetError("broken")
            yield ExcelRow(number, self._read_row(row), is_hidden(row))

    def _read_row(self, row):
        values = {}
        # Of the last cell: its number, or the reference that it is found in.
        place = 0
        for cell in row:
            reference = cell.get("r")
            # A cell that is only formatted costs as little as possible.
            if not len(cell):
                place = reference or to_column(place) + 1
                continue
            place = to_column(reference or to_column(place) + 1)
            value = self._read_cell(cell)
            if value is not None and place <= MAX_COLUMNS:
                values[place] = value
        return values

    def _read_cell(self, cell):
        kind = cell.get("t", "n")
        content, formula = None, None
        for child in cell:
            if child.tag == VALUE:
                content = child.text or ""
            elif child.tag == FORMULA:
                formula = child
            elif child.tag == TEXT_IN_CELL and kind == "inlineStr":
                return read_text(child)
        if kind not in ("str", "inlineStr") and content:
            content = content.strip()
        if content:
            return self._readers[kind](content, cell)
        # A formula whose value is an empty text has one.
        if formula is None or (kind == "str" and content is not None):
            return None
        return UnsavedFormula(f"={formula.text or ''}")

    def _read_number(self, content, cell):
        is_decimal = "." in content or "e" in content.lower()
        try:
            number = float(content) if is_decimal else int(content)
        except ValueError:
            return CellError(content)
        style = int(cell.get("s", 0))
        if style in self.book._date_formats:
            return self._read_day(number, style)
        padding = self.paddings.get(style)
        return padding.apply(number) if padding else number

    def _read_day(self, number, style):
        is_duration = style in self.book._timedelta_formats
        try:
            value = from_excel(number, self.book.epoch, timedelta=is_duration)
        except (OverflowError, ValueError):
            return CellError("#VALUE!")
        return value if isinstance(value, date) else str(value)

    def _read_date(self, content, _cell):
        try:
            value = from_ISO8601(content)
        except ValueError:
            return content
        return value if isinstance(value, date) else str(value)

    def _read_shared_text(self, content, _cell):
        return self.texts[int(content)]

    def _read_text(self, content, _cell):
        return clean_text(content)

    def _read_boolean(self, content, _cell):
        return content in ("1", "true")

    def _read_error(self, content, _cell):
        return CellError(content)


def iterate_elements(source, tag):
    """Yield all elements with a tag, each of which is forgotten after that."""
    elements = etree.iterparse(
        source,
        tag=tag,
        resolve_entities=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _event, element in elements:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def is_hidden(row):
    """Tell whether nobody sees a row: hidden by hand, by a filter or in an outline."""
    if row.get("hidden") in ("1", "true"):
        return True
    height = row.get("ht")
    return height is not None and float(height) == 0


def read_shared_texts(source):
    """Return the list of texts that cells refer to by number."""
    return [
        read_text(element) or "" for element in iterate_elements(source, SHARED_TEXT)
    ]


def read_text(element):
    """Return a text that may be in several fonts; how it is spoken is no part of it."""
    parts = []
    for child in element:
        if child.tag == TEXT:
            parts.append(child.text or "")
        elif child.tag == RUN:
            parts += [text.text or "" for text in child.iterchildren(TEXT)]
    return clean_text("".join(parts)) or None


def clean_text(text):
    """Return a text without Excel's notation of characters, such as ``_x000D_``."""
    if "_x" in text:
        text = unescape(text)
        # Two halves of a character are one; a single half is none.
        text = SURROGATES.sub(
            lambda match: (
                match[0]
                .encode("utf-16-le", "surrogatepass")
                .decode("utf-16-le", "replace")
            ),
            text,
        )
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def to_column(place):
    """Return the number of a column: it is one, or stands in a reference like AB12."""
    if isinstance(place, int):
        return place
    return column_index_from_string(place.rstrip("0123456789"))


def find_merges(chunk):
    """Return the :class:`Merge` of each range in a piece of XML."""
    if b"mergeCell" not in chunk:
        return []
    return [
        Merge(int(first), int(last), _to_index(left), _to_index(right))
        for left, first, right, last in MERGE.findall(chunk)
    ]


def _to_index(letters):
    return to_column(letters.decode()) - 1
