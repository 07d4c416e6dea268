"""Excel's file until 2003, ``.xls``."""

import io

import xlrd

from .cells import FIRST_DAY_OF_EXCEL
from .errors import SpreadsheetError
from .table import MAX_SHEETS, Table, TableRow

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The folder of an OLE file names its streams in this encoding.
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
VISIBLE = 0
MACRO_FOLDER = "_VBA_PROJECT".encode("utf-16-le")
WORKBOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


class OldExcelFile:
    """The sheets of a workbook; each is loaded when it is asked for."""

    encoding = ""

    def __init__(self, content):
        self.content = content
        self.has_macros = MACRO_FOLDER in content
        self.first_day = FIRST_DAY_OF_EXCEL

    def iterate_tables(self):
        """Yield the :class:`Table` of each visible sheet.

        :raise SpreadsheetError: when this is another kind of document, or protected
        """
        if ENCRYPTED_PACKAGE in self.content:
            raise SpreadsheetError("encrypted")
        if not any(name in self.content for name in WORKBOOK_STREAMS):
            raise SpreadsheetError("not_spreadsheet")
        with self._open() as book:
            for index in range(min(book.nsheets, MAX_SHEETS)):
                sheet = book.sheet_by_index(index)
                if sheet.visibility == VISIBLE:
                    rows = self._iterate_filled_rows(book, sheet)
                    yield Table(sheet.name, rows)
                book.unload_sheet(index)

    def _open(self):
        try:
            return xlrd.open_workbook(
                file_contents=self.content,
                on_demand=True,
                ragged_rows=True,
                # What it remarks on a file is no news for the server's log.
                logfile=io.StringIO(),
            )
        except xlrd.XLRDError as error:
            if "encrypted" in str(error):
                raise SpreadsheetError("encrypted") from error
            raise

    def _iterate_filled_rows(self, book, sheet):
        for index in range(sheet.nrows):
            if not sheet.row_len(index):
                continue
            cells = [self._get_value(book, cell) for cell in sheet.row(index)]
            if any(cell is not None for cell in cells):
                yield TableRow(index + 1, cells)

    def _get_value(self, book, cell):
        if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            return None
        if cell.ctype == xlrd.XL_CELL_DATE:
            return self._get_date(book, cell.value)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#N/A")
        return cell.value

    def _get_date(self, book, number):
        try:
            return xlrd.xldate_as_datetime(number, book.datemode)
        except (xlrd.XLDateError, OverflowError, ValueError):
            return number
