"""The cells of a row in OpenDocument's spreadsheet."""

import re

from openpyxl.utils.datetime import from_ISO8601

from ..table import MAX_COLUMNS, CellError, PaddedNumber, UnsavedFormula

NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
SPACE = re.compile(r"[ \t\r\n]+")
ERROR = re.compile(r"#[A-Z/0]+[!?]?|Err:\d+")


def get_name(prefix, name):
    """Return the full name of an element or attribute."""
    return f"{{{NAMESPACES[prefix]}}}{name}"


CELL = get_name("table", "table-cell")
COVERED_CELL = get_name("table", "covered-table-cell")
COLUMNS_REPEATED = get_name("table", "number-columns-repeated")
ROWS_SPANNED = get_name("table", "number-rows-spanned")
COLUMNS_SPANNED = get_name("table", "number-columns-spanned")
FORMULA = get_name("table", "formula")
VALUE_TYPE = get_name("office", "value-type")
ERROR_TYPE = get_name("calcext", "value-type")
VALUE = get_name("office", "value")
DATE_VALUE = get_name("office", "date-value")
BOOLEAN_VALUE = get_name("office", "boolean-value")
STRING_VALUE = get_name("office", "string-value")
PARAGRAPH = get_name("text", "p")
SPACES = get_name("text", "s")
COUNT = get_name("text", "c")
BREAKS = {get_name("text", "line-break"): "\n", get_name("text", "tab"): "\t"}
NOT_SHOWN = (get_name("text", "ruby-text"), get_name("office", "annotation"))
NUMBERS = ("float", "percentage", "currency")


def iterate_cells(row):
    """Yield ``(index, value, rows, columns)`` of the filled cells of a row.

    The value of a cell that is merged stands in its first row and column; ``rows`` and
    ``columns`` are over how many it is merged.
    """
    index = 0
    for cell in row.iterchildren(CELL, COVERED_CELL):
        repeated = get_number(cell, COLUMNS_REPEATED)
        value = read_cell(cell) if cell.tag == CELL else None
        if value is not None:
            rows = get_number(cell, ROWS_SPANNED)
            columns = get_number(cell, COLUMNS_SPANNED)
            for place in range(index, min(index + repeated, MAX_COLUMNS)):
                yield place, value, rows, columns
        index += repeated
        if index >= MAX_COLUMNS:
            return


def get_number(element, name):
    """Return how often something is there, which is once where nothing is said."""
    return max(int(element.get(name, 1)), 1)


def read_cell(cell):
    """Return the value of a cell, as it is described for :class:`TableRow`."""
    kind = cell.get(VALUE_TYPE)
    formula = cell.get(FORMULA)
    if kind is None and not len(cell):
        return UnsavedFormula(f"={formula.partition('=')[2]}") if formula else None
    text = cell.get(STRING_VALUE) or _read_paragraphs(cell)
    if cell.get(ERROR_TYPE) == "error" or (formula and ERROR.fullmatch(text)):
        return CellError(text)
    if kind in NUMBERS:
        return _read_number(cell.get(VALUE, ""), text)
    if kind == "date":
        return read_day(cell.get(DATE_VALUE, "")) or text
    if kind == "boolean":
        return cell.get(BOOLEAN_VALUE) == "true"
    return text or None


def read_day(text):
    """Return a date, or a date with a time; None if it is none."""
    try:
        return from_ISO8601(text)
    except ValueError:
        return None


def _read_number(content, text):
    """Return a number; if it is shown with zeros at the start, it says so."""
    try:
        number = float(content)
    except ValueError:
        return CellError(text or content)
    if not number.is_integer():
        return number
    digits = str(int(number))
    if text.isdecimal() and len(text) > len(digits) and text.endswith(digits):
        return PaddedNumber(number, text)
    return int(number)


def _read_paragraphs(cell):
    return "\n".join("".join(_read_texts(one)) for one in cell.iterchildren(PARAGRAPH))


def _read_texts(element):
    """Yield the pieces of a text; several spaces in a row are an element."""
    yield SPACE.sub(" ", element.text or "")
    for child in element:
        if child.tag == SPACES:
            # No more than a cell can hold.
            yield " " * min(get_number(child, COUNT), 1000)
        elif child.tag in BREAKS:
            yield BREAKS[child.tag]
        elif child.tag not in NOT_SHOWN:
            yield from _read_texts(child)
        yield SPACE.sub(" ", child.tail or "")
