import io

import openpyxl

from odoo.fields import Command
from odoo.tests import tagged

from .common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportUnits(ImportCase):
    """Quantities in other units than the product's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.carton = cls.env["uom.uom"].create(
            {
                "name": "Carton of 12",
                "relative_factor": 12,
                "relative_uom_id": cls.tea.uom_id.id,
            }
        )
        cls.env["res.lang"]._activate_lang("zh_TW")
        cls.carton.with_context(lang="zh_TW").name = "箱（12 入）"
        cls.tea.uom_ids = [Command.link(cls.carton.id)]

    def check_quantity(self, quantity, sku="TEA-001"):
        return self.check(self.make_file(self.make_row(sku=sku, quantity=quantity)))

    def test_unit_behind_the_quantity(self):
        for quantity in ("2 Carton of 12", "2 箱（12 入）", "2 cartons", "2箱"):
            upload = self.check_quantity(quantity)
            self.assertFalse(upload.error_count, quantity)
            self.assertEqual(upload.quantity, 24, quantity)
            self.assertIn("Read as 24 Units", upload.finding_ids.problem)

    def test_unit_in_the_format_of_the_cell(self):
        book = openpyxl.load_workbook(
            io.BytesIO(self.make_file(self.make_row(quantity=2)))
        )
        book.active["G2"].number_format = '0"箱"'
        upload = self.check(self.save(book))
        self.assertEqual(upload.quantity, 24)
        self.assertIn("Read as 24 Units", upload.finding_ids.problem)

    def check_unit(self, quantity, unit, sku="TEA-001", heading="Unit"):
        headings = ["Expected date", "To store(s)", "SKU", "Quantity", heading]
        row = [self.date, "SHN", sku, quantity, unit]
        return self.check(self.make_file(row, headings=headings))

    def test_column_with_the_unit(self):
        for unit, quantity in (
            ("Carton of 12", 24),
            ("箱（12 入）", 24),
            ("carton", 24),
            ("Units", 2),
            ("PCS", 2),
            ("件", 2),
            ("-", 2),
            (None, 2),
        ):
            upload = self.check_unit(2, unit)
            self.assertFalse(upload.error_count, unit)
            self.assertEqual(upload.quantity, quantity, unit)

    def test_part_of_the_name_of_a_unit_is_told(self):
        self.assertIn(
            "Read as 24 Units", self.check_unit(2, "carton").finding_ids.problem
        )
        self.assertFalse(self.check_unit(2, "Carton of 12").finding_ids)

    def test_column_with_a_unit_that_the_product_does_not_have(self):
        for unit in ("Carton of 12", "kg", "盒"):
            error = self.check_unit(2, unit, "MUG-001").finding_ids
            self.assertEqual((error.level, error.column), ("error", "Unit"))
            self.assertEqual(error.suggestion, "Units")

    def test_two_units(self):
        upload = self.check_unit("2 pcs", "Carton of 12")
        self.assertIn("differ in their units", upload.finding_ids.problem)
        upload = self.check_unit("2 箱", "carton")
        self.assertEqual(upload.quantity, 24)

    def test_merged_quantity(self):
        rows = [{"quantity": 5}, {"sku": "MUG-001", "quantity": 5}, {"quantity": 7}]
        merged = [{"quantity": (2, 5)}] * 2 + [{"quantity": (4, 5)}]
        sheet = self.read_cells(*rows, merged=merged)
        errors = [
            (one.row, one.problem) for one in sheet.findings if one.level == "error"
        ]
        problem = "This quantity is merged over several cells."
        self.assertEqual(errors, [(2, problem), (3, problem)])

    def test_pieces(self):
        for quantity in ("3件", "3 pcs", "x3", "×3", "3 個", "3 Units"):
            upload = self.check_quantity(quantity)
            self.assertFalse(upload.finding_ids, quantity)
            self.assertEqual(upload.quantity, 3, quantity)

    def test_unit_that_the_product_does_not_have(self):
        for quantity in ("2 Carton of 12", "2 箱", "2 kg"):
            upload = self.check_quantity(quantity, "MUG-001")
            error = upload.finding_ids
            self.assertEqual(error.level, "error")
            self.assertIn("Clay Mug is not counted in", error.problem)
            self.assertIn("Its units are: Units.", error.remedy)

    def test_word_that_is_no_unit(self):
        for quantity in ("2 blue ones", "3 (?)", "1e3"):
            error = self.check_quantity(quantity).finding_ids
            self.assertEqual(error.problem, "This is not a quantity.", quantity)

    def test_pieces_of_what_is_weighed(self):
        self._create_product(
            "Flour", "FLR-001", uom_id=self.env.ref("uom.product_uom_kgm").id
        )
        self.assertEqual(self.check_quantity("1.5 kg", "FLR-001").quantity, 1.5)
        error = self.check_quantity("3 pcs", "FLR-001").finding_ids
        self.assertIn("is not counted in pcs", error.problem)

    def test_part_of_a_carton(self):
        self.assertEqual(self.check_quantity("0.5 carton").quantity, 6)
        error = self.check_quantity("0.001 carton").finding_ids
        self.assertIn("is not possible in this unit", error.problem)

    def test_spaces_between_thousands(self):
        self.assertEqual(self.check_quantity("1 000").quantity, 1000)

    def test_negative_in_brackets(self):
        error = self.check_quantity("(3)").finding_ids
        self.assertEqual(error.problem, "The quantity must be above zero.")

    def test_percent(self):
        error = self.check_quantity("50%").finding_ids
        self.assertEqual(error.problem, "This is not a quantity.")
