from datetime import timedelta

from odoo.tests import tagged

from .common_import import ENGLISH, ImportCase


@tagged("post_install", "-at_install")
class TestImportUnreadColumns(ImportCase):
    """Columns that nobody understands are named, and refused when they matter."""

    def check_column(self, *cells, heading="Whatever"):
        rows = [
            [*self.make_row(quantity=number), cell]
            for number, cell in enumerate(cells, start=1)
        ]
        return self.check(self.make_file(*rows, headings=[*ENGLISH, heading]))

    def assertRefuses(self, what, *cells):
        upload = self.check_column(*cells)
        self.assertFalse(upload.can_import)
        self.assertFalse(upload.order_ids.filtered(lambda order: not order.has_errors))
        error = upload.finding_ids.filtered(lambda one: one.level == "error")
        self.assertEqual(error.column, "Whatever")
        self.assertIn(f"but it holds {what}.", error.problem)
        self.assertIn(str(cells[0]), error.value)

    def test_named_in_one_notice(self):
        row = [*self.make_row(), "red", "blue"]
        upload = self.check(self.make_file(row, headings=[*ENGLISH, "Foo", "Bar"]))
        self.assertEqual(
            upload.finding_ids.problem, "Columns that were not read: Foo, Bar."
        )
        self.assertTrue(upload.can_import)

    def test_empty_column_is_not_named(self):
        self.assertFalse(self.check_column(None).finding_ids)

    def test_stores(self):
        self.assertRefuses("stores", "SHS", "EC", "n/a", "SHN, SHS")

    def test_vendors(self):
        self.env["res.partner"].create({"name": "Formosa Tea", "is_company": True})
        self.assertRefuses("vendors", "formosa tea", "Formosa Tea")

    def test_dates(self):
        self.assertRefuses("dates", self.date, self.date + timedelta(days=1))

    def test_people_and_notes(self):
        self.env["res.partner"].create({"name": "Mei Lin"})
        upload = self.check_column("Mei Lin", "20261130", self.company.name, "EC 3 pcs")
        self.assertFalse(upload.error_count)

    def test_store_by_chance(self):
        upload = self.check_column("EC", "by hand", "fragile")
        self.assertFalse(upload.error_count)

    def test_vendors_among_the_products(self):
        """What shops know of a product makes no receipt from its vendor."""
        self.env["res.partner"].create({"name": "Formosa Tea", "is_company": True})
        upload = self.check(
            self.make_file(
                [self.date, "SHN", "TEA-001", "Formosa Tea", 3],
                headings=["Expected date", "To store(s)", "SKU", "廠商", "Quantity"],
            )
        )
        self.assertEqual(upload.order_ids.kind, "between")
        notice = upload.finding_ids
        self.assertEqual((notice.level, notice.column), ("notice", "廠商"))
        self.assertIn("information on the products", notice.problem)
