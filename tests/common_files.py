import io
import zipfile
from datetime import date

import openpyxl

from odoo.tests.common import BaseCase

from ..spreadsheets.errors import SpreadsheetError
from ..spreadsheets.files.file_kinds import open_file
from .common_import import FileMaker


class FileCase(FileMaker, BaseCase):
    """What is read of a file before anything in it has a meaning: no database."""

    date = date(2026, 11, 30)

    def make_sheet(self, *rows):
        """Return a workbook of openpyxl's, and its sheet with these rows."""
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        return book, book.active

    def read_tables(self, content):
        """Return ``{name of a sheet: list of its rows}``."""
        return {
            table.name: list(table.rows)
            for table in open_file(content).iterate_tables()
        }

    def read_rows(self, content):
        """Return the rows of a file that has one sheet."""
        ((_name, rows),) = self.read_tables(content).items()
        return rows

    def read_cells(self, content):
        return [row.cells for row in self.read_rows(content)]

    def get_reason(self, content):
        """Return why a file is refused."""
        with self.assertRaises(SpreadsheetError) as caught:
            self.read_tables(content)
        return caught.exception.reason

    def read_part(self, content, name="xl/worksheets/sheet1.xml"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(name)

    def change_sheet(self, content, *changes):
        """Return an ``.xlsx`` whose first sheet has other texts in its XML.

        :param changes: pairs of bytes, each of which is in the sheet
        """

        def change(data):
            for old, new in changes:
                self.assertIn(old, data)
                data = data.replace(old, new)
            return data

        return self.change_parts(content, {"xl/worksheets/sheet1.xml": change})

    def add_merges(self, book, merges):
        """Return a workbook to which openpyxl would not add such merges."""
        end = b"</sheetData>"
        merges = b"<mergeCells>" + merges + b"</mergeCells>"
        return self.change_sheet(self.save(book), (end, end + merges))

    def save_old(self, book):
        """Return the content of a workbook of xlwt's."""
        output = io.BytesIO()
        book.save(output)
        return output.getvalue()
