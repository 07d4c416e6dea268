"""Excel's file since 2007, ``.xlsx`` or ``.xlsm``: read row by row, and never run."""

import io
import re
import warnings
import zipfile
from datetime import datetime

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.constants import SHARED_STRINGS

from ..cells.texts import FIRST_DAY_OF_EXCEL
from ..errors import SpreadsheetError
from ..table import MAX_ROWS, MAX_SHEETS, Table, TableRow
from .archive import check_part, check_tags, iterate_sheet_chunks, open_archive
from .excel_sheet import SheetParser, find_merges, read_shared_texts
from .merges import Merges
from .number_format import read_padding

MAX_TAGS_OF_TEXTS = 1_200_000

# Some programs number it.
WORKBOOK_PART = re.compile(r"xl/workbook\d*\.xml")
MACRO_PART = "xl/vbaProject.bin"
SHEETS = "xl/worksheets/"
TEXTS = "xl/sharedStrings"
ROW_TAG = re.compile(rb"<(?:[^\s<>/:]+:)?row[\s/>]")
# The names of ISO ("Strict Open XML") and those that Excel gave the same things.
STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
COMMON_NAME = rb"http://schemas.openxmlformats.org/\1/2006/"

# What openpyxl leaves out (drop-downs, styles) is nothing that an import needs, and
# no news for the server's log.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


class ExcelFile:
    """The sheets of a workbook, each read as a stream of rows.

    After the first table is read, ``has_macros`` and ``first_day`` are those of the
    workbook.
    """

    encoding = ""

    def __init__(self, content):
        self.content = content
        self.has_macros = False
        self.first_day = FIRST_DAY_OF_EXCEL
        # Of all sheets together.
        self._rows_left = MAX_ROWS
        # {name of a part: its merges}
        self._merges = {}

    def iterate_tables(self):
        """Yield the :class:`Table` of each visible sheet.

        :raise SpreadsheetError: before anything is unpacked that should not be
        """
        self._check_archive()
        book = _Book(self.content)
        self.first_day = book.first_day
        with book.archive:
            for name, part in book.iterate_sheets():
                yield Table(name, self._iterate_filled_rows(book, part))

    def _check_archive(self):
        with open_archive(self.content) as archive:
            names = archive.namelist()
            self.has_macros = MACRO_PART in names
            for part in archive.infolist():
                if part.filename.startswith(SHEETS):
                    self._check_sheet(archive, part)
                elif part.filename.startswith(TEXTS):
                    check_tags(archive, part, MAX_TAGS_OF_TEXTS)
                else:
                    check_part(archive, part)
            workbook = next(filter(WORKBOOK_PART.fullmatch, names))
            if STRICT_NAME.search(archive.read(workbook)):
                self.content = _rename_parts(archive)

    def _check_sheet(self, archive, part):
        merges = self._merges[part.filename] = []
        end = b""
        for chunk in iterate_sheet_chunks(archive, part, ROW_TAG):
            whole_tags, bracket, _begun = chunk.rpartition(b">")
            merges += find_merges(end + whole_tags + bracket)
            end = chunk[len(whole_tags) :]

    def _iterate_filled_rows(self, book, part):
        merges = Merges(self._merges.get(part, ()))
        for row in book.iterate_rows(part):
            self._rows_left -= 1
            if self._rows_left < 0:
                raise SpreadsheetError("too_many_empty_rows")
            if row.values:
                last = max(row.values)
                cells = [row.values.get(column) for column in range(1, last + 1)]
                merged = merges.fill(row.number, cells)
                if merged is not None:
                    yield TableRow(
                        row.number, cells, row.is_hidden, merged, merges.get_widths()
                    )


class _Book:
    """What all sheets share. openpyxl knows where that is, and how to read it."""

    def __init__(self, content):
        reader = ExcelReader(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        self.archive = reader.archive
        self.first_day = datetime.date(reader.wb.epoch)
        self._reader = reader
        self._parser = SheetParser(self._read_texts(), reader.wb, self._get_paddings())

    def iterate_sheets(self):
        """Yield the name of each visible sheet, and its part of the file."""
        seen = set()
        for sheet, relation in self._reader.parser.find_sheets():
            part = relation.target
            is_sheet = relation.Type.endswith("/worksheet") and part not in seen
            if sheet.state == "visible" and is_sheet:
                seen.add(part)
                if len(seen) > MAX_SHEETS:
                    raise SpreadsheetError("too_many_sheets")
                yield sheet.name, part

    def iterate_rows(self, part):
        with self.archive.open(part) as source:
            yield from self._parser.iterate_rows(source)

    def _read_texts(self):
        part = self._reader.package.find(SHARED_STRINGS)
        if part is None:
            return []
        with self.archive.open(part.PartName[1:]) as source:
            return read_shared_texts(source)

    def _get_paddings(self):
        custom = dict(
            enumerate(self._reader.wb._number_formats, start=BUILTIN_FORMATS_MAX_SIZE)
        )
        codes = {**BUILTIN_FORMATS, **custom}
        paddings = {
            style: read_padding(codes.get(array.numFmtId))
            for style, array in enumerate(self._reader.wb._cell_styles)
        }
        return {style: padding for style, padding in paddings.items() if padding}


def _rename_parts(archive):
    """Return the content of an archive with the names that openpyxl knows."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as renamed:
        for name in archive.namelist():
            content = archive.read(name)
            renamed.writestr(name, STRICT_NAME.sub(COMMON_NAME, content))
    return output.getvalue()
