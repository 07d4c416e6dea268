import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from unittest import skipUnless

import xlsxwriter
import xlwt

from odoo.tests import tagged

from .common_import import CHINESE, ImportCase


class FileKindsCase(ImportCase):
    def assertImported(self, content, file_name="named.like.nothing"):
        transfer = self.import_content(content, file_name=file_name)
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3), (self.mug, 2.5)])
        self.assertEqual(transfer.destination_store_id, self.shop)
        self.assertEqual(transfer.expected_date, self.date)
        self.assertEqual(transfer.remark, "冬季促銷")
        transfer.with_user(self.head_office).unlink()

    def get_rows(self):
        return [
            self.make_row(remark="冬季促銷"),
            self.make_next_row("MUG-001", 2.5, product_name="Clay, Mug"),
        ]


@tagged("post_install", "-at_install")
class TestImportFileKinds(FileKindsCase):
    """The kind of a file is decided by its content; the transfers are the same."""

    def test_openpyxl(self):
        self.assertImported(self.make_file(*self.get_rows(), headings=CHINESE))

    def test_xlsxwriter(self):
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"default_date_format": "yyyy/mm/dd"})
        sheet = book.add_worksheet()
        for number, row in enumerate([CHINESE, *self.get_rows()]):
            for index, value in enumerate(row):
                if value is not None:
                    sheet.write(number, index, value)
        book.close()
        self.assertImported(output.getvalue())

    def make_old_file(self, *rows):
        book = xlwt.Workbook()
        sheet = book.add_sheet("Rows")
        date_style = xlwt.easyxf(num_format_str="YYYY-MM-DD")
        for number, row in enumerate(rows):
            for index, value in enumerate(row):
                is_date = hasattr(value, "isoformat")
                if value is not None:
                    sheet.write(number, index, value, *([date_style] * is_date))
        return self.save(book)

    def test_old_excel_file(self):
        self.assertImported(self.make_old_file(CHINESE, *self.get_rows()))

    def test_old_excel_file_with_odd_cells(self):
        row = self.make_row(sku=True, quantity=xlwt.Formula("1/0"))
        upload = self.check(self.make_old_file(CHINESE, row))
        self.assertEqual(
            [error[1] for error in self.get_findings(upload, "error")],
            ["品號(SKU碼)", "數量"],
        )

    def test_truncated_old_excel_file(self):
        content = self.make_old_file(CHINESE, *self.get_rows())
        for size in range(600, len(content) - 1, len(content) // 10):
            self.assertTrue(self.get_problem(content[:size]))

    def make_text(self, delimiter):
        lines = []
        for row in [CHINESE, *self.get_rows()]:
            cells = ["" if cell is None else str(cell) for cell in row]
            lines.append(delimiter.join(f'"{cell}"' for cell in cells))
        return "\r\n".join(lines)

    def test_encodings_of_text(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "big5"):
            self.assertImported(self.make_text(",").encode(encoding))

    def test_delimiters_of_text(self):
        for delimiter in ",;\t":
            self.assertImported(self.make_text(delimiter).encode())

    def test_text_that_is_named_like_a_workbook(self):
        self.assertImported(self.make_text("\t").encode("utf-16"), "export.xls")


@tagged("post_install", "-at_install")
@skipUnless(shutil.which("soffice"), "LibreOffice is not installed here")
class TestImportFromLibreOffice(FileKindsCase):
    """What LibreOffice makes of a file when it saves it as something else."""

    def convert(self, kind, content=None):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file.xlsx"
            path.write_bytes(
                content or self.make_file(*self.get_rows(), headings=CHINESE)
            )
            subprocess.run(
                [
                    "soffice",
                    "--headless",
                    f"-env:UserInstallation=file://{folder}/profile",
                    "--convert-to",
                    kind,
                    "--outdir",
                    f"{folder}/converted",
                    path,
                ],
                check=True,
                capture_output=True,
                timeout=120,
            )
            (converted,) = Path(folder, "converted").iterdir()
            return converted.read_bytes()

    def test_workbook(self):
        self.assertImported(self.convert("xlsx"))

    def test_old_workbook(self):
        self.assertImported(self.convert("xls"))

    def test_text(self):
        self.assertImported(self.convert("csv:Text - txt - csv (StarCalc):44,34,76"))

    def test_text_in_big5(self):
        # 68 is LibreOffice's number of Big5.
        self.assertImported(self.convert("csv:Text - txt - csv (StarCalc):59,34,68"))

    def test_our_own_files_can_be_opened(self):
        upload = self.check(self.make_file(self.make_row(sku="TEA-999")))
        text = self.convert(
            "csv:Text - txt - csv (StarCalc):44,34,76", self.decode(upload.marked_file)
        )
        self.assertIn("Check result", text.decode())
