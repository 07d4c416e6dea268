from datetime import datetime

import xlwt

from odoo.tests import tagged

from ..spreadsheets.cells.texts import to_text
from ..spreadsheets.files.file_kinds import open_file
from ..spreadsheets.table import CellError, PaddedNumber
from .common_files import FileCase


@tagged("post_install", "-at_install")
class TestOldExcelFiles(FileCase):
    """An ``.xls`` says the same as an ``.xlsx``: merges, hidden rows and formats."""

    def setUp(self):
        super().setUp()
        self.book = xlwt.Workbook()
        self.sheet = self.book.add_sheet("Rows")

    def read_book(self):
        return self.read_rows(self.save_old(self.book))

    def test_merged_cells(self):
        day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
        self.sheet.write_merge(0, 3, 0, 0, self.date, day)
        self.sheet.write_merge(0, 1, 1, 1, "n")
        self.sheet.write_merge(2, 3, 1, 1, "s")
        for number in range(4):
            self.sheet.write(number, 2, number)
        date = datetime(2026, 11, 30)
        self.assertEqual(
            [(row.cells, row.merged) for row in self.read_book()],
            [
                ([date, "n", 0], {0: 1, 1: 1}),
                ([date, "n", 1], {0: 1, 1: 1}),
                ([date, "s", 2], {0: 1, 1: 3}),
                ([date, "s", 3], {0: 1, 1: 3}),
            ],
        )

    def test_merge_down_to_the_last_row(self):
        self.sheet.merge(0, 65_535, 0, 0)
        self.sheet.write(0, 0, "x")
        self.sheet.write(0, 1, 1)
        self.sheet.write(65_535, 1, 2)
        content = self.save_old(self.book)
        with self.assertLittleWork():
            rows = self.read_rows(content)
        self.assertEqual([row.cells for row in rows], [["x", 1], ["x", 2]])

    def test_hidden_rows(self):
        for number in range(4):
            self.sheet.write(number, 0, number)
        self.sheet.row(1).hidden = True
        self.sheet.row(2).height = 0
        self.sheet.row(2).height_mismatch = True
        hidden = [row.number for row in self.read_book() if row.is_hidden]
        self.assertEqual(hidden, [2, 3])

    def test_numbers_with_zeros(self):
        self.sheet.write(0, 0, 456, xlwt.easyxf(num_format_str="00000"))
        self.sheet.write(0, 1, 456)
        ((row),) = self.read_book()
        self.assertIsInstance(row.cells[0], PaddedNumber)
        self.assertEqual([to_text(cell) for cell in row.cells], ["00456", "456"])

    def test_days_since_1904(self):
        self.book.dates_1904 = True
        self.sheet.write(0, 0, 44894)
        source = open_file(self.save_old(self.book))
        list(source.iterate_tables())
        self.assertEqual(source.first_day.isoformat(), "1904-01-01")

    def test_errors(self):
        self.sheet.row(0).set_cell_error(0, "#DIV/0!")
        ((cell,),) = [row.cells for row in self.read_book()]
        self.assertIsInstance(cell, CellError)
        self.assertEqual(cell, "#DIV/0!")

    def test_line_breaks(self):
        self.sheet.write(0, 0, "TC\r\nTN")
        self.assertEqual(self.read_book()[0].cells, ["TC\nTN"])

    def test_cells_that_are_only_formatted(self):
        red = xlwt.easyxf("pattern: pattern solid, fore_colour red")
        for number in range(1000):
            self.sheet.row(number).set_cell_mulblanks(0, 200, red)
        self.sheet.write(1000, 1, "x")
        content = self.save_old(self.book)
        with self.assertLittleWork():
            self.assertEqual([row.number for row in self.read_rows(content)], [1001])
