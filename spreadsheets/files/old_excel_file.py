"""Excel's file until 2003, ``.xls``."""

import io
from datetime import date

import xlrd

from ..cells.texts import FIRST_DAY_OF_EXCEL
from ..errors import SpreadsheetError
from ..table import MAX_ROWS, MAX_SHEETS, CellError, Table, TableRow
from .merges import Merge, Merges
from .number_format import read_padding

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Before it put workbooks into an OLE file, and as some programs still do.
BARE_WORKBOOKS = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
SIGNATURES = (OLE, *BARE_WORKBOOKS)
# The folder of an OLE file names its streams in this encoding.
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
VISIBLE = 0
EMPTY_TYPES = bytes((xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK))
FIRST_DAY_OF_MACS = date(1904, 1, 1)
MACRO_FOLDER = "_VBA_PROJECT".encode("utf-16-le")
DOCUMENT_STREAM = "WordDocument".encode("utf-16-le")
WORKBOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


class OldExcelFile:
    """The sheets of a workbook; each is loaded when it is asked for.

    After the first table is read, ``first_day`` is that of the workbook.
    """

    encoding = ""

    def __init__(self, content):
        self.content = content
        self.has_macros = MACRO_FOLDER in content
        self.first_day = FIRST_DAY_OF_EXCEL
        # Of all sheets together.
        self._rows_left = MAX_ROWS

    def iterate_tables(self):
        """Yield the :class:`Table` of each visible sheet.

        :raise SpreadsheetError: when this is another kind of document, or protected
        """
        self._check_kind()
        with self._open() as book:
            if book.nsheets > MAX_SHEETS:
                raise SpreadsheetError("too_many_sheets")
            if book.datemode:
                self.first_day = FIRST_DAY_OF_MACS
            paddings = get_paddings(book)
            for index in range(book.nsheets):
                sheet = book.sheet_by_index(index)
                if sheet.visibility == VISIBLE:
                    rows = self._iterate_filled_rows(book, sheet, paddings)
                    yield Table(sheet.name, rows)
                book.unload_sheet(index)

    def _check_kind(self):
        if not self.content.startswith(OLE):
            return
        if ENCRYPTED_PACKAGE in self.content:
            raise SpreadsheetError("encrypted")
        if not any(name in self.content for name in WORKBOOK_STREAMS):
            is_document = DOCUMENT_STREAM in self.content
            raise SpreadsheetError("document" if is_document else "not_spreadsheet")

    def _open(self):
        try:
            return xlrd.open_workbook(
                file_contents=self.content,
                on_demand=True,
                ragged_rows=True,
                # Merges, hidden rows and the formats of numbers are among it.
                formatting_info=True,
                # What it remarks on a file is no news for the server's log.
                logfile=io.StringIO(),
            )
        except xlrd.XLRDError as error:
            if "encrypted" in str(error):
                raise SpreadsheetError("encrypted") from error
            raise

    def _iterate_filled_rows(self, book, sheet, paddings):
        self._rows_left -= sheet.nrows
        if self._rows_left < 0:
            raise SpreadsheetError("too_many_empty_rows")
        merges = Merges(find_merges(sheet))
        for index in range(sheet.nrows):
            # Cells that are only formatted are many, and gone through at once.
            if not bytes(sheet.row_types(index)).strip(EMPTY_TYPES):
                continue
            cells = [read_cell(book, cell, paddings) for cell in sheet.row(index)]
            if any(cell is not None for cell in cells):
                number = index + 1
                merged = merges.fill(number, cells)
                if merged is not None:
                    hidden = is_hidden(sheet, index)
                    yield TableRow(number, cells, hidden, merged, merges.get_widths())


def find_merges(sheet):
    """Return the :class:`Merge` of each range that is one cell."""
    return [
        Merge(first + 1, end, column, end_column - 1)
        for first, end, column, end_column in sheet.merged_cells
    ]


def is_hidden(sheet, index):
    """Tell whether nobody sees a row: hidden by hand, by a filter or in an outline."""
    row = sheet.rowinfo_map.get(index)
    return bool(row and (row.hidden or not row.height))


def get_paddings(book):
    """Return ``{number of a style: Padding}`` of those that add zeros to a number."""
    codes = {key: found.format_str for key, found in book.format_map.items()}
    paddings = {
        number: read_padding(codes.get(style.format_key))
        for number, style in enumerate(book.xf_list)
    }
    return {number: padding for number, padding in paddings.items() if padding}


def read_cell(book, cell, paddings):
    """Return the value of a cell of xlrd's."""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return cell.value.replace("\r\n", "\n").replace("\r", "\n") or None
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        padding = paddings.get(cell.xf_index)
        return padding.apply(cell.value) if padding else cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _read_date(book, cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return CellError(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return None


def _read_date(book, number):
    try:
        return xlrd.xldate_as_datetime(number, book.datemode)
    except (xlrd.XLDateError, OverflowError, ValueError):
        return number
