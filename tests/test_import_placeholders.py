from odoo.tests import tagged

from .common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportPlaceholders(ImportCase):
    """Cells that only say that there is nothing."""

    def test_empty_in_every_column_that_may_be_empty(self):
        for number, text in enumerate(
            (
                "-",
                "—",
                "無",
                "N/A",
                "n/a",
                "none",
                "nil",
                "NaN",
                "null",
                "×",
                "免",
                "沒有",
            )
        ):
            upload = self.check(
                self.make_file(
                    self.make_row(
                        source=text,
                        third_party=text,
                        product_name=text,
                        remark=text,
                        quantity=number + 1,
                    )
                )
            )
            self.assertFalse(upload.finding_ids, text)
            self.assertEqual(upload.order_ids.kind, "between", text)
            self.assertEqual(upload.order_ids.source_store_id, self.ec)
            self.assertFalse(upload.order_ids.remark)

    def test_no_destination_for_a_third_party(self):
        row = self.make_row(third_party="Charity", source="EC", destination="-")
        upload = self.check(self.make_file(row))
        self.assertEqual(upload.order_ids.kind, "dispatch")

    def test_required_cells_stay_wrong(self):
        errors = self.get_errors(
            self.make_row(expected_date="-"), self.make_row(destination="無")
        )
        self.assertEqual(
            [error[:3] for error in errors],
            [(2, "Expected date", "-"), (3, "To store(s)", "無")],
        )

    def test_row_that_goes_on_with_the_order_above(self):
        transfer = self.import_rows(
            self.make_row(source="-", third_party="-"),
            self.make_next_row("MUG-001", 2, source="-", third_party="無"),
        )
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3), (self.mug, 2)])

    def test_store_that_is_called_like_one(self):
        self.shop_south.code = "NIL"
        upload = self.check(self.make_file(self.make_row(source="NIL")))
        self.assertEqual(upload.order_ids.source_store_id, self.shop_south)
