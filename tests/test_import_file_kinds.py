import io
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from unittest import skipUnless

import xlsxwriter
import xlwt

from odoo.tests import tagged

from .common_files import FileCase
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
class TestOtherKinds(FileCase):
    """What can't be read is refused with how to save it, by a reason of its own."""

    def zip_parts(self, *names, **contents):
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w") as archive:
            for name in names:
                archive.writestr(name, contents.get(name, "x"))
        return output.getvalue()

    def test_zipped_files(self):
        for name, reason in (
            ("xl/workbook.bin", "xlsb"),
            ("word/document.xml", "document"),
            ("Index/Document.iwa", "numbers"),
            ("Index.zip", "numbers"),
            ("folder/Transfers.XLSX", "packed"),
            ("ppt/presentation.xml", "not_spreadsheet"),
        ):
            content = self.zip_parts("[Content_Types].xml", name)
            self.assertEqual(self.get_reason(content), reason, name)

    def test_other_files(self):
        for content, reason in (
            (b"%PDF-1.7 something", "pdf"),
            (b"{\\rtf1 something}", "document"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture"),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
            (b"\x00\x00\x00\x24ftypheic\x00\x00", "picture"),
            (b"Rar!\x1a\x07\x01\x00", "packed"),
            (b"<?xml version='1.0'?><rows/>", "not_spreadsheet"),
        ):
            self.assertEqual(self.get_reason(content), reason, content)

    def test_web_pages(self):
        for text in (
            "<html><table><tr><td>SKU</td></tr></table></html>",
            "\r\n <!DOCTYPE HTML>\r\n<html>",
            "<table border=1><tr><td>品號</td></tr></table>",
            "<?xml version='1.0'?><!-- x --><html xmlns='x'></html>",
            "MIME-Version: 1.0\r\nContent-Type: multipart/related",
        ):
            for encoding in ("utf-8", "utf-8-sig", "utf-16", "big5"):
                content = text.encode(encoding)
                self.assertEqual(self.get_reason(content), "web_page", text)

    def test_workbook_in_xml(self):
        text = (
            '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
        )
        self.assertEqual(self.get_reason(text.encode()), "xml_workbook")

    def test_old_text_document(self):
        marker = "WordDocument".encode("utf-16-le")
        content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + marker
        self.assertEqual(self.get_reason(content), "document")

    def test_workbook_with_a_number_in_its_name(self):
        book, _sheet = self.make_sheet(["x"])
        content = self.save(book)
        renamed = {
            name.replace("workbook.xml", "workbook2.xml"): self.read_part(
                content, name
            ).replace(b"workbook.xml", b"workbook2.xml")
            for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
        }
        self.assertEqual(self.read_cells(self.zip_parts(*renamed, **renamed)), [["x"]])

    def test_workbook_without_a_folder(self):
        """As Excel saved it before it put workbooks into a file of folders."""
        book = xlwt.Workbook()
        book.add_sheet("Rows").write(0, 0, "x")
        self.assertEqual(self.read_cells(book.get_biff_data()), [["x"]])


@tagged("post_install", "-at_install")
class TestImportOtherKinds(ImportCase):
    def test_what_to_do_is_said(self):
        for content, word in (
            (b"%PDF-1.7 something", "PDF"),
            (b"<html><table></table></html>", "web page"),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
            (b"\x1f\x8b\x08", "Unpack"),
            (b"{\\rtf1 something}", "text document"),
            (b"<office:document/>", "plain XML"),
        ):
            self.assertIn(word, self.get_problem(content))

    def test_what_to_do_with_zipped_files_is_said(self):
        for name, word in (("xl/workbook.bin", ".xlsb"), ("Index.zip", "Numbers")):
            output = io.BytesIO()
            with zipfile.ZipFile(output, "w") as archive:
                archive.writestr(name, "x")
            self.assertIn(word, self.get_problem(output.getvalue()))


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

    def test_open_document(self):
        self.assertImported(self.convert("ods"))

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
