from odoo.tests import tagged

from .common_import import ImportCase

HEADINGS = ["Expected date", "To store", "SKU", "Quantity", "Remark"]


@tagged("post_install", "-at_install")
class TestImportOrderForm(ImportCase):
    """All products are listed, and a quantity stands only where one is wanted."""

    def import_form(self, *rows):
        transfers = self.import_rows(*rows, headings=HEADINGS)
        return [self.get_lines(transfer) for transfer in transfers]

    def get_rows_with_errors(self, *rows):
        errors = self.get_errors(*rows, headings=HEADINGS)
        return [error[0] for error in errors]

    def make_rows(self, *quantities):
        skus = ("TEA-001", "MUG-001", "LMP-001", "TEA-001")
        return [
            [self.date, "SHN", sku, quantity]
            for sku, quantity in zip(skus, quantities, strict=False)
        ]

    def test_label_of_a_further_form_is_no_product(self):
        """Left out, the rows below it would go where the first form says."""
        content = self.make_file(
            ["門市：SHN"],
            ["品號", "數量"],
            ["TEA-001", 3],
            ["到貨日期：2030-11-30"],
            ["門市：SHS"],
            ["品號", "數量"],
            ["MUG-001", 5],
            headings=[f"到貨日期：{self.date}"],
        )
        upload = self.check(content)
        errors = self.get_findings(upload, "error")
        self.assertEqual({error[0] for error in errors}, {5, 6})
        self.assertFalse(upload.transfer_count)

    def test_blank_means_none(self):
        for none in (None, 0, "0", "-", "無", ""):
            with self.env.cr.savepoint() as savepoint:
                lines = self.import_form(*self.make_rows(none, 4, None))
                self.assertEqual(lines, [[(self.mug, 4)]], none)
                savepoint.rollback()

    def test_first_row_of_an_order_is_blank(self):
        """Date and store stand there only, and hold for the rows below it."""
        lines = self.import_form(
            [self.date, "SHN", "TEA-001", None, "Winter"],
            [None, None, "MUG-001", 4, "in a box"],
            [None, None, "LMP-001", None],
            [self.date, "SHS", "TEA-001", None],
            [None, None, "LMP-001", 2],
        )
        self.assertEqual(lines, [[(self.mug, 4)], [(self.lamp, 2)]])
        transfer = self.env["store.transfer"].search(
            [("destination_store_id", "=", self.shop.id)], order="id desc", limit=1
        )
        self.assertEqual(transfer.remark, "Winter")
        self.assertEqual(transfer.line_ids.remark, "in a box")

    def test_forgotten_quantity(self):
        self.assertEqual(self.get_rows_with_errors(*self.make_rows(3, None, 2)), [3])
        self.assertEqual(self.get_rows_with_errors(*self.make_rows(3, None)), [3])

    def test_nothing_is_wanted(self):
        rows = self.make_rows(None, None, None)
        self.assertEqual(self.get_rows_with_errors(*rows), [2, 3, 4])

    def test_other_than_none(self):
        rows = self.make_rows(None, "x", None, 3)
        self.assertEqual(self.get_rows_with_errors(*rows), [3])
        rows = self.make_rows(None, -1, None, 3)
        self.assertEqual(self.get_rows_with_errors(*rows), [3])

    def test_what_was_left_out_is_told(self):
        content = self.make_file(*self.make_rows(None, 4, None), headings=HEADINGS)
        notices = self.get_findings(self.check(content), "notice")
        self.assertIn("without a quantity were left out: 2, 4", notices[0][3])
