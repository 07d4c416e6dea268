"""Excel's file since 2007, ``.xlsx`` or ``.xlsm``: read row by row, and never run."""

import io
import re
import warnings
import zipfile

import openpyxl

from .errors import SpreadsheetError

SIGNATURE = b"PK"
MAX_UNPACKED_SIZE = 50 * 1024 * 1024
# Styles and the like are read as a whole: only sheets and texts may be large.
MAX_PART_SIZE = 5 * 1024 * 1024
MAX_TEXTS_SIZE = 25 * 1024 * 1024
# Formatted down to the very last row of Excel, empty rows would take half a gigabyte.
MAX_SHEET_ROWS = 200_000
MAX_COLUMNS = 100
LAST_SHEET_ROW = 1_048_576

WORKBOOK_PART = "xl/workbook.xml"
MACRO_PART = "xl/vbaProject.bin"
SHEETS = "xl/worksheets/"
TEXTS = "xl/sharedStrings"
# A spreadsheet never declares a document type; who does wants to define entities.
DOCUMENT_TYPES = tuple(
    "<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
ROW_TAG = re.compile(rb"<(?:\w+:)?row[ />]")
CHUNK_SIZE = 1024 * 1024

# What openpyxl leaves out (drop-downs, styles) is nothing that an import needs, and
# no news for the server's log.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


class ExcelFile:
    """The sheets of a workbook, each read as a stream of rows."""

    def __init__(self, content):
        self.content = content
        self.has_macros = False

    def iterate_tables(self):
        """Yield the rows of each sheet, as an iterator of ``(number, cells)``.

        :raise SpreadsheetError: before anything is unpacked that should not be
        """
        self._check_archive()
        workbook = openpyxl.load_workbook(
            io.BytesIO(self.content), read_only=True, data_only=True, keep_links=False
        )
        try:
            for sheet in workbook.worksheets:
                yield self._iterate_filled_rows(sheet)
        finally:
            workbook.close()

    def _check_archive(self):
        """Refuse what would unpack to more than a spreadsheet of our size needs.

        zipfile never unpacks more of a part than the size that is checked here.
        """
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if any(part.flag_bits & 0x1 for part in parts):
                raise SpreadsheetError("encrypted")
            if WORKBOOK_PART not in names:
                raise SpreadsheetError("not_spreadsheet")
            if sum(part.file_size for part in parts) > MAX_UNPACKED_SIZE:
                raise SpreadsheetError("unpacks_too_large")
            self.has_macros = MACRO_PART in names
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    self._check_part(archive, part)

    def _check_part(self, archive, part):
        is_sheet = part.filename.startswith(SHEETS)
        is_text = part.filename.startswith(TEXTS)
        limit = MAX_TEXTS_SIZE if is_text else MAX_PART_SIZE
        if part.file_size > limit and not is_sheet:
            raise SpreadsheetError("unpacks_too_large")
        rows = 0
        with archive.open(part) as stream:
            tail = b""
            while chunk := stream.read(CHUNK_SIZE):
                if any(mark in tail + chunk for mark in DOCUMENT_TYPES):
                    raise SpreadsheetError("not_spreadsheet")
                rows += len(ROW_TAG.findall(chunk)) if is_sheet else 0
                tail = chunk[-max(map(len, DOCUMENT_TYPES)) :]
        if rows > MAX_SHEET_ROWS:
            raise SpreadsheetError("too_many_empty_rows")

    def _iterate_filled_rows(self, sheet):
        # Some programs write a size into the file that is not the sheet's.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(
            max_row=LAST_SHEET_ROW, max_col=MAX_COLUMNS, values_only=True
        )
        for number, cells in enumerate(rows, start=1):
            if any(cell is not None for cell in cells):
                yield number, cells
