from datetime import datetime

from odoo.tests import tagged

from ..spreadsheets.table import PaddedNumber
from .common_import import ImportCase

CODES = ["Expected date", "To store", "SKU", "Barcode", "Quantity"]


@tagged("post_install", "-at_install")
class TestImportSkus(ImportCase):
    """SKUs and barcodes as people type them, and as spreadsheets spoil them."""

    def check_sku(self, sku, **values):
        return self.check(self.make_file(self.make_row(sku=sku, **values)))

    def assertReadAs(self, product, *skus):
        for sku in skus:
            with self.subTest(sku=sku):
                upload = self.check_sku(sku)
                self.assertFalse(self.get_findings(upload, "error"))
                self.assertEqual(upload.order_ids.line_values[0][0], product.id)
                notice = upload.finding_ids.filtered(
                    lambda finding: finding.column_name == "sku"
                )
                self.assertIn(f"Read as {product.default_code}", notice.problem)

    def assertSuggests(self, sku, suggestion):
        error = self.check_sku(sku).finding_ids
        self.assertEqual(error.level, "error")
        self.assertEqual(error.suggestion or "", suggestion)
        return error

    def test_dashes_that_look_alike(self):
        self.assertReadAs(self.tea, "TEA—001", "TEA‑001", "TEAー001", "TEA−001")

    def test_hyphen_left_out_or_added(self):
        bowl = self._create_product("Bowl", "BWL002")
        self.assertReadAs(self.tea, "TEA001", "TEA 001", "TEA - 001", "TEA-001;")
        self.assertReadAs(bowl, "BWL-002", "B-WL002")

    def test_hyphen_that_tells_two_products_apart(self):
        self._create_product("Other Tea", "TE-A001")
        error = self.assertSuggests("TEA001", "")
        self.assertIn("TEA-001", error.remedy)
        self.assertIn("TE-A001", error.remedy)

    def test_marks_that_keep_a_number_as_text(self):
        bowl = self._create_product("Bowl", "00123")
        self.assertReadAs(bowl, "'00123", "’00123", '"00123"')
        content = f'Expected date,To store,SKU,Quantity\n{self.date},SHN,"=""00123""",3'
        upload = self.check(content.encode())
        self.assertEqual(upload.order_ids.line_values[0][0], bowl.id)

    def test_line_breaks_and_spaces_of_other_programs(self):
        for sku in (
            "TEA-001_x000D_",
            "TEA-001_x000D_\n",
            "\u00a0TEA-001\u00a0",
            "TEA-001\r",
        ):
            upload = self.check_sku(sku)
            self.assertFalse(upload.finding_ids, sku)

    def test_barcode_in_groups_of_digits(self):
        self.mug.barcode = "4710001000026"
        self.assertReadAs(
            self.mug, "4 710001 000026", "4710-0010-00026", "'4710001000026"
        )

    def test_number_that_is_shown_with_zeros(self):
        bowl = self._create_product("Bowl", "456")
        plate = self._create_product("Plate", "00456")
        for shown, product in (("00456", plate), ("0456", bowl)):
            (order,) = self.read_cells({"sku": PaddedNumber(456, shown)}).orders
            self.assertEqual(list(order.lines), [product])

    def test_another_case_is_suggested(self):
        error = self.assertSuggests("tea-001", "TEA-001")
        self.assertEqual(error.remedy, "Did you mean TEA-001?")

    def test_letters_and_digits_that_look_alike(self):
        self.assertSuggests("TEA-OO1", "TEA-001")
        self.assertSuggests("TEA-00l", "TEA-001")
        self.assertSuggests("TEA_001", "TEA-001")

    def test_one_wrong_letter(self):
        for sku in ("TEA-0001", "TEA-01", "TRA-001", "TAE-001", "TEA001X"):
            self.assertSuggests(sku, "TEA-001")

    def test_one_wrong_letter_that_may_be_several(self):
        self._create_product("Green Tea", "TEA-002")
        error = self.assertSuggests("TEA-003", "")
        self.assertEqual(error.remedy, "Did you mean TEA-001, TEA-002?")

    def test_name_of_a_product(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.tea.with_context(lang="zh_TW").name = "烏龍茶"
        self.assertSuggests("oolong tea", "TEA-001")
        self.assertSuggests("烏龍茶", "TEA-001")
        self.assertSuggests("[TEA-001] Something", "TEA-001")

    def test_name_of_two_products(self):
        self._create_product("Oolong Tea", "TEA-777")
        self.assertSuggests("Oolong Tea", "")

    def test_archived_product_is_not_suggested(self):
        self.mug.active = False
        self.assertSuggests("mug-001", "")

    def test_two_skus_in_a_cell(self):
        for sku in ("TEA-001/MUG-001", "TEA-001, MUG-001", "TEA-001\nMUG-001"):
            error = self.assertSuggests(sku, "")
            self.assertEqual(error.problem, "These are 2 SKUs.")

    def test_date_that_was_a_sku(self):
        self._create_product("Screw", "10-11")
        for cell in (datetime(2026, 10, 11), "10-Nov", "11-Oct", "10月11日"):
            error = self.assertSuggests(cell, "10-11")
            self.assertIn("has made a date", error.problem)

    def test_text_that_is_no_day(self):
        for cell in ("31-Feb", "10-Nut", "13月1日"):
            error = self.assertSuggests(cell, "")
            self.assertEqual(error.problem, "No product has this SKU or barcode.")
        error = self.assertSuggests(datetime(2026, 5, 6), "")
        self.assertIn("Format the column as text", error.remedy)

    def test_power_of_ten_that_was_a_sku(self):
        self._create_product("Screw", "12E3")
        self.assertSuggests(12000, "12E3")

    def test_number_whose_end_is_lost(self):
        self._create_product("Screw", "123456789012345678")
        error = self.assertSuggests(1.2345678901234568e17, "")
        self.assertIn("its end is lost", error.remedy)

    def test_long_number_that_is_whole(self):
        screw = self._create_product("Screw", "123456789012345678")
        upload = self.check_sku("123456789012345678")
        self.assertEqual(upload.order_ids.line_values[0][0], screw.id)

    def test_number_that_is_a_sku_with_a_power(self):
        screw = self._create_product("Screw", "12E3")
        upload = self.check_sku("12E3")
        self.assertEqual(upload.order_ids.line_values[0][0], screw.id)

    def test_barcode_makes_up_for_a_placeholder(self):
        self.mug.barcode = "4710001000026"
        for sku in ("-", "無", "N/A", "NaN"):
            content = self.make_file(
                [self.date, "SHN", sku, "4710001000026", 2], headings=CODES
            )
            upload = self.check(content)
            self.assertFalse(upload.finding_ids, sku)
            self.assertEqual(upload.order_ids.line_values[0][0], self.mug.id)

    def test_placeholder_without_a_barcode(self):
        self.assertSuggests("-", "")

    def test_sku_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_product("Foreign", "FRN-001", company_id=other.id)
        for sku in ("FRN001", "frn-001", "FRN-002", "Foreign"):
            self.assertSuggests(sku, "")
