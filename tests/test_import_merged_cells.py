import datetime

import openpyxl

from odoo.tests import tagged

from .common_files import FileCase
from .common_import import ENGLISH, ImportCase


@tagged("post_install", "-at_install")
class TestMergedCells(FileCase):
    """A merged cell stands in all the rows that it is merged over."""

    def read_merged(self, *ranges, rows):
        book, sheet = self.make_sheet(*rows)
        for cells in ranges:
            sheet.merge_cells(cells)
        return self.read_rows(self.save(book))

    def test_each_row_has_the_value(self):
        rows = self.read_merged(
            *("A1:A4", "B1:B2", "B3:B4"),
            rows=[["day", "n", 1], [None, None, 2], [None, "s", 3], [None, None, 4]],
        )
        self.assertEqual(
            [row.cells for row in rows],
            [["day", "n", 1], ["day", "n", 2], ["day", "s", 3], ["day", "s", 4]],
        )
        self.assertEqual(
            [row.merged for row in rows],
            [{0: 1, 1: 1}, {0: 1, 1: 1}, {0: 1, 1: 3}, {0: 1, 1: 3}],
        )

    def test_dates(self):
        rows = self.read_merged("A1:A2", rows=[[self.date, 1], [None, 2]])
        self.assertEqual(rows[1].cells, [datetime.datetime(2026, 11, 30), 2])

    def test_cells_behind_the_last_one_of_a_row(self):
        rows = self.read_merged("C1:C2", rows=[[1, None, "remark"], [2]])
        self.assertEqual(rows[1].cells, [2, None, "remark"])
        self.assertEqual(rows[1].merged, {2: 1})

    def test_columns_of_one_row(self):
        """The first has the value; the others may have been meant as well."""
        rows = self.read_merged("A1:C1", rows=[["title", None, None, "x"], ["y"]])
        self.assertEqual(
            [row.cells for row in rows], [["title", None, None, "x"], ["y"]]
        )
        self.assertEqual([row.merged for row in rows], [{}, {}])
        self.assertEqual([row.widths for row in rows], [{0: 2}, {}])

    def test_several_columns_have_it_in_the_first(self):
        rows = self.read_merged("A1:B2", rows=[["x", None, 1], [None, None, 2]])
        self.assertEqual([row.cells for row in rows], [["x", None, 1], ["x", None, 2]])
        self.assertEqual([row.widths for row in rows], [{0: 1}, {0: 1}])

    def test_rows_with_nothing_else_are_none(self):
        rows = self.read_merged(
            "A1:A3", "B1:B3", rows=[["x", "y"], [], [None, None, 3]]
        )
        self.assertEqual([row.number for row in rows], [1, 3])

    def test_empty_cell(self):
        rows = self.read_merged("A1:A2", rows=[[None, 1], [None, 2]])
        self.assertEqual([row.cells for row in rows], [[None, 1], [None, 2]])
        self.assertEqual([row.merged for row in rows], [{}, {}])

    def test_what_nobody_sees_below_a_merged_cell(self):
        """Merged by copying a format, the other cells keep their values."""
        book, _sheet = self.make_sheet(["shown", 1], ["below", 2], ["below"])
        content = self.add_merges(book, b'<mergeCell ref="A1:A3"/>')
        rows = self.read_rows(content)
        self.assertEqual([row.cells for row in rows], [["shown", 1], ["shown", 2]])

    def test_other_notations_of_xml(self):
        book, sheet = self.make_sheet(["x", 1], [None, 2])
        sheet.merge_cells("A1:A2")
        found = b'<mergeCell ref="A1:A2"/>'
        for notation in (
            b"<mergeCell ref='A1:A2'/>",
            b'<mergeCell\n    ref = "$A$1:$A$2"\n  />',
            b'<mergeCell ref="A1:A2"></mergeCell>',
        ):
            content = self.change_sheet(self.save(book), (found, notation))
            self.assertEqual(self.read_cells(content), [["x", 1], ["x", 2]], notation)

    def test_merges_that_are_read_in_two_pieces(self):
        """They stand at the end of the file, which is scanned a megabyte at a time."""
        book, sheet = self.make_sheet(["x", 1], [None, 2])
        sheet.merge_cells("A1:A2")
        content = self.save(book)
        size = len(self.read_part(content))
        for space in range(1024**2 - size, 1024**2 - size + 300, 7):
            padded = self.change_sheet(
                content, (b"<sheetData>", b" " * space + b"<sheetData>")
            )
            self.assertEqual(self.read_cells(padded), [["x", 1], ["x", 2]], space)


@tagged("post_install", "-at_install")
class TestHostileMerges(FileCase):
    """Merges cost what is in the rows, however large they say that they are."""

    def test_down_to_the_last_row(self):
        book, sheet = self.make_sheet(["x", 1], [None, 2])
        sheet.cell(1_048_576, 2).value = 3
        content = self.add_merges(book, b'<mergeCell ref="A1:XFD1048576"/>')
        with self.assertLittleWork():
            rows = self.read_rows(content)
        self.assertEqual(
            [(row.number, row.cells) for row in rows],
            [(1, ["x", 1]), (2, ["x", 2]), (1_048_576, ["x", 3])],
        )

    def test_thousands_that_overlap(self):
        book, _sheet = self.make_sheet(*[["x", number] for number in range(1000)])
        merges = b"".join(
            b'<mergeCell ref="%s%d:%s1048576"/>' % (column, number, column)
            for column in (b"A", b"C", b"ZZZ")
            for number in range(1, 20_001)
        )
        content = self.add_merges(book, merges)
        with self.assertLittleWork():
            rows = self.read_rows(content)
        self.assertEqual(len(rows), 1000)
        self.assertEqual(rows[-1].cells, ["x", 999])


@tagged("post_install", "-at_install")
class TestImportMergedCells(ImportCase):
    """What was meant for all rows of a merge is imported for all of them."""

    def import_merged(self, *ranges, rows):
        book = openpyxl.Workbook()
        for row in [ENGLISH, *rows]:
            book.active.append(row)
        for cells in ranges:
            book.active.merge_cells(cells)
        return self.import_content(self.save(book))

    def test_date_over_two_stores(self):
        transfers = self.import_merged(
            *("A2:A5", "D2:D3", "D4:D5"),
            rows=[
                self.make_row(),
                self.make_next_row("MUG-001", 2),
                self.make_row(expected_date=None, destination="SHS", quantity=4),
                self.make_next_row("MUG-001", 5),
            ],
        )
        self.assertEqual(
            [self.get_lines(transfer) for transfer in transfers],
            [[(self.tea, 3), (self.mug, 2)], [(self.tea, 4), (self.mug, 5)]],
        )
        self.assertEqual(set(transfers.mapped("expected_date")), {self.date})

    def test_source_over_two_transfers(self):
        transfers = self.import_merged(
            "B2:B3",
            rows=[self.make_row(source="SHS"), self.make_row(destination="EC")],
        )
        self.assertEqual(transfers.source_store_id, self.shop_south)
        self.assertEqual(len(transfers), 2)

    def test_sku_over_two_stores(self):
        transfers = self.import_merged(
            "F2:F3", rows=[self.make_row(), self.make_row(destination="SHS", sku=None)]
        )
        self.assertEqual(transfers.line_ids.product_id, self.tea)
        self.assertEqual(len(transfers), 2)
