from datetime import date, timedelta

from odoo.tests import tagged

from .common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportNotices(ImportCase):
    """What is worth a look, and keeps nothing from being imported."""

    def test_name_of_another_product(self):
        self.assertEqual(
            self.get_notices(
                self.make_row(product_name="Oolong Tea"),
                self.make_row(product_name="[TEA-001] Oolong Tea", remark="a"),
                self.make_row(product_name="Oolong", remark="b"),
                self.make_row(product_name=" oolong　ＴＥＡ ", destination="SHS"),
                self.make_row(product_name="Clay Mug", remark="other"),
            ),
            [(6, "Product name", "Clay Mug", "TEA-001 is Oolong Tea.")],
        )

    def test_name_in_another_language(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.tea.with_context(lang="zh_TW").name = "烏龍茶"
        self.assertFalse(self.get_notices(self.make_row(product_name="烏龍茶")))

    def test_date_in_the_past(self):
        yesterday = date.today() - timedelta(days=1)
        notices = self.get_notices(self.make_row(expected_date=yesterday))
        self.assertEqual(
            notices,
            [(2, "Expected date", str(yesterday), "This date is in the past.")],
        )

    def test_not_enough_stock_over_all_orders(self):
        notices = self.get_notices(
            self.make_row(quantity=60),
            self.make_row(sku="MUG-001", quantity=100),
            self.make_row(destination="SHS", quantity=60),
        )
        self.assertEqual(len(notices), 1)
        self.assertEqual(notices[0][:3], (2, "Quantity", "120"))
        self.assertIn("EC Warehouse has 100 free", notices[0][3])
        self.assertIn("together ask for 120", notices[0][3])

    def test_stock_is_no_matter_for_a_vendor(self):
        self.env["res.partner"].create({"name": "Vendor"})
        row = self.make_row(third_party="Vendor", quantity=5000)
        self.assertFalse(self.get_notices(row))

    def test_shortage_is_an_error_when_it_would_be_refused(self):
        self.company.transfer_block_shortage = True
        row = self.make_row(quantity=101)
        self.assertFalse(self.get_findings(self.check(self.make_file(row)), "error"))
        errors = self.get_errors(row, after_import="submit")
        self.assertEqual([error[:3] for error in errors], [(2, "Quantity", "101")])

    def test_same_product_twice_is_added_up(self):
        rows = [
            self.make_row(quantity=3),
            self.make_row(sku="MUG-001"),
            self.make_next_row("TEA-001", 4),
        ]
        notices = self.get_notices(*rows)
        self.assertEqual(len(notices), 1)
        self.assertEqual(notices[0][:3], (4, "SKU", "TEA-001"))
        self.assertIn("is in row 2 already", notices[0][3])
        transfer = self.import_rows(*rows)
        self.assertEqual(self.get_lines(transfer), [(self.tea, 7), (self.mug, 3)])

    def test_zeros_that_excel_dropped(self):
        bowl = self._create_product("Bowl", "000123")
        row = self.make_row(sku=123)
        notices = self.get_notices(row)
        self.assertEqual(notices[0][:3], (2, "SKU", "123"))
        self.assertIn("Read as 000123", notices[0][3])
        self.assertEqual(self.get_lines(self.import_rows(row)), [(bowl, 3)])

    def test_barcode_of_another_product(self):
        self.mug.barcode = "4710001000026"
        content = self.make_file(
            [self.date, "SHN", "TEA-001", "4710001000026", 2],
            headings=["Expected date", "To store", "SKU", "Barcode", "Quantity"],
        )
        notices = self.get_findings(self.check(content), "notice")
        self.assertEqual(notices[0][:3], (2, "Barcode", "4710001000026"))
        self.assertIn("Clay Mug", notices[0][3])

    def test_third_party_that_is_no_contact(self):
        self.env["res.partner"].create([{"name": "Twin"}, {"name": "TWIN"}])
        notices = self.get_notices(
            self.make_row(third_party="Nobody"), self.make_row(third_party="twin")
        )
        self.assertEqual(
            [notice[3] for notice in notices],
            ["No contact has this name.", "2 contacts have this name."],
        )

    def test_contact_is_found_whatever_its_case(self):
        vendor = self.env["res.partner"].create({"name": "Formosa Tea Ltd."})
        transfer = self.import_rows(self.make_row(third_party="formosa tea ltd."))
        self.assertEqual(transfer.partner_id, vendor)

    def test_macros_are_not_run(self):
        content = self.add_part(self.make_file(self.make_row()), "xl/vbaProject.bin")
        upload = self.check(content)
        self.assertEqual(upload.notice_count, 1)
        self.assertIn("macros", upload.finding_ids.problem)
        self.assertTrue(upload.can_import)
