import io

import openpyxl

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_import import ENGLISH, ImportCase


@tagged("post_install", "-at_install")
class TestImportTemplate(ImportCase, HttpCase):
    """Download the template, fill it in, upload it."""

    def download(self, user, lang=None):
        if lang:
            self.env["res.lang"]._activate_lang(lang)
            user.lang = lang
        upload = self.env["store.transfer.import"].with_user(user).create({})
        self.authenticate(user.login, user.login)
        response = self.url_open(upload.action_download_template()["url"])
        self.assertEqual(response.status_code, 200)
        return openpyxl.load_workbook(io.BytesIO(response.content))

    def test_round_trip_in_english(self):
        book = self.download(self.head_office)
        sheet = book.worksheets[0]
        self.assertEqual(
            [cell.value for cell in sheet[1]],
            [
                "Expected date",
                "From store",
                "Third party",
                "To store(s)",
                "Product name",
                "SKU",
                "Quantity",
                "Remark",
            ],
        )
        for index, value in enumerate(self.make_row(), start=1):
            sheet.cell(2, index).value = value
        transfer = self.import_content(self.save(book))
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])

    def test_round_trip_in_chinese(self):
        book = self.download(self.head_office, "zh_TW")
        sheet = book.worksheets[0]
        self.assertEqual(
            [cell.value for cell in sheet[1]],
            [
                "預計到倉日期",
                "出倉店",
                "第三方",
                "進倉店",
                "品名",
                "品號(SKU碼)",
                "數量",
                "備註",
            ],
        )
        for index, value in enumerate(self.make_row(), start=1):
            sheet.cell(2, index).value = value
        transfer = self.import_content(self.save(book))
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])

    def test_columns_are_marked_formatted_and_explained(self):
        sheet, explanation, _stores = self.download(self.head_office).worksheets
        required = [cell.value for cell in sheet[1] if cell.comment]
        self.assertEqual(required, ["Expected date", "To store(s)", "SKU", "Quantity"])
        self.assertEqual(sheet.column_dimensions["F"].number_format, "@")
        self.assertEqual(sheet.column_dimensions["A"].number_format, "yyyy-mm-dd")
        rows = list(explanation.values)
        self.assertEqual([row[0] for row in rows[1:]], ENGLISH)
        self.assertTrue(all(row[2] and row[3] for row in rows))

    def get_drop_downs(self, book):
        """Return the names that the two columns of stores let one choose from."""
        stores = book.worksheets[2]
        checked = {
            str(check.sqref)[0]: check.formula1
            for check in book.worksheets[0].data_validations.dataValidation
            if check.type == "list"
        }
        self.assertEqual(set(checked), {"B", "D"})
        self.assertIn(stores.title, checked["B"])
        return [
            [cell.value for cell in column[1:] if cell.value]
            for column in stores.iter_cols()
        ]

    def test_drop_downs_of_head_office_have_all_stores(self):
        book = self.download(self.head_office)
        names = ["EC Warehouse", "Shop North", "Shop South"]
        self.assertEqual(self.get_drop_downs(book), [names, names])

    def test_drop_downs_of_staff_start_from_their_own_stores(self):
        book = self.download(self.south_staff)
        sources, destinations = self.get_drop_downs(book)
        self.assertEqual(sources, ["Shop South"])
        self.assertEqual(destinations, ["EC Warehouse", "Shop North", "Shop South"])

    def test_empty_template_is_refused(self):
        book = self.download(self.head_office)
        self.assertIn("no rows", self.get_problem(self.save(book)))

    def test_only_store_staff_get_it(self):
        login = self.inventory_user.login
        self.authenticate(login, login)
        with mute_logger("odoo.http"):
            response = self.url_open("/store_transfer/import_template")
        self.assertEqual(response.status_code, 403)

    def test_stores_of_a_foreign_company_are_not_shown(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_shop("Foreign Shop", "FRN", other)
        login = self.head_office.login
        self.authenticate(login, login)
        response = self.url_open(
            f"/store_transfer/import_template?company_id={other.id}"
        )
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        for names in self.get_drop_downs(book):
            self.assertNotIn("Foreign Shop", names)

    def test_odoos_own_import_points_to_it(self):
        templates = (
            self.env["store.transfer"]
            .with_user(self.head_office)
            .get_import_templates()
        )
        self.assertEqual(templates[0]["template"], "/store_transfer/import_template")
