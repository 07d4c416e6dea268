from datetime import timedelta

from odoo.tests import tagged

from .common_import import ImportCase

TABLE = [["SKU", "Quantity"], ["TEA-001", 3], ["MUG-001", 2]]


@tagged("post_install", "-at_install")
class TestImportAboveTheTable(ImportCase):
    """A form says once, above its lines, when they go where."""

    def import_form(self, first, *rows, table=(), **values):
        content = self.make_file(*rows, *(table or TABLE), headings=first)
        return self.import_content(content, **values)

    def assertForm(self, transfer):
        self.assertEqual(transfer.expected_date, self.date)
        self.assertEqual(transfer.source_store_id, self.shop_south)
        self.assertEqual(transfer.destination_store_id, self.shop)
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3), (self.mug, 2)])

    def test_label_beside_its_value(self):
        transfer = self.import_form(
            ["Expected date", self.date],
            ["From store:", None, "SHS"],
            ["To store(s)", "SHN"],
            ["備註", "Winter"],
        )
        self.assertForm(transfer)
        self.assertEqual(transfer.remark, "Winter")

    def test_two_pairs_in_a_row(self):
        self.assertForm(
            self.import_form(
                ["到貨日期", str(self.date), "電話", "02-1234"],
                ["調出門市", "SHS", "調入門市", "SHN"],
            )
        )

    def test_label_and_value_in_one_cell(self):
        self.assertForm(
            self.import_form(
                [f"到貨日期：{self.date}"], ["From: SHS  To: SHN", "Tel: 1234"]
            )
        )

    def test_value_below_its_label(self):
        self.assertForm(
            self.import_form(
                ["Expected date", "From store", "To store"], [self.date, "SHS", "SHN"]
            )
        )

    def test_third_party(self):
        transfer = self.import_form(
            ["Expected date", self.date], ["廠商", "Formosa Tea"], ["To store", "SHN"]
        )
        self.assertEqual(transfer.kind, "receipt")

    def test_rows_go_before_what_stands_above(self):
        later = self.date + timedelta(days=2)
        transfers = self.import_form(
            ["Expected date", self.date],
            ["To store", "SHN"],
            table=[
                ["Expected date", "SKU", "Quantity"],
                [later, "TEA-001", 3],
                [None, "MUG-001", 2],
            ],
        )
        self.assertEqual(transfers.expected_date, later)
        self.assertEqual(transfers.destination_store_id, self.shop)

    def test_what_stands_above_goes_before_the_page(self):
        transfer = self.import_form(
            ["Expected date", self.date],
            ["From store", "SHS"],
            expected_date=self.date + timedelta(days=2),
            source_store_id=self.ec.id,
            destination_store_id=self.shop.id,
            remark="From the page",
        )
        self.assertForm(transfer)
        self.assertEqual(transfer.remark, "From the page")

    def test_source_of_the_page_is_not_meant_for_vendors(self):
        transfer = self.import_rows(
            self.make_row(third_party="Vendor"),
            source_store_id=self.shop_south.id,
        )
        self.assertEqual(transfer.kind, "receipt")

    def test_labels_that_differ_beside_a_column_with_gaps(self):
        """One of them would be taken in silence for the rows that say nothing."""
        content = self.make_file(
            ["出倉店", "SHS"],
            ["調出門市", "EC"],
            ["Expected date", "To store", "出倉店", "SKU", "Quantity"],
            [self.date, "SHN", None, "TEA-001", 3],
            [self.date, "SHN", "SHS", "MUG-001", 2],
            headings=["Transfers"],
        )
        self.assertIn("出倉店, 調出門市", self.get_problem(content))

    def test_other_dates_are_not_meant(self):
        problem = self.get_problem(
            self.make_file(
                ["To store", "SHN"], *TABLE, headings=["製表日期", self.date]
            )
        )
        self.assertIn("Expected date", problem)

    def test_unit_of_all_quantities(self):
        content = self.make_file(
            [self.date, "SHN", "TEA-001", 3],
            headings=["Expected date", "To store", "SKU", "Quantity"],
        )
        self.assertNotIn(
            "unit", self.upload(content)._get_reader().read_file().rows[0].cells
        )
        content = self.make_file(
            ["Expected date", "To store", "SKU", "Quantity"],
            [self.date, "SHN", "TEA-001", 3],
            headings=["單位：箱"],
        )
        reading = self.upload(content)._get_reader().read_file()
        self.assertEqual(reading.rows[0].cells["unit"], "箱")

    def test_errors_name_the_label(self):
        content = self.make_file(
            ["目的倉", "Shop West"], *TABLE, headings=["到貨日期", self.date]
        )
        errors = self.get_findings(self.check(content), "error")
        self.assertEqual({error[1:3] for error in errors}, {("目的倉", "Shop West")})
