import re
from datetime import date, datetime

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from odoo.tests import tagged

from ..spreadsheets.files.file_kinds import open_file
from .common_files import FileCase


@tagged("post_install", "-at_install")
class TestExcelDialects(FileCase):
    """Programs write Excel's file in many ways; what is in it is the same."""

    def make_strict(self, content):
        """Return a workbook as Excel saves it as "Strict Open XML"."""

        def rename(data):
            return re.sub(
                rb"http://schemas.openxmlformats.org/"
                rb"(spreadsheetml|officeDocument|drawingml)/2006/",
                rb"http://purl.oclc.org/ooxml/\1/",
                data,
            )

        names = (
            "xl/workbook.xml",
            "_rels/.rels",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/worksheets/sheet1.xml",
        )
        return self.change_parts(content, dict.fromkeys(names, rename))

    def test_strict_open_xml(self):
        book, sheet = self.make_sheet([self.date, "x", 3], [None, "y", 4])
        sheet.merge_cells("A1:A2")
        day = datetime(2026, 11, 30)
        self.assertEqual(
            self.read_cells(self.make_strict(self.save(book))),
            [[day, "x", 3], [day, "y", 4]],
        )

    def test_dates_in_the_notation_of_iso(self):
        book, _sheet = self.make_sheet([12345], [12346])
        content = self.change_sheet(
            self.save(book),
            (b't="n"><v>12345</v>', b't="d"><v>2026-11-30T00:00:00.000Z</v>'),
            (b't="n"><v>12346</v>', b't="d"><v>2026-11-30</v>'),
        )
        self.assertEqual(
            self.read_cells(self.make_strict(content)),
            [[datetime(2026, 11, 30)], [date(2026, 11, 30)]],
        )

    def test_names_with_a_prefix(self):
        book, sheet = self.make_sheet(["x", "=1+1"], [None, 2])
        sheet.merge_cells("A1:A2")
        sheet.row_dimensions[2].hidden = True

        def add_prefix(data):
            data = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", data)
            return data.replace(b"xmlns=", b"xmlns:x=")

        content = self.change_parts(
            self.save(book), {"xl/worksheets/sheet1.xml": add_prefix}
        )
        first, second = self.read_rows(content)
        self.assertEqual(first.cells, ["x", "=1+1"])
        self.assertEqual(second.cells, ["x", 2])
        self.assertTrue(second.is_hidden)

    def test_indented(self):
        book, sheet = self.make_sheet(["x", 1], [None, 2])
        sheet.merge_cells("A1:A2")
        content = self.change_parts(
            self.save(book),
            {"xl/worksheets/sheet1.xml": lambda data: data.replace(b"><", b">\n  <")},
        )
        self.assertEqual(self.read_cells(content), [["x", 1], ["x", 2]])

    def test_rows_and_cells_without_a_place(self):
        book, _sheet = self.make_sheet(["x", None, 1], ["y", None, 2])
        content = self.change_parts(
            self.save(book),
            {
                "xl/worksheets/sheet1.xml": lambda data: re.sub(
                    rb'<(row|c) r="\w+"', rb"<\1", data
                ).replace(b"</c><c", b"</c><c/><c")
            },
        )
        rows = self.read_rows(content)
        self.assertEqual([row.number for row in rows], [1, 2])
        self.assertEqual([row.cells for row in rows], [["x", None, 1], ["y", None, 2]])

    def test_rows_that_are_not_in_their_order(self):
        book, _sheet = self.make_sheet([1], [2], [3])
        for number in (b"2", b"1", b"0", b"1048577"):
            content = self.change_sheet(
                self.save(book), (b'<row r="3"', b'<row r="%s"' % number)
            )
            self.assertEqual(self.get_reason(content), "broken")

    def test_days_since_1904(self):
        book, _sheet = self.make_sheet([date(2026, 11, 30), 44894])
        book.epoch = CALENDAR_MAC_1904
        source = open_file(self.save(book))
        ((row,),) = [list(table.rows) for table in source.iterate_tables()]
        self.assertEqual(row.cells, [datetime(2026, 11, 30), 44894])
        self.assertEqual(source.first_day, date(1904, 1, 1))

    def test_days_since_1900(self):
        book, _sheet = self.make_sheet([1])
        source = open_file(self.save(book))
        list(source.iterate_tables())
        self.assertEqual(source.first_day, date(1899, 12, 30))


@tagged("post_install", "-at_install")
class TestSheets(FileCase):
    def make_book(self, count):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for number in range(count):
            book.create_sheet(f"Sheet {number}").append([number])
        return book

    def test_many_sheets(self):
        tables = self.read_tables(self.save(self.make_book(60)))
        self.assertEqual(list(tables)[-1], "Sheet 59")

    def test_far_too_many_sheets(self):
        self.assertEqual(
            self.get_reason(self.save(self.make_book(501))), "too_many_sheets"
        )

    def test_hidden_sheets(self):
        book = self.make_book(3)
        book.worksheets[0].sheet_state = "hidden"
        book.worksheets[1].sheet_state = "veryHidden"
        book.active = 2
        self.assertEqual(list(self.read_tables(self.save(book))), ["Sheet 2"])

    def test_chart_sheets(self):
        book = self.make_book(1)
        book.create_chartsheet("Chart")
        self.assertEqual(list(self.read_tables(self.save(book))), ["Sheet 0"])

    def test_sheet_that_is_there_twice(self):
        """Each part of the file is read once, however often it is named."""
        content = self.change_parts(
            self.save(self.make_book(1)),
            {
                "xl/workbook.xml": lambda data: data.replace(
                    b"</sheets>",
                    b"".join(
                        b'<sheet xmlns:r="http://schemas.openxmlformats.org/'
                        b'officeDocument/2006/relationships" name="Copy %d" '
                        b'sheetId="%d" state="visible" r:id="rId1"/>' % (number, number)
                        for number in range(2, 2000)
                    )
                    + b"</sheets>",
                )
            },
        )
        self.assertEqual(list(self.read_tables(content)), ["Sheet 0"])
