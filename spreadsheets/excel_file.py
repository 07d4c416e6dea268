"""Excel's file since 2007, ``.xlsx`` or ``.xlsm``: read row by row, and never run."""

import io
import re
import warnings
import zipfile

import openpyxl
from openpyxl.worksheet._reader import WorkSheetParser

from .errors import SpreadsheetError
from .table import Table, TableRow

SIGNATURE = b"PK\x03\x04"
# What the largest file we allow needs, and a good deal more: 20,000 rows of 30 columns.
MAX_UNPACKED_SIZE = 50 * 1024 * 1024
MAX_TAGS_OF_SHEET = 4_000_000
MAX_TAGS_OF_TEXTS = 1_200_000
# Styles and the like are read as a whole, and so is each row.
MAX_PART_SIZE = 5 * 1024 * 1024
MAX_TAGS_OF_PART = 100_000
# Formatted down to the very last row of Excel, empty rows would take half a gigabyte.
MAX_SHEET_ROWS = 200_000
MAX_ROWS = 1_000_000
MAX_SHEETS = 20
MAX_COLUMNS = 256
LAST_SHEET_ROW = 1_048_576

WORKBOOK_PART = "xl/workbook.xml"
MACRO_PART = "xl/vbaProject.bin"
SHEETS = "xl/worksheets/"
TEXTS = "xl/sharedStrings"
# A spreadsheet never declares a document type; who does wants to define entities.
DOCUMENT_TYPES = tuple(
    "<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
ROW_TAG = re.compile(rb"<(?:[^\s<>/:]+:)?row[\s/>]")
# Nobody calculated it; one whose value is an empty text is another type of cell.
# No tag goes on beyond the next one: of a million that never end, each would be read
# to the end of the file.
UNSAVED_FORMULA = re.compile(
    rb'<c\b(?![^<>]*\bt="str")[^<>]*>'
    rb"<f\b[^<>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>"
)
LONGEST_FORMULA = 10_000
CHUNK_SIZE = 1024 * 1024

# What openpyxl leaves out (drop-downs, styles) is nothing that an import needs, and
# no news for the server's log.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


class ExcelFile:
    """The sheets of a workbook, each read as a stream of rows."""

    def __init__(self, content):
        self.content = content
        self.has_macros = False
        self.has_unsaved_formulas = False
        # Of all sheets together.
        self.rows_left = MAX_ROWS

    def iterate_tables(self):
        """Yield the :class:`Table` of each visible sheet.

        :raise SpreadsheetError: before anything is unpacked that should not be
        """
        self._check_archive()
        values = self._open(data_only=True)
        # A formula that was never calculated has no value; its text says which it is.
        formulas = self._open(data_only=False) if self.has_unsaved_formulas else None
        try:
            for index, sheet in enumerate(values.worksheets[:MAX_SHEETS]):
                if sheet.sheet_state == "visible":
                    of_formulas = formulas.worksheets[index] if formulas else None
                    rows = self._iterate_filled_rows(sheet, of_formulas)
                    yield Table(sheet.title, rows)
        finally:
            values.close()
            if formulas:
                formulas.close()

    def _open(self, data_only):
        return openpyxl.load_workbook(
            io.BytesIO(self.content),
            read_only=True,
            data_only=data_only,
            keep_links=False,
        )

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
                if part.filename.startswith(SHEETS):
                    self._check_sheet(archive, part)
                elif part.filename.startswith(TEXTS):
                    self._check_part(archive, part, MAX_TAGS_OF_TEXTS)
                elif part.file_size > MAX_PART_SIZE:
                    raise SpreadsheetError("unpacks_too_large")
                else:
                    self._check_part(archive, part, MAX_TAGS_OF_PART)

    def _check_part(self, archive, part, most_tags):
        tags = 0
        for chunk in self._iterate_chunks(archive, part):
            tags += chunk.count(b"<")
            if tags > most_tags:
                raise SpreadsheetError("unpacks_too_large")

    def _check_sheet(self, archive, part):
        """Count rows, and what stands between them and is kept as a whole."""
        rows = tags = tags_of_row = 0
        end = b""
        for chunk in self._iterate_chunks(archive, part):
            rows += len(ROW_TAG.findall(chunk))
            self.has_unsaved_formulas |= bool(UNSAVED_FORMULA.search(end + chunk))
            end = chunk[-LONGEST_FORMULA:]
            for number, piece in enumerate(chunk.split(b"row")):
                count = piece.count(b"<")
                tags_of_row = count if number else tags_of_row + count
                tags += count
                if tags_of_row > MAX_TAGS_OF_PART or tags > MAX_TAGS_OF_SHEET:
                    raise SpreadsheetError("unpacks_too_large")
            if rows > MAX_SHEET_ROWS:
                raise SpreadsheetError("too_many_empty_rows")

    def _iterate_chunks(self, archive, part):
        with archive.open(part) as stream:
            tail = b""
            while chunk := stream.read(CHUNK_SIZE):
                if any(mark in tail + chunk for mark in DOCUMENT_TYPES):
                    raise SpreadsheetError("not_spreadsheet")
                tail = chunk[-max(map(len, DOCUMENT_TYPES)) :]
                yield chunk

    def _iterate_filled_rows(self, sheet, of_formulas):
        rows = self._iterate_rows(sheet)
        if of_formulas:
            formulas = self._iterate_rows(of_formulas)
            rows = map(self._add_unsaved_formulas, rows, formulas)
        for number, values in rows:
            self.rows_left -= 1
            if self.rows_left < 0:
                raise SpreadsheetError("too_many_empty_rows")
            if values:
                columns = range(1, max(values) + 1)
                cells = [values.get(column) for column in columns]
                yield TableRow(number, cells)

    def _iterate_rows(self, sheet):
        """Yield the rows that are in the file, as ``(number, {column: value})``.

        openpyxl has only its parser for that: else it makes up all rows and cells that
        lie between two of them, a million of them above a cell in the last row.
        """
        book = sheet.parent
        last = 0
        with sheet._get_source() as source:
            parser = WorkSheetParser(
                source,
                sheet._shared_strings,
                data_only=book.data_only,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for number, cells in parser.parse():
                # A row that was read already is no other one.
                if last < number <= LAST_SHEET_ROW:
                    last = number
                    yield number, self._get_values(cells)

    def _get_values(self, cells):
        return {
            cell["column"]: cell["value"]
            for cell in cells
            if cell["value"] is not None and cell["column"] <= MAX_COLUMNS
        }

    def _add_unsaved_formulas(self, row, of_formulas):
        (number, values), (_number, formulas) = row, of_formulas
        return number, {**formulas, **values}
