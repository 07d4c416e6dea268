from odoo.tests import tagged

from ..models.transfer_import.notices import format_rows
from ..spreadsheets.reading import FileColumn, LeftOutRow, Reading
from .common_import import ENGLISH, ImportCase


@tagged("post_install", "-at_install")
class TestImportWholeFile(ImportCase):
    """What is told of a file as a whole: nothing is read, or left out, in silence."""

    def get_notices_on(self, **read):
        upload = self.env["store.transfer.import"].with_user(self.head_office)
        findings = upload._get_findings_on_file(Reading(**read))
        for finding in findings:
            self.assertEqual((finding.level, finding.row), ("notice", 0))
            self.assertTrue(finding.remedy)
        return [finding.problem for finding in findings]

    def test_nothing_to_tell(self):
        self.assertFalse(self.get_notices_on())

    def test_rows_are_told_in_few_words(self):
        for numbers, told in (
            ([4], "4"),
            ([9, 4, 10, 12, 11, 7, 4], "4, 7, 9–12"),
            (range(1, 1000), "1–999"),
            (range(1, 100, 2), f"{', '.join(map(str, range(1, 41, 2)))} …"),
        ):
            self.assertEqual(format_rows(numbers), told)

    def test_hidden_rows(self):
        self.assertEqual(
            self.get_notices_on(hidden_rows=[("", row) for row in (4, 7, 9, 10, 11)]),
            ["5 hidden rows were read: 4, 7, 9–11."],
        )
        self.assertEqual(
            self.get_notices_on(hidden_rows=[("May", 4), ("June", 4), ("May", 5)]),
            ["3 hidden rows were read: 4–5 (sheet May), 4 (sheet June)."],
        )
        self.assertEqual(
            self.get_notices_on(hidden_rows=[("", 4)]), ["A hidden row was read: 4."]
        )

    def test_rows_of_several_sheets(self):
        self.assertEqual(
            self.get_notices_on(sheets=["May", "June"]),
            ["Several sheets were read: May, June."],
        )
        self.assertFalse(self.get_notices_on(sheets=["May"]))

    def test_unread_sheets(self):
        self.assertEqual(
            self.get_notices_on(unread_sheets=["Prices", "Stores"]),
            ["Not read: the sheet Prices, Stores."],
        )

    def test_repeated_sheets(self):
        self.assertEqual(
            self.get_notices_on(repeated_sheets=["Copy"]),
            ["Not read, as its rows stand on another sheet as well: Copy."],
        )

    def test_guessed_encoding(self):
        self.assertEqual(
            self.get_notices_on(encoding="Windows-1252"),
            ["The text was read as Windows-1252."],
        )

    def test_rows_left_out(self):
        left_out = [
            LeftOutRow(5, "total", "Total"),
            LeftOutRow(9, "headings", "SKU"),
            LeftOutRow(8, "total", "Total"),
            LeftOutRow(3, "total", "Total", "June"),
            LeftOutRow(12, "note", "Checked by"),
            LeftOutRow(13, "no_quantity", "TEA-001"),
            LeftOutRow(14, "a reason of another addon", ""),
        ]
        self.assertEqual(
            self.get_notices_on(left_out=left_out),
            [
                "Rows with totals were left out: 5, 8, 3 (sheet June).",
                "Headings that stand there again were left out: 9.",
                "Rows with notes were left out: 12.",
                "Products without a quantity were left out: 13.",
                "Rows that ask for nothing were left out: 14.",
            ],
        )

    def test_column_without_a_heading(self):
        headings = [*ENGLISH, None]
        content = self.make_file([*self.make_row(), "odd"], headings=headings)
        upload = self.check(content)
        self.assertEqual(
            upload.finding_ids.mapped("problem"),
            ["Columns that were not read: Column I."],
        )
        unread = upload.column_ids.filtered(lambda column: not column.column_name)
        self.assertEqual(unread.letter, "I")

    def test_letters_of_columns(self):
        for index, letters in ((0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")):
            column = FileColumn(index, "", "", [])
            self.assertEqual(column.get_letters(), letters)
