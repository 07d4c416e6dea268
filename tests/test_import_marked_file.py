import base64
import io
import zipfile

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.styles import Font

from odoo.tests import tagged

from .common_import import ENGLISH, NAMES, ImportCase

ERROR_COLOUR = "FFF8B4B4"


class MarkedFileCase(ImportCase):
    def make_book(self, *rows):
        book = openpyxl.Workbook()
        for row in [ENGLISH, *rows]:
            book.active.append(row)
        return book, book.active

    def mark(self, content):
        """Check a file, and return the workbook that comes back with marks."""
        upload = self.check(content)
        self.assertTrue(upload.finding_ids)
        return openpyxl.load_workbook(io.BytesIO(self.decode(upload.marked_file)))

    def get_place(self, name):
        return NAMES.index(name) + 1

    def assertMarked(self, sheet, row, column, text):
        """Check the sentence beside a row, and the colour of a cell in it."""
        self.assertIn(text, sheet.cell(row, sheet.max_column).value)
        self.assertEqual(sheet.cell(row, column).fill.fgColor.rgb, ERROR_COLOUR)


@tagged("post_install", "-at_install")
class TestMarkedWorkbook(MarkedFileCase):
    """A workbook of Excel's comes back as it was, and with marks."""

    def test_other_sheets_widths_and_formats(self):
        book, sheet = self.make_book(self.make_row(sku="NOPE"))
        sheet.title = "Season"
        sheet.column_dimensions["E"].width = 55
        sheet["H2"].value = "bold"
        sheet["H2"].font = Font(bold=True)
        sheet.row_dimensions[2].height = 40
        other = book.create_sheet("Terms")
        other["B3"].value = "30 days"
        marked = self.mark(self.save(book))
        self.assertEqual(marked.sheetnames, ["Season", "Terms"])
        sheet = marked["Season"]
        self.assertEqual(sheet.column_dimensions["E"].width, 55)
        self.assertTrue(sheet["H2"].font.bold)
        self.assertEqual(sheet.row_dimensions[2].height, 40)
        self.assertEqual(marked["Terms"]["B3"].value, "30 days")
        self.assertMarked(sheet, 2, self.get_place("sku"), "No product has this SKU")
        self.assertEqual(sheet.cell(1, len(ENGLISH) + 1).value, "Check result")

    def test_merged_cells(self):
        book, sheet = self.make_book(self.make_row(), self.make_next_row("NOPE", 2))
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("D2:D3")
        sheet = self.mark(self.save(book)).active
        self.assertEqual(set(map(str, sheet.merged_cells.ranges)), {"A2:A3", "D2:D3"})
        self.assertMarked(sheet, 3, self.get_place("sku"), "No product")

    def test_merged_cell_that_is_wrong(self):
        """Its only colour is that of its first row."""
        book, sheet = self.make_book(
            self.make_row(destination="NOPE"), self.make_next_row("MUG-001", 2)
        )
        sheet.merge_cells("D2:D3")
        sheet = self.mark(self.save(book)).active
        self.assertEqual(sheet["D2"].fill.fgColor.rgb, ERROR_COLOUR)

    def test_hidden_row_is_shown_when_it_is_marked(self):
        book, sheet = self.make_book(
            self.make_row(sku="NOPE"), self.make_row(destination="SHS")
        )
        sheet.row_dimensions[2].hidden = True
        sheet = self.mark(self.save(book)).active
        self.assertFalse(sheet.row_dimensions[2].hidden)

    def test_columns_that_share_their_width(self):
        """A file with two widths for one column is damaged to Excel."""
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output)
        sheet = book.add_worksheet()
        sheet.set_column(0, 16_383, 12)
        date_format = book.add_format({"num_format": "yyyy-mm-dd"})
        for index, value in enumerate(ENGLISH):
            sheet.write(0, index, value)
        for index, value in enumerate(self.make_row(sku="NOPE")):
            if value is not None:
                sheet.write(1, index, value, *[date_format] * (value == self.date))
        book.close()
        widths = self.mark(output.getvalue()).active.column_dimensions
        self.assertEqual((widths["A"].min, widths["A"].max), (1, len(ENGLISH)))
        mark = widths["I"]
        self.assertEqual((mark.min, mark.max, mark.width), (9, 9, 80))

    def test_formula_without_a_value(self):
        """It is an error again, and no text that somebody might have meant."""
        book, sheet = self.make_book(self.make_row(quantity="=1+1"))
        cell = self.mark(self.save(book)).active.cell(2, self.get_place("quantity"))
        self.assertEqual((cell.value, cell.data_type), ("#VALUE!", "s"))

    def test_macros_and_drawings_are_left_out(self):
        book, sheet = self.make_book(self.make_row(sku="NOPE"))
        chart = openpyxl.chart.BarChart()
        chart.add_data(openpyxl.chart.Reference(sheet, 7, 1, 7, 2))
        sheet.add_chart(chart)
        book.create_chartsheet("Chart")
        content = self.add_part(self.save(book), "xl/vbaProject.bin")
        upload = self.check(content)
        names = zipfile.ZipFile(io.BytesIO(self.decode(upload.marked_file))).namelist()
        self.assertNotIn("xl/vbaProject.bin", names)
        self.assertFalse([name for name in names if "chart" in name])

    def test_mended_rows_lose_their_colours(self):
        content = self.make_file(
            self.make_row(sku="NOPE"),
            self.make_row(destination="SHS", quantity="many"),
        )
        book = self.mark(content)
        book.active.cell(2, self.get_place("sku")).value = "TEA-001"
        sheet = self.mark(self.save(book)).active
        place = sheet.max_column
        self.assertIsNone(sheet.cell(2, place).value)
        for column in (self.get_place("sku"), place):
            self.assertNotEqual(sheet.cell(2, column).fill.fgColor.rgb, ERROR_COLOUR)
        self.assertMarked(sheet, 3, self.get_place("quantity"), "quantity")

    def test_each_sheet_has_its_own_marks(self):
        book, _sheet = self.make_book(self.make_row(sku="NOPE-1"))
        second = book.create_sheet("Second")
        second.append(["Page 2"])
        second.append(ENGLISH)
        second.append(self.make_row(destination="SHS", sku="NOPE-2"))
        marked = self.mark(self.save(book))
        for name, row in (("Sheet", 2), ("Second", 3)):
            self.assertMarked(marked[name], row, self.get_place("sku"), "No product")

    def test_what_is_about_a_whole_column(self):
        """It stands beside the first row of orders, below whatever titles."""
        content = self.make_file(
            [*ENGLISH, "Whatever"],
            [*self.make_row(), "SHS"],
            headings=["Orders of the season"],
        )
        sheet = self.mark(content).active
        place = sheet.max_column
        self.assertEqual(sheet.cell(2, place).value, "Check result")
        self.assertIn(
            "Error in the whole column Whatever: This column was not read",
            sheet.cell(3, place).value,
        )

    def test_what_is_about_the_whole_file(self):
        content = self.make_file([*self.make_row(), "x"], headings=[*ENGLISH, "Foo"])
        sheet = self.mark(content).active
        self.assertIn(
            "Notice in the whole file: Columns that were not read: Foo.",
            sheet.cell(2, sheet.max_column).value,
        )

    def test_whole_file_of_several_sheets(self):
        book, _sheet = self.make_book(self.make_row())
        second = book.create_sheet("Second")
        second.append([*ENGLISH, "Whatever"])
        second.append([*self.make_row(destination="SHS"), "SHN"])
        marked = self.mark(self.save(book))
        first, second = marked["Sheet"], marked["Second"]
        sentences = first.cell(2, first.max_column).value
        self.assertIn("Several sheets were read", sentences)
        self.assertNotIn("Whatever", sentences)
        self.assertIn("Whatever", second.cell(2, second.max_column).value)

    def test_sheet_that_repeats_another_one_and_goes_on(self):
        book, _sheet = self.make_book(self.make_row())
        second = book.create_sheet("Second")
        for row in (ENGLISH, self.make_row(), self.make_row(sku="NOPE")):
            second.append(row)
        marked = self.mark(self.save(book))
        self.assertMarked(marked["Second"], 3, self.get_place("sku"), "No product")
        self.assertEqual(marked["Sheet"].max_column, len(ENGLISH))

    def test_column_of_a_store(self):
        headings = ["Expected date", "SKU", "SHN", "SHS"]
        content = self.make_file([self.date, "TEA-001", 3, "many"], headings=headings)
        sheet = self.mark(content).active
        self.assertMarked(sheet, 2, 4, "This is not a quantity")

    def test_what_openpyxl_cannot_load_is_written_anew(self):
        content = self.change_parts(
            self.make_file(self.make_row(sku="NOPE")),
            {"docProps/core.xml": lambda _data: b"<x"},
        )
        self.assertMarked(
            self.mark(content).active, 2, self.get_place("sku"), "No product"
        )

    def test_ranges_without_end(self):
        """openpyxl makes each cell of a range that is merged, or is a link."""
        for element in (
            b'<mergeCells><mergeCell ref="J9:XFD1048576"/></mergeCells>',
            b'<hyperlinks><hyperlink ref="J9:XFD1048576" location="A1"/></hyperlinks>',
        ):
            content = self.change_parts(
                self.make_file(self.make_row(sku="NOPE")),
                {
                    "xl/worksheets/sheet1.xml": lambda data, element=element: (
                        data.replace(b"</sheetData>", b"</sheetData>" + element)
                    )
                },
            )
            upload = self.check(content)
            with self.assertLittleWork():
                self.assertTrue(upload.marked_file)

    def test_row_far_down(self):
        book, sheet = self.make_book(self.make_row(sku="NOPE"))
        sheet.cell(1_048_576, 8).value = "far away"
        upload = self.check(self.save(book))
        with self.assertLittleWork():
            self.assertTrue(upload.marked_file)


@tagged("post_install", "-at_install")
class TestFilesWrittenAnew(MarkedFileCase):
    """Other kinds of files come back as a workbook that says the same."""

    def make_old_file(self, **values):
        book = xlwt.Workbook()
        sheet = book.add_sheet("Rows")
        for index, heading in enumerate(ENGLISH):
            sheet.write(0, index, heading)
        for name, value in values.items():
            sheet.write(1, NAMES.index(name), value)
        return book, sheet

    def save_old(self, book):
        output = io.BytesIO()
        book.save(output)
        return output.getvalue()

    def test_merged_cells_stay_merged(self):
        """Else a merged quantity would be one for each row."""
        book, sheet = self.make_old_file(sku="TEA-001", destination="SHN")
        sheet.write_merge(1, 2, 0, 0, str(self.date))
        sheet.write_merge(1, 2, 6, 6, 12)
        sheet.write(2, NAMES.index("sku"), "MUG-001")
        marked = self.mark(self.save_old(book)).active
        self.assertEqual(set(map(str, marked.merged_cells.ranges)), {"A2:A3", "G2:G3"})
        self.assertEqual(marked["G2"].value, 12)

    def test_numbers_with_zeros(self):
        book, sheet = self.make_old_file(expected_date=str(self.date))
        zeros = xlwt.easyxf(num_format_str="00000")
        sheet.write(1, NAMES.index("sku"), 456, zeros)
        cell = self.mark(self.save_old(book)).active.cell(2, self.get_place("sku"))
        self.assertEqual((cell.value, cell.number_format), (456, "00000"))

    def test_marked_text_can_be_mended(self):
        content = "\n".join(
            [
                "Expected date;To store;SKU;Quantity",
                f"{self.date};SHN;NOPE;3",
            ]
        ).encode()
        upload = self.check(content)
        book = openpyxl.load_workbook(io.BytesIO(self.decode(upload.marked_file)))
        book.active["C2"].value = "TEA-001"
        upload.file = base64.b64encode(self.save(book))
        upload.action_check()
        self.assertFalse(upload.error_count)
