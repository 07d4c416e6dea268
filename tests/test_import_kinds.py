from odoo.tests import tagged

from .common_import import ENGLISH, ImportCase

VENDOR = ["Vendor" if heading == "Third party" else heading for heading in ENGLISH]


@tagged("post_install", "-at_install")
class TestImportKinds(ImportCase):
    """The page says how many transfers of which kind a file would make."""

    def check_rows(self, *rows, headings=ENGLISH, **values):
        return self.check(self.make_file(*rows, headings=headings), **values)

    def get_mixed_rows(self):
        return [
            self.make_row(),
            self.make_row(destination="SHS"),
            self.make_row(third_party="Formosa Tea"),
            self.make_row(source="SHN", destination=None, third_party="Charity"),
            self.make_row(source="SHS", destination=None, third_party="Charity"),
            self.make_row(third_party="Formosa Tea", sku="NOPE", remark="wrong"),
        ]

    def test_kinds_are_counted(self):
        upload = self.check_rows(*self.get_mixed_rows())
        self.assertEqual(upload.transfer_count, 5)
        self.assertEqual(
            (upload.between_count, upload.receipt_count, upload.dispatch_count),
            (2, 1, 2),
        )

    def test_heading_of_the_template_needs_no_question(self):
        self.assertFalse(self.check_rows(*self.get_mixed_rows()).question)

    def test_another_heading_is_asked_about(self):
        upload = self.check_rows(*self.get_mixed_rows(), headings=VENDOR)
        self.assertIn("go to one: 3 of 5", upload.question)
        self.assertIn("“Vendor”", upload.question)

    def test_nothing_is_asked_when_no_row_has_a_vendor(self):
        self.assertFalse(self.check_rows(self.make_row(), headings=VENDOR).question)

    def test_one_question_for_both(self):
        upload = self.check_rows(self.make_row(), after_import="submit")
        self.assertIn("submit them at once", upload.question)
        upload = self.check_rows(
            *self.get_mixed_rows()[:3], headings=VENDOR, after_import="submit"
        )
        self.assertIn("go to one: 1 of 3", upload.question)
        self.assertIn("submit them at once", upload.question)

    def test_question_keeps_nobody_from_importing_by_rpc(self):
        row = self.make_row(third_party="Formosa Tea")
        transfer = self.import_rows(row, headings=VENDOR)
        self.assertEqual(transfer.kind, "receipt")
