import io
import zipfile

import openpyxl
import xlwt

from odoo.tests import tagged

from .common_import import ENGLISH, ImportCase

OLE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
SHEET = "xl/worksheets/sheet1.xml"


@tagged("post_install", "-at_install")
class TestImportHostileFiles(ImportCase):
    """Files that are no use as a whole: one sentence, never a traceback."""

    def test_no_file(self):
        self.assertIn("Choose a file", self.get_problem(b""))

    def test_not_a_spreadsheet(self):
        for content in (
            b"\x00" * 101,
            bytes(range(256)),
            b"<?xml version='1.0'?><rows/>",
            OLE_FILE,
        ):
            self.assertIn("no spreadsheet", self.get_problem(content), content)

    def test_text_without_headings(self):
        for content in (b"date,store\n", "數量".encode(), b"{}"):
            self.assertIn("no column", self.get_problem(content))

    def test_other_zip_files(self):
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w") as archive:
            archive.writestr("other.xml", "<document/>")
        self.assertIn("no spreadsheet", self.get_problem(output.getvalue()))

    def test_encrypted_files(self):
        marker = "EncryptedPackage".encode("utf-16-le")
        self.assertIn("password", self.get_problem(OLE_FILE + marker))
        content = bytearray(self.make_file(self.make_row()))
        # The flag of encryption, in the list of contents at the end of an archive.
        content[content.rindex(b"PK\x01\x02") + 8] |= 1
        self.assertIn("password", self.get_problem(bytes(content)))

    def test_truncated_files(self):
        content = self.make_file(self.make_row())
        for size in range(2, len(content), len(content) // 25):
            self.assertTrue(self.get_problem(content[:size]), size)
        self.assertIn("damaged", self.get_problem(content[: len(content) // 2]))

    def test_damaged_parts_of_a_sound_archive(self):
        for part in ("xl/workbook.xml", SHEET, "xl/styles.xml"):
            content = self.change_parts(
                self.make_file(self.make_row()), {part: lambda data: data[:-20]}
            )
            self.assertIn("damaged", self.get_problem(content), part)

    def test_no_headings(self):
        problem = self.get_problem(self.make_file(headings=["SKU", "Remark"]))
        self.assertIn("Expected date, To store(s), Quantity", problem)
        problem = self.get_problem(self.save(openpyxl.Workbook()))
        self.assertIn("Expected date, To store(s), SKU, Quantity", problem)

    def test_too_many_rows(self):
        self.company.transfer_import_rows = 3
        rows = [self.make_row() for _number in range(4)]
        problem = self.get_problem(self.make_file(*rows))
        self.assertIn("more than 3 rows", problem)

    def test_too_many_lines_for_all_stores(self):
        self.company.transfer_import_rows = 1
        row = self.make_row(destination="SHN, SHS")
        self.assertIn("more than 1 lines", self.get_problem(self.make_file(row)))

    def test_too_large(self):
        self.company.transfer_import_megabytes = 1
        content = self.make_file(self.make_row()) + bytes(1024**2)
        self.assertIn("up to 1 MB", self.get_problem(content))

    def get_problem_quickly(self, content):
        with self.assertLittleWork():
            return self.get_problem(content)

    def test_zip_bomb_is_not_unpacked(self):
        content = self.change_parts(
            self.make_file(self.make_row()), {SHEET: lambda _data: bytes(200 * 1024**2)}
        )
        self.assertLess(len(content), 1024**2)
        self.assertIn("far more than rows", self.get_problem_quickly(content))

    def test_large_styles_are_not_read(self):
        content = self.change_parts(
            self.make_file(self.make_row()),
            {"xl/styles.xml": lambda data: data + b" " * (6 * 1024**2)},
        )
        self.assertIn("far more than rows", self.get_problem_quickly(content))

    def test_million_empty_formatted_rows(self):
        rows = b"".join(
            b'<row r="%d" s="1" customFormat="1"/>' % number
            for number in range(10, 1_048_576)
        )
        content = self.change_parts(
            self.make_file(self.make_row()),
            {SHEET: lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>")},
        )
        self.assertIn(
            "empty rows that are formatted", self.get_problem_quickly(content)
        )

    def test_entities_are_not_expanded(self):
        for entity in (
            b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        ):
            content = self.change_parts(
                self.make_file(self.make_row()),
                {
                    SHEET: lambda data, entity=entity: data.replace(
                        b"<worksheet", entity + b"<worksheet", 1
                    )
                },
            )
            self.assertIn("no spreadsheet", self.get_problem_quickly(content))

    def replace_in_sheet(self, old, new):
        return self.change_parts(
            self.make_file(self.make_row()),
            {SHEET: lambda data: data.replace(old, new, 1)},
        )

    def test_millions_of_cells_in_a_row(self):
        cells = b'<row r="9">' + b"<c/>" * 3_000_000 + b"</row></sheetData>"
        content = self.replace_in_sheet(b"</sheetData>", cells)
        self.assertIn("far more than rows", self.get_problem_quickly(content))

    def test_millions_of_elements_around_the_rows(self):
        content = self.replace_in_sheet(b"<sheetData>", b"<a/>" * 1_000_000)
        self.assertIn("far more than rows", self.get_problem_quickly(content))

    def test_rows_that_are_written_otherwise(self):
        rows = b'<row\n s="1"/>' * 300_000 + b"</sheetData>"
        content = self.replace_in_sheet(b"</sheetData>", rows)
        self.assertIn("empty rows", self.get_problem_quickly(content))

    def test_many_sheets_with_a_row_far_down(self):
        book = openpyxl.Workbook()
        for _number in range(10):
            book.create_sheet().cell(1_048_576, 1).value = "far away"
        self.assertIn("no column", self.get_problem_quickly(self.save(book)))

    def test_many_old_sheets_with_a_row_far_down(self):
        book = xlwt.Workbook()
        for number in range(3):
            book.add_sheet(f"Sheet {number}").write(65_535, 0, "far away")
        output = io.BytesIO()
        book.save(output)
        self.assertIn("no column", self.get_problem_quickly(output.getvalue()))

    def test_tags_that_never_end(self):
        """Formulas are looked for up to the next tag only: else it takes hours."""
        content = self.replace_in_sheet(b"</sheetData>", b"<c " * 90_000)
        self.assertIn("damaged", self.get_problem_quickly(content))

    def test_thousands_of_stores_in_a_cell(self):
        names = ",".join(f"x{number}" for number in range(5000))
        errors = self.get_errors(*[self.make_row(destination=names)] * 20)
        self.assertEqual(len(errors), 20)

    def test_quotation_mark_that_is_never_closed(self):
        """Else the rows below it would be taken for the text of a cell."""
        lines = [
            "Expected date;To store;SKU;Quantity;Remark",
            f'{self.date};SHN;TEA-001;3;"fragile',
            f"{self.date};SHS;TEA-001;3;",
        ]
        problem = self.get_problem("\n".join(lines).encode())
        self.assertIn("quotation mark", problem)

    def test_hidden_sheets_are_not_read(self):
        book = openpyxl.Workbook()
        book.active.append(ENGLISH)
        book.active.append(self.make_row(quantity=99))
        book.active.sheet_state = "hidden"
        sheet = book.create_sheet("Rows")
        book.active = 1
        sheet.append(ENGLISH)
        sheet.append(self.make_row())
        transfer = self.import_content(self.save(book))
        self.assertEqual(transfer.line_ids.quantity, 3)

    def test_row_far_down_does_not_hang(self):
        book = openpyxl.Workbook()
        book.active.append(ENGLISH)
        book.active.append(self.make_row())
        book.active.cell(1_048_576, 20).value = "far away"
        with self.assertLittleWork():
            upload = self.check(self.save(book))
        upload.action_import()
        self.assertEqual(upload.transfer_count, 1)

    def test_texts_that_look_like_formulas_stay_texts(self):
        for sign in "=+-@":
            text = f"{sign}SUM(A1:A9)"
            book = openpyxl.Workbook()
            book.active.append(ENGLISH)
            book.active.append(self.make_row())
            book.active["H2"].value = text
            book.active["H2"].data_type = "s"
            transfer = self.import_content(self.save(book))
            self.assertEqual(transfer.remark, text)
            details = transfer.with_user(self.head_office).action_download_details()
            content = (
                self.env["store.transfer.details"].search([], order="id desc", limit=1)
            ).file
            self.assertTrue(details["url"])
            self.assertNoFormula(content)
            self.assertEqual(self.read_file(content)[1][-1], text)

    def test_marked_file_has_no_formulas(self):
        content = b"SKU,Quantity,To store,Expected date\n=1+1,@x,+y,-z"
        upload = self.check(content)
        self.assertEqual(upload.error_count, 4)
        self.assertNoFormula(upload.marked_file)
        self.assertEqual(
            self.read_file(upload.marked_file)[1][:4], ["=1+1", "@x", "+y", "-z"]
        )

    def assertNoFormula(self, content):
        archive = zipfile.ZipFile(io.BytesIO(self.decode(content)))
        for name in archive.namelist():
            self.assertNotIn(b"<f>", archive.read(name), name)

    def test_texts_that_look_like_markup_or_sql(self):
        errors = self.get_errors(
            self.make_row(sku="+SUM(A1)", destination="<b>SHN</b>"),
            self.make_row(sku="@x", destination="' OR 1=1 --"),
        )
        self.assertEqual(len(errors), 4)
