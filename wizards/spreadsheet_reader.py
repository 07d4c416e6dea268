"""Reads an ``.xlsx`` file row by row: pure Python, bounded memory, no database.

Everything that can be wrong with a file ends in a :class:`SpreadsheetError`.
"""

import io
import warnings
import zipfile
from typing import NamedTuple

import openpyxl

from .import_columns import COLUMNS, find_columns
from .spreadsheet_cells import to_text

MAX_FILE_SIZE = 10 * 1024 * 1024
MAX_UNPACKED_SIZE = 50 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100
LAST_SHEET_ROW = 1_048_576
HEADING_ROWS = 20

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
WORKBOOK_PART = "xl/workbook.xml"

# What openpyxl leaves out (drop-downs, styles) is nothing that an import needs, and
# no news for the server's log.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


class SpreadsheetError(Exception):
    """A file that can't be imported.

    :param reason: why, in one word that the caller puts into a sentence
    :param columns: names of the columns that are meant
    """

    def __init__(self, reason, columns=()):
        super().__init__(reason)
        self.reason = reason
        self.columns = columns


class SheetRow(NamedTuple):
    """A row of the file: its number there, and its cells by column name."""

    number: int
    cells: dict

    def get_text(self, name):
        return to_text(self.cells.get(name))


class SpreadsheetReader:
    """The rows of the first sheet, with the columns found by their headings.

    After :meth:`read_rows`, ``headings`` holds ``{column name: heading in the file}``.
    """

    def __init__(self, content):
        self.content = content
        self.headings = {}

    def read_rows(self):
        """Return the rows that are not empty.

        :raise SpreadsheetError: when the file as a whole is no use
        """
        self._check_content()
        try:
            return self._read_workbook()
        except SpreadsheetError:
            raise
        except Exception as error:
            # openpyxl and zipfile fail in a dozen ways on what is no valid file.
            raise SpreadsheetError("broken") from error

    def _check_content(self):
        if not self.content:
            raise SpreadsheetError("empty_file")
        if len(self.content) > MAX_FILE_SIZE:
            raise SpreadsheetError("too_large")
        if self.content.startswith(OLE_SIGNATURE):
            encrypted = ENCRYPTED_PACKAGE in self.content
            raise SpreadsheetError("encrypted" if encrypted else "old_format")
        if not self.content.startswith(b"PK"):
            raise SpreadsheetError("not_spreadsheet")

    def _check_archive(self):
        """Refuse what would unpack to more than a spreadsheet of our size needs.

        zipfile never unpacks more of a part than the size that is checked here.
        """
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            parts = archive.infolist()
        if any(part.flag_bits & 0x1 for part in parts):
            raise SpreadsheetError("encrypted")
        if sum(part.file_size for part in parts) > MAX_UNPACKED_SIZE:
            raise SpreadsheetError("too_large")
        if WORKBOOK_PART not in {part.filename for part in parts}:
            raise SpreadsheetError("not_spreadsheet")

    def _read_workbook(self):
        self._check_archive()
        workbook = openpyxl.load_workbook(
            io.BytesIO(self.content), read_only=True, data_only=True, keep_links=False
        )
        try:
            return self._read_sheet(workbook.worksheets[0])
        finally:
            workbook.close()

    def _read_sheet(self, sheet):
        rows = self._iterate_filled_rows(sheet)
        columns = self._read_headings(rows)
        result = []
        for number, cells in rows:
            values = {name: cells[index] for name, index in columns.items()}
            if any(map(to_text, values.values())):
                result.append(SheetRow(number, values))
            if len(result) > MAX_ROWS:
                raise SpreadsheetError("too_many_rows")
        if not result:
            raise SpreadsheetError("no_rows")
        return result

    def _iterate_filled_rows(self, sheet):
        # Some programs write a size into the file that is not the sheet's.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(
            max_row=LAST_SHEET_ROW, max_col=MAX_COLUMNS, values_only=True
        )
        for number, cells in enumerate(rows, start=1):
            if any(cell is not None for cell in cells):
                yield number, cells

    def _read_headings(self, rows):
        """Find the row of headings, which may have titles above it.

        :return: ``{column name: index}``
        """
        best = []
        for _count, (_number, cells) in zip(range(HEADING_ROWS), rows, strict=False):
            found = find_columns(cells)
            if len(found) > len(best):
                best, headings = found, cells
            if not self._get_missing_columns(best):
                break
        missing = self._get_missing_columns(best)
        if missing:
            raise SpreadsheetError("no_headings", missing)
        names = [name for name, _index in best]
        repeated = [name for name in names if names.count(name) > 1]
        if repeated:
            raise SpreadsheetError("repeated_heading", repeated[:1])
        self.headings = {name: to_text(headings[index]) for name, index in best}
        return dict(best)

    def _get_missing_columns(self, found):
        names = {name for name, _index in found}
        return [
            column.name
            for column in COLUMNS
            if column.required and column.name not in names
        ]
