from odoo.tests import tagged

from .common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportFormulas(ImportCase):
    """Cells with the error of a formula: nobody knows what should stand there."""

    def test_error_in_each_column(self):
        for name in ("expected_date", "source", "third_party", "sku", "remark"):
            errors = self.get_errors(self.make_row(**{name: "#N/A"}))
            self.assertEqual(
                [(error[0], error[2], error[3]) for error in errors],
                [(2, "#N/A", "This formula gave #N/A.")],
                name,
            )

    def test_error_among_several_stores(self):
        errors = self.get_errors(self.make_row(destination="#REF!", quantity="#VALUE!"))
        self.assertEqual(
            [error[3] for error in errors],
            ["This formula gave #REF!.", "This formula gave #VALUE!."],
        )

    def test_name_of_a_product_is_no_matter(self):
        upload = self.check(self.make_file(self.make_row(product_name="#N/A")))
        self.assertFalse(upload.error_count)
        self.assertEqual(upload.finding_ids.problem, "This formula gave #N/A.")

    def test_row_may_belong_to_another_order(self):
        """With skip_errors, no transfer is made by half."""
        for name, other in (("third_party", True), ("remark", False)):
            upload = self.check(
                self.make_file(
                    self.make_row(),
                    self.make_row(sku="MUG-001", **{name: "#N/A"}),
                    self.make_row(destination="SHS"),
                ),
                skip_errors=True,
            )
            self.assertEqual(upload.order_ids.mapped("has_errors"), [True, other], name)

    def test_formula_without_a_value_in_the_marked_file(self):
        """What comes back with marks can't be imported without a look at the cell."""
        upload = self.check(self.make_file(self.make_row(remark="=A1")))
        marked = self.decode(upload.marked_file)
        self.assertEqual(
            self.get_findings(self.check(marked), "error"),
            [(2, "Remark", "#VALUE!", "This formula gave #VALUE!.")],
        )
