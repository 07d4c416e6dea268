import datetime

from odoo.tests import tagged

from .common_import import ImportCase

HEADINGS = ["Expected date", "To store", "SKU", "Quantity"]


@tagged("post_install", "-at_install")
class TestImportTwoHeadings(ImportCase):
    """Two columns that may be the same one: never is one taken in silence."""

    def make_content(self, *rows, heading):
        """Make a file with a further column, and its cell as last of each row."""
        return self.make_file(
            *([self.date, "SHN", *row] for row in rows), headings=[*HEADINGS, heading]
        )

    def test_both_are_named(self):
        for heading in ("Qty", "調撥數量", "Quantity (pcs)"):
            problem = self.get_problem(
                self.make_content(("TEA-001", 3, 5), heading=heading)
            )
            self.assertIn(f"Quantity, {heading}", problem)

    def test_same_heading_twice(self):
        problem = self.get_problem(
            self.make_content(("TEA-001", 3, 5), heading="Quantity")
        )
        self.assertIn("Two columns have the heading Quantity", problem)

    def test_remarks_that_differ(self):
        content = self.make_file(
            [self.date, "SHN", "TEA-001", 3, "Handle with care", "no remark"],
            headings=[*HEADINGS, "Remark", "Note"],
        )
        self.assertIn("Remark, Note", self.get_problem(content))

    def test_those_that_agree_are_one(self):
        content = self.make_content(
            ("TEA-001", 3, "3"), ("MUG-001", 2, 2), heading="Qty"
        )
        transfer = self.import_content(content)
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3), (self.mug, 2)])

    def test_those_that_agree_in_all_but_repeated_headings(self):
        content = self.make_file(
            [self.date, "SHN", "TEA-001", 3, 3],
            [*HEADINGS, "Qty"],
            [self.date, "SHN", "MUG-001", 2, 2],
            headings=[*HEADINGS, "Qty"],
        )
        transfer = self.import_content(content)
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3), (self.mug, 2)])

    def make_two_dates(self, day, heading="到貨日期"):
        return self.make_file(
            [self.date, day, "SHN", "TEA-001", 3],
            headings=["Expected date", heading, "To store", "SKU", "Quantity"],
        )

    def test_dates_that_agree_in_another_notation(self):
        for day in ("2026/11/30", "115/11/30", "30-Nov-2026"):
            upload = self.check(self.make_two_dates(day))
            self.assertFalse(upload.finding_ids, day)

    def test_dates_that_agree_only_in_some_languages(self):
        self.date = datetime.date(2026, 12, 11)
        problem = self.get_problem(self.make_two_dates("11/12/2026"))
        self.assertIn("Expected date, 到貨日期", problem)

    def test_date_of_the_document(self):
        upload = self.check(self.make_two_dates("2026-11-20", heading="日期"))
        notice = upload.finding_ids
        self.assertEqual(notice.level, "notice")
        self.assertEqual(notice.problem, "Columns that were not read: 日期.")

    def test_what_is_sent_along_for_free(self):
        headings = ["到貨日期", "門市", "品號", "訂購數量", "贈送數量"]
        content = self.make_file(
            [self.date, "SHN", "TEA-001", 10, 1], headings=headings
        )
        self.assertIn("訂購數量, 贈送數量", self.get_problem(content))
        content = self.make_file(
            [self.date, "SHN", "TEA-001", 10, 0], headings=headings
        )
        self.assertFalse(self.check(content).finding_ids)

    def test_stores_that_agree_by_name_and_code(self):
        content = self.make_file(
            [self.date, "SHN", "Shop North", "TEA-001", 3],
            headings=["到貨日期", "調入店代號", "調入店名", "品號", "數量"],
        )
        transfer = self.import_content(content)
        self.assertEqual(transfer.destination_store_id, self.shop)

    def test_empty_one_does_not_count(self):
        content = self.make_content(("TEA-001", 3, None), heading="Qty")
        transfer = self.import_content(content)
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])

    def test_names_of_products_never_matter(self):
        content = self.make_file(
            [self.date, "SHN", "TEA-001", "Oolong Tea", "烏龍茶", 3],
            headings=[
                "Expected date",
                "To store",
                "SKU",
                "Product name",
                "品名",
                "Qty",
            ],
        )
        transfer = self.import_content(content)
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])

    def test_labels_above_the_table_that_contradict_each_other(self):
        content = self.make_file(
            ["到貨日期", self.date.replace(day=1)],
            ["To store", "SHN"],
            ["SKU", "Quantity"],
            ["TEA-001", 3],
            headings=["Expected date", self.date.replace(day=2)],
        )
        self.assertIn("Expected date, 到貨日期", self.get_problem(content))
