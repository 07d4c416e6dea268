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

    def test_third_party_that_is_no_name(self):
        for cell in (0, "0", "(無)", "na", "不適用", "無廠商"):
            upload = self.check(self.make_file(self.make_row(third_party=cell)))
            self.assertFalse(upload.finding_ids, cell)
            self.assertEqual(upload.order_ids.kind, "between", cell)
        for cell in ("4711", "?"):
            errors = self.get_errors(self.make_row(third_party=cell))
            self.assertEqual(errors[0][3], "This is no name of a third party.")

    def test_source_that_is_not_decided(self):
        """Read as empty, the goods would leave from the main warehouse."""
        errors = self.get_errors(self.make_row(source="?"))
        self.assertEqual(errors[0][:3], (2, "From store", "?"))

    def test_third_party_that_is_a_store(self):
        errors = self.get_errors(self.make_row(third_party="SHS"))
        self.assertEqual(
            errors, [(2, "Third party", "SHS", "This is a store, and no third party.")]
        )

    def test_third_party_of_digits_that_is_a_contact(self):
        self.env["res.partner"].create({"name": "7-11"})
        upload = self.check(self.make_file(self.make_row(third_party="7-11")))
        self.assertEqual(upload.order_ids.kind, "receipt")

    def test_mark_that_stands_for_the_cell_above(self):
        errors = self.get_errors(
            self.make_row(remark="Winter"),
            self.make_row(remark="同上", sku="MUG-001"),
        )
        self.assertEqual(
            errors, [(3, "Remark", "同上", "This stands for the cell above.")]
        )

    def test_text_that_is_too_long(self):
        for name, length in (("remark", 1001), ("sku", 1001), ("remark", 5_000_000)):
            sheet = self.read_cells({name: "x" * length})
            (error,) = sheet.findings
            self.assertEqual((error.level, error.column_name), ("error", name))
            self.assertIn(f"{length} characters", error.problem)
        self.assertFalse(self.read_cells({"remark": "x" * 1000}).findings)

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
