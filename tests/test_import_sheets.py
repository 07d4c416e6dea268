import io

import openpyxl

from odoo.tests import tagged

from .common_import import ENGLISH, ImportCase


@tagged("post_install", "-at_install")
class TestImportSheets(ImportCase):
    """All sheets that go on with the first are read, and the others are named."""

    def make_book(self, **sheets):
        """Return a file with ``{name of a sheet: list of rows}``."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        return self.save(book)

    def read_book(self, **sheets):
        return self.upload(self.make_book(**sheets))._get_reader().read_file()

    def get_skus(self, reading):
        return [(row.sheet, row.number, row.cells["sku"]) for row in reading.rows]

    def test_same_headings(self):
        content = self.make_book(
            North=[ENGLISH, self.make_row()],
            South=[ENGLISH, self.make_row(destination="SHS")],
        )
        upload = self.check(content)
        self.assertEqual(upload.transfer_count, 2)
        notices = [finding.problem for finding in upload.finding_ids]
        self.assertTrue(any("North, South" in notice for notice in notices))

    def test_orders_name_their_sheet(self):
        """So does what is said of them; a row's number alone would tell nothing."""
        south = self.make_row(source="SHN", destination="SHS")
        content = self.make_book(
            North=[ENGLISH, self.make_row()], South=[ENGLISH, south]
        )
        upload = self.check(content)
        self.assertTrue(upload.names_sheets)
        self.assertEqual(
            [(order.sheet, order.row) for order in upload.order_ids],
            [("North", 2), ("South", 2)],
        )
        shortage = upload.finding_ids.filtered(lambda one: one.column == "Quantity")
        self.assertEqual(shortage.sheet, "South")
        upload.action_import()
        again = self.check(content)
        earlier = again.finding_ids.filtered(
            lambda one: one.problem == "This was imported before."
        )
        self.assertEqual(earlier.mapped("sheet"), ["North", "South"])

    def test_one_sheet_needs_no_name(self):
        upload = self.check(self.make_book(North=[ENGLISH, self.make_row()]))
        self.assertFalse(upload.names_sheets)
        self.assertFalse(upload.order_ids.sheet)

    def test_columns_in_another_order(self):
        reading = self.read_book(
            North=[ENGLISH, self.make_row()],
            South=[["數量", "品號", "門市", "日期"], [2, "MUG-001", "SHS", self.date]],
        )
        self.assertEqual(
            self.get_skus(reading), [("North", 2, "TEA-001"), ("South", 2, "MUG-001")]
        )
        self.assertEqual(reading.rows[1].headings["quantity"], "數量")
        self.assertEqual(len({row.id for row in reading.rows}), 2)

    def test_rows_that_go_on_without_headings(self):
        reading = self.read_book(
            One=[ENGLISH, self.make_row()],
            Two=[["Page 2"], self.make_row(sku="MUG-001"), self.make_next_row("X", 1)],
        )
        self.assertEqual(
            self.get_skus(reading),
            [("One", 2, "TEA-001"), ("Two", 2, "MUG-001"), ("Two", 3, "X")],
        )
        self.assertEqual(reading.sheets, ["One", "Two"])

    def test_other_content_is_named(self):
        reading = self.read_book(
            Cover=[["Allocation of the season"]],
            Rows=[ENGLISH, self.make_row()],
            Prices=[["SKU", "Price"], ["TEA-001", 12.5]],
            Loose=[["TEA-001", 3]],
        )
        self.assertEqual(self.get_skus(reading), [("", 2, "TEA-001")])
        self.assertEqual(reading.unread_sheets, ["Cover", "Prices", "Loose"])

    def test_summary_in_the_form_of_a_matrix_is_not_added(self):
        reading = self.read_book(
            Rows=[ENGLISH, self.make_row()],
            Summary=[
                ["Expected date", "SKU", "SHN", "SHS"],
                [self.date, "TEA-001", 3, 1],
            ],
        )
        self.assertEqual(len(reading.rows), 1)
        self.assertEqual(reading.unread_sheets, ["Summary"])

    def test_copy_of_a_sheet_is_read_once(self):
        rows = [self.make_row(), self.make_row(destination="SHS")]
        reading = self.read_book(Rows=[ENGLISH, *rows], Copy=[ENGLISH, *rows])
        self.assertEqual((len(reading.rows), reading.repeated_sheets), (2, ["Copy"]))
        self.assertFalse(reading.unread_sheets)
        reading = self.read_book(
            North=[ENGLISH, rows[0]],
            All=[ENGLISH, *rows],
            South=[ENGLISH, rows[1]],
        )
        self.assertEqual(len(reading.rows), 2)
        self.assertEqual(reading.repeated_sheets, ["North", "South"])

    def test_form_on_each_sheet(self):
        sheets = {
            store: [
                ["Expected date", self.date],
                ["To store", store],
                ["SKU", "Quantity"],
                ["TEA-001", number],
            ]
            for number, store in enumerate(("SHN", "SHS"), start=1)
        }
        transfers = self.import_content(self.make_book(**sheets))
        self.assertEqual(transfers.destination_store_id, self.shop | self.shop_south)

    def test_sheets_of_the_template_are_never_named(self):
        for language in ("en_US", "zh_TW"):
            self.env["res.lang"]._activate_lang(language)
            transfer_import = self.env["store.transfer.import"].with_context(
                lang=language
            )
            template = transfer_import._build_template(self.company)
            book = openpyxl.load_workbook(io.BytesIO(template))
            book.worksheets[0].append(self.make_row())
            reading = self.upload(self.save(book))._get_reader().read_file()
            self.assertEqual(len(reading.rows), 1)
            self.assertFalse(reading.unread_sheets)

    def test_too_many_rows_on_all_sheets_together(self):
        self.company.transfer_import_rows = 3
        rows = [self.make_row(sku=sku) for sku in ("TEA-001", "MUG-001")]
        others = [self.make_row(sku=sku) for sku in ("LMP-001", "CUP-001")]
        content = self.make_book(One=[ENGLISH, *rows], Two=[ENGLISH, *others])
        self.assertIn("more than 3 rows", self.get_problem(content))

    def test_hidden_rows_are_named_with_their_sheet(self):
        book = openpyxl.Workbook()
        for sheet in (book.active, book.create_sheet("Two")):
            sheet.append(ENGLISH)
        book.active.append(self.make_row())
        book["Two"].append(self.make_row(destination="SHS"))
        book["Two"].row_dimensions[2].hidden = True
        reading = self.upload(self.save(book))._get_reader().read_file()
        self.assertEqual(reading.hidden_rows, [("Two", 2)])
