from odoo.tests import tagged

from .common_import import CHINESE, ENGLISH, ImportCase

HEADINGS = ["Expected date", "To store", "Product name", "SKU", "Quantity"]


@tagged("post_install", "-at_install")
class TestImportNoOrders(ImportCase):
    """Rows that ask for nothing are left out and named; no others are."""

    def get_left_out(self, *rows):
        """Put rows between two orders, and return ``(row, reason)`` of those left out.

        The file is imported, with both orders.
        """
        first = [self.date, "SHN", None, "TEA-001", 3]
        last = [self.date, "SHS", None, "MUG-001", 2]
        content = self.make_file(first, *rows, last, headings=HEADINGS)
        reading = self.upload(content)._get_reader().read_file()
        left_out = [(row.number, row.reason) for row in reading.left_out]
        with self.env.cr.savepoint() as savepoint:
            transfers = self.import_content(content)
            self.assertEqual(
                [self.get_lines(transfer) for transfer in transfers],
                [[(self.tea, 3)], [(self.mug, 2)]],
            )
            savepoint.rollback()
        self.env.invalidate_all()
        return left_out

    def get_errors_of(self, *rows):
        """Check rows that are no notes, and return the numbers of those with errors."""
        first = [self.date, "SHN", None, "TEA-001", 3]
        upload = self.check(self.make_file(first, *rows, headings=HEADINGS))
        return sorted({error[0] for error in self.get_findings(upload, "error")})

    def test_totals(self):
        for row in (
            [None, None, None, "合計", 3],
            [None, None, "小計", None, 3],
            ["Total", None, None, None, 3],
            ["總計：3 件", None, None, None, None],
            [None, "SHN Total", None, None, 3],
            [None, "台中店小計", None, None, 3],
            ["Grand total", None, None, None, 3],
            [None, None, None, None, 3],
        ):
            self.assertEqual(self.get_left_out(row), [(3, "total")], row)

    def test_product_that_is_called_like_a_total(self):
        row = [self.date, "SHN", "Total", "MUG-001", 1]
        self.assertFalse(self.get_errors_of(row))
        self.assertEqual(
            self.get_errors_of([self.date, "SHN", None, "TOTAL-9", 1]), [3]
        )
        row = [None, None, "Total Care Shampoo", None, 5]
        self.assertEqual(self.get_errors_of(row), [3])

    def test_headings_again(self):
        for row in (HEADINGS, ["到貨日期", "門市", "品名", "品號", "數量"]):
            self.assertEqual(self.get_left_out(row), [(3, "headings")], row)

    def test_other_headings_further_down(self):
        """Below them, the cells would be read as what they are not."""
        headings = ["Expected date", "From", "To", "SKU", "Quantity"]
        content = self.make_file(
            [self.date, "SHN", "SHS", "TEA-001", 3],
            ["Expected date", "To", "From", "SKU", "Quantity"],
            [self.date, "SHN", "SHS", "MUG-001", 2],
            headings=headings,
        )
        self.assertIn("these columns: To, From.", self.get_problem(content))

    def test_sum_of_one_row(self):
        """Else it is a row of the same order whose product was forgotten."""
        rows = [[None, None, None, None, 3], [None, None, None, "MUG-001", 2]]
        self.assertEqual(self.get_errors_of(*rows), [3])

    def test_total_that_says_where_the_rows_below_go(self):
        rows = [
            [self.date, "SHS", None, "小計", None],
            [None, None, None, "MUG-001", 2],
        ]
        self.assertEqual(self.get_errors_of(*rows), [3])

    def test_remark_that_begins_like_a_signature(self):
        headings = [*HEADINGS, "Remark"]
        content = self.make_file(
            [self.date, "SHN", None, "TEA-001", 3],
            [self.date, "SHS", None, None, None, "店長：請冷藏"],
            [None, None, None, "MUG-001", 2],
            [None, None, None, "MUG-001", None, "checked"],
            [None, None, "Clay Mug", None, 2, "checked"],
            headings=headings,
        )
        errors = self.get_findings(self.check(content), "error")
        self.assertEqual({error[0] for error in errors}, {3, 5, 6})

    def test_text_in_a_column_that_is_not_read(self):
        content = self.make_file(
            [self.date, "SHN", None, "TEA-001", 3],
            [None, None, None, None, None, "keep cool"],
            [None, None, None, None, None, None, "12"],
            headings=[*HEADINGS, "Temperature", "Price"],
        )
        notices = self.get_findings(self.check(content), "notice")
        self.assertIn("notes were left out: 3.", notices[0][3])

    def test_headings_in_the_other_language_below(self):
        content = self.make_file(ENGLISH, self.make_row(), headings=CHINESE)
        self.assertEqual(self.get_lines(self.import_content(content)), [(self.tea, 3)])

    def test_notes(self):
        for row in (
            ["第 2 頁"],
            [None, None, "Page 2 of 3"],
            ["※ Deliver before noon, please."],
            [None, None, None, "以下空白"],
            ["製表：Amy", None, "審核：", None, "主管："],
            ["Prepared by:", "Amy", None, "Approved by:", "Bob"],
            [None, None, "【Drinks】"],
            ["備註：請於週五前到貨"],
            [None, None, None, None, None, "far right"],
        ):
            self.assertEqual(self.get_left_out(row), [(3, "note")], row)

    def test_section_of_a_store_whose_rows_name_it(self):
        self.assertEqual(self.get_left_out(["【Shop South】"]), [(3, "note")])

    def test_section_that_says_where_the_rows_below_go(self):
        """The rows below would go on with the order above it."""
        rows = [["Shop South"], [None, None, None, "MUG-001", 2]]
        self.assertEqual(self.get_errors_of(*rows), [3])
        rows[0] = ["門市：Shop West"]
        self.assertEqual(self.get_errors_of(*rows), [3])

    def test_rows_that_are_only_incomplete(self):
        for row in (
            [self.date, "SHS", None, None, 3],
            [self.date, "SHS", None, "MUG-001", None],
            [self.date, "SHS", "Clay Mug", None, None],
            [None, None, None, "MUG-001", None],
            ["2030/11/32", None, None, None, None],
            [None, "SHS", None, None, None],
            [None, None, "Clay Mug", None, 3],
        ):
            self.assertEqual(self.get_errors_of(row), [3], row)

    def test_what_was_left_out_is_told(self):
        content = self.make_file(
            [self.date, "SHN", None, "TEA-001", 3],
            [None, None, None, "合計", 3],
            headings=HEADINGS,
        )
        notices = self.get_findings(self.check(content), "notice")
        self.assertIn("totals were left out: 3", notices[0][3])

    def test_row_that_a_comma_has_cut(self):
        lines = ["Expected date,To store,SKU,Quantity"]
        lines.append(f"{self.date},SHN,TEA-001,1,200")
        errors = self.get_findings(self.check("\n".join(lines).encode()), "error")
        self.assertEqual(errors[0][:3], (2, "Quantity", "200"))
        self.assertIn("more cells than there are headings", errors[0][3])
