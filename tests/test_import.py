import base64
import io
import zipfile
from datetime import date, datetime, timedelta
from unittest.mock import patch

import openpyxl
import xlsxwriter

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..wizards import spreadsheet_reader, store_transfer_import
from ..wizards.import_columns import COLUMNS
from .common import StoreTransferCase

ENGLISH = [column.get_heading("en_US") for column in COLUMNS]
CHINESE = [column.get_heading("zh_TW") for column in COLUMNS]
NAMES = [column.name for column in COLUMNS]
OLE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


class ImportCase(StoreTransferCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.date = date.today() + timedelta(days=7)

    def make_row(self, **values):
        """Return the cells of a row: by default 3 tea from EC to the north shop."""
        values = {
            "expected_date": self.date,
            "destination": "Shop North",
            "sku": "TEA-001",
            "quantity": 3,
            **values,
        }
        return [values.get(name) for name in NAMES]

    def make_next_row(self, sku, quantity, **values):
        """Return the cells of a row that goes on with the order above it."""
        return self.make_row(
            expected_date=None, destination=None, sku=sku, quantity=quantity, **values
        )

    def make_file(self, *rows, headings=ENGLISH):
        book = openpyxl.Workbook()
        for row in [headings, *rows]:
            book.active.append(row)
        return self.save(book)

    def save(self, book):
        output = io.BytesIO()
        book.save(output)
        return output.getvalue()

    def make_wizard(self, content, user=None):
        return (
            self.env["store.transfer.import"]
            .with_user(user or self.head_office)
            .create(
                {
                    "company_id": self.company.id,
                    "file": base64.b64encode(content),
                    "file_name": "season.xlsx",
                }
            )
        )

    def import_rows(self, *rows, user=None, headings=ENGLISH):
        """Import rows that are right, and return the transfers."""
        wizard = self.make_wizard(self.make_file(*rows, headings=headings), user)
        action = wizard.action_import()
        self.assertFalse(wizard.problem)
        self.assertFalse(wizard.error_ids.mapped(lambda e: (e.row, e.problem)))
        self.assertEqual(action["res_model"], "store.transfer")
        transfers = self.env["store.transfer"].search(action["domain"], order="id")
        self.assertEqual(transfers, wizard.sudo().transfer_ids.sorted("id"))
        self.assertEqual(set(transfers.mapped("state")), {"draft"})
        self.assertLedger(transfers)
        return transfers

    def get_errors(self, *rows, user=None, headings=ENGLISH):
        """Import rows that are wrong, and return ``(row, column, value, problem)``."""
        before = self.env["store.transfer"].search_count([])
        wizard = self.make_wizard(self.make_file(*rows, headings=headings), user)
        action = wizard.action_import()
        self.assertEqual(self.env["store.transfer"].search_count([]), before)
        self.assertEqual(action["res_id"], wizard.id, "The errors must be shown")
        self.assertFalse(wizard.problem)
        self.assertEqual(wizard.error_count, len(wizard.error_ids))
        for error in wizard.error_ids:
            self.assertTrue(error.remedy)
        return [(e.row, e.column, e.value or "", e.problem) for e in wizard.error_ids]

    def get_problem(self, content, user=None):
        """Import a file that is no use as a whole, and return what is said."""
        before = self.env["store.transfer"].search_count([])
        wizard = self.make_wizard(content, user)
        wizard.action_import()
        self.assertEqual(self.env["store.transfer"].search_count([]), before)
        self.assertFalse(wizard.error_ids)
        self.assertTrue(wizard.problem)
        return wizard.problem

    def get_lines(self, transfer):
        return [(line.product_id, line.quantity) for line in transfer.line_ids]


@tagged("post_install", "-at_install")
class TestImportTemplate(ImportCase):
    """Download the template, fill it in, upload it."""

    def fill_template(self, user, *rows):
        wizard = self.env["store.transfer.import"].with_user(user).create({})
        action = wizard.action_download_template()
        self.assertIn(f"/{wizard.id}/template?download=true", action["url"])
        book = openpyxl.load_workbook(
            io.BytesIO(base64.b64decode(wizard.with_user(user).template))
        )
        sheet = book.worksheets[0]
        headings = [cell.value for cell in sheet[1]]
        for number, row in enumerate(rows, start=2):
            for index, value in enumerate(row, start=1):
                sheet.cell(number, index).value = value
        return headings, book

    def test_round_trip_in_english(self):
        headings, book = self.fill_template(self.head_office, self.make_row())
        self.assertEqual(
            headings,
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
        wizard = self.make_wizard(self.save(book))
        wizard.action_import()
        self.assertEqual(self.get_lines(wizard.transfer_ids), [(self.tea, 3)])

    def test_round_trip_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.head_office.lang = "zh_TW"
        user = self.head_office.with_context(lang="zh_TW")
        wizard = (
            self.env["store.transfer.import"]
            .with_user(self.head_office)
            .with_context(lang="zh_TW")
            .create({})
        )
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(wizard.template)))
        sheet = book.worksheets[0]
        self.assertEqual(
            [cell.value for cell in sheet[1]],
            [
                "預計到貨日期",
                "出倉店",
                "第三方",
                "進倉店",
                "品名",
                "品號(SKU碼)",
                "數量",
                "備註",
            ],
        )
        sheet.append(self.make_row())
        wizard = self.make_wizard(self.save(book), user)
        wizard.action_import()
        self.assertEqual(self.get_lines(wizard.transfer_ids), [(self.tea, 3)])

    def test_template_marks_columns_and_explains_them(self):
        _headings, book = self.fill_template(self.head_office)
        sheet, explanation = book.worksheets
        required = [cell.value for cell in sheet[1] if cell.comment]
        self.assertEqual(required, ["Expected date", "To store(s)", "SKU", "Quantity"])
        self.assertEqual(sheet.column_dimensions["F"].number_format, "@")
        rows = list(explanation.values)
        self.assertEqual([row[0] for row in rows[1:]], ENGLISH)
        self.assertTrue(all(row[2] and row[3] for row in rows))

    def test_empty_template_is_refused(self):
        _headings, book = self.fill_template(self.head_office)
        self.assertIn("no rows", self.get_problem(self.save(book)))


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    """Right files: what transfers they make."""

    def test_empty_source_is_the_main_warehouse(self):
        transfer = self.import_rows(self.make_row(remark="Winter"))
        self.assertEqual(transfer.source_store_id, self.ec)
        self.assertEqual(transfer.destination_store_id, self.shop)
        self.assertEqual(transfer.kind, "between")
        self.assertEqual(transfer.initiator, "source")
        self.assertEqual(transfer.expected_date, self.date)
        self.assertEqual(transfer.remark, "Winter")
        self.assertEqual(transfer.user_id, self.head_office)

    def test_imported_transfer_can_be_submitted(self):
        transfer = self.import_rows(self.make_row(), user=self.ec_staff)
        self.submit(transfer)
        self.assertEqual(transfer.state, "waiting")

    def test_several_stores_make_a_transfer_each(self):
        for text in (
            "Shop North, Shop South",
            "SHN，shs",
            "shop north、ＳＨＳ",
            "SHN\nSHS, SHN",
        ):
            transfers = self.import_rows(
                self.make_row(destination=text), self.make_next_row("MUG-001", 2)
            )
            self.assertEqual(
                transfers.destination_store_id, self.shop | self.shop_south, text
            )
            for transfer in transfers:
                self.assertEqual(
                    self.get_lines(transfer), [(self.tea, 3), (self.mug, 2)]
                )

    def test_store_with_a_comma_in_its_name(self):
        self.shop.name = "North, Upper Floor"
        transfer = self.import_rows(self.make_row(destination="North, Upper Floor"))
        self.assertEqual(transfer.destination_store_id, self.shop)

    def test_rows_that_agree_are_one_transfer(self):
        transfers = self.import_rows(
            self.make_row(),
            self.make_row(destination="SHS"),
            self.make_row(sku="MUG-001", quantity=1),
            self.make_row(sku="LMP-001", remark="Fragile"),
            self.make_row(sku="LMP-001", expected_date=self.date + timedelta(days=1)),
        )
        self.assertEqual(
            [self.get_lines(transfer) for transfer in transfers],
            [
                [(self.tea, 3), (self.mug, 1)],
                [(self.tea, 3)],
                [(self.lamp, 3)],
                [(self.lamp, 3)],
            ],
        )

    def test_rows_go_on_with_the_order_above(self):
        transfers = self.import_rows(
            self.make_row(remark="Winter"),
            self.make_next_row("MUG-001", 2, remark="In the red box"),
            self.make_row(destination="SHS"),
            self.make_next_row("MUG-001", 4),
        )
        north, south = transfers
        self.assertEqual(self.get_lines(north), [(self.tea, 3), (self.mug, 2)])
        self.assertEqual(north.line_ids[1].remark, "In the red box")
        self.assertEqual(north.remark, "Winter")
        self.assertEqual(self.get_lines(south), [(self.tea, 3), (self.mug, 4)])

    def test_receipt_from_a_contact(self):
        vendor = self.env["res.partner"].create({"name": "Formosa Tea Ltd."})
        transfer = self.import_rows(
            self.make_row(third_party="Formosa Tea Ltd."), user=self.shop_staff
        )
        self.assertEqual(transfer.kind, "receipt")
        self.assertEqual(transfer.initiator, "destination")
        self.assertEqual(transfer.partner_id, vendor)
        self.assertFalse(transfer.source_store_id)
        self.assertEqual(transfer.destination_store_id, self.shop)
        self.submit(transfer, self.shop_staff)
        self.assertEqual(transfer.state, "approved")

    def test_third_party_that_is_not_one_contact_goes_into_the_remark(self):
        self.env["res.partner"].create([{"name": "Twin"}, {"name": "Twin"}])
        transfers = self.import_rows(
            self.make_row(third_party="Nobody Knows", remark="Winter"),
            self.make_row(third_party="Twin"),
        )
        self.assertFalse(transfers.partner_id)
        self.assertEqual(transfers[0].remark, "Third party: Nobody Knows\nWinter")
        self.assertEqual(transfers[1].remark, "Third party: Twin")

    def test_dispatch(self):
        transfer = self.import_rows(
            self.make_row(third_party="Charity", source="EC", destination=None),
            user=self.ec_staff,
        )
        self.assertEqual(transfer.kind, "dispatch")
        self.assertEqual(transfer.initiator, "source")
        self.assertEqual(transfer.source_store_id, self.ec)
        self.assertFalse(transfer.destination_store_id)

    def test_headings_in_any_order_and_mixed_languages(self):
        row = dict(zip(NAMES, self.make_row(source="EC"), strict=True))
        names = ["quantity", "sku", "destination", "source", "expected_date"]
        headings = ["數 量", "sku", "To  Store(s) *", "出倉店", "Expected Date"]
        transfer = self.import_rows(
            ["x", *(row[name] for name in names)], headings=["Extra", *headings]
        )
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])

    def test_title_rows_above_the_headings(self):
        transfer = self.import_rows(
            [], ENGLISH, self.make_row(), headings=["Allocation of the season"]
        )
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])

    def test_products_by_sku_number_and_barcode(self):
        self.mug.barcode = "4710001000026"
        numbered = self._create_product("Bowl", "4710001", barcode="9990001")
        # Another product's barcode that looks like a SKU: the SKU comes first.
        self._create_product("Plate", "PLT-001", barcode="TEA-001")
        transfer = self.import_rows(
            self.make_row(sku=4710001.0),
            self.make_row(sku="4710001.0"),
            self.make_row(sku=9990001),
            self.make_row(sku=" 4710001000026 "),
            self.make_row(sku="TEA-001"),
        )
        products = transfer.line_ids.mapped("product_id")
        self.assertEqual(
            [line.product_id for line in transfer.line_ids],
            [numbered, numbered, numbered, self.mug, self.tea],
        )
        self.assertEqual(len(products), 3)

    def test_archived_twin_of_a_sku_does_not_matter(self):
        self._create_product("Old Tea", "TEA-001", active=False)
        transfer = self.import_rows(self.make_row())
        self.assertEqual(transfer.line_ids.product_id, self.tea)

    def test_dates_and_quantities_as_text(self):
        transfer = self.import_rows(
            self.make_row(expected_date="2030-11-30", quantity=" ３ ")
        )
        self.assertEqual(transfer.expected_date, date(2030, 11, 30))
        self.assertEqual(transfer.line_ids.quantity, 3)
        transfer = self.import_rows(
            self.make_row(expected_date=datetime(2030, 11, 30, 15), quantity="2.0")
        )
        self.assertEqual(transfer.expected_date, date(2030, 11, 30))

    def test_quantity_in_a_fine_unit(self):
        flour = self._create_product(
            "Flour", "FLR-001", uom_id=self.env.ref("uom.product_uom_kgm").id
        )
        transfer = self.import_rows(self.make_row(sku="FLR-001", quantity=1.5))
        self.assertEqual(self.get_lines(transfer), [(flour, 1.5)])

    def test_computed_cells_and_odd_writers(self):
        """A formula counts with its value; a wrong sheet size is no matter."""
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output)
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ENGLISH)
        sheet.write_row(
            1, 0, self.make_row(expected_date=self.date.isoformat(), quantity=None)
        )
        sheet.write_formula(1, NAMES.index("quantity"), "=2+3", None, 5)
        book.close()
        content = self.replace_part(
            output.getvalue(), "xl/worksheets/sheet1.xml", b"A1:H2", b"A1"
        )
        wizard = self.make_wizard(content)
        wizard.action_import()
        self.assertEqual(self.get_lines(wizard.transfer_ids), [(self.tea, 5)])

    def replace_part(self, content, name, old, new):
        output = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            zipfile.ZipFile(output, "w") as changed,
        ):
            for part in archive.namelist():
                data = archive.read(part)
                changed.writestr(part, data.replace(old, new) if part == name else data)
        return output.getvalue()

    def test_pressing_twice_imports_once(self):
        wizard = self.make_wizard(self.make_file(self.make_row()))
        first = wizard.action_import()
        self.assertEqual(wizard.action_import()["domain"], first["domain"])
        self.assertEqual(len(wizard.transfer_ids), 1)

    def test_mended_file_is_imported_after_errors(self):
        wizard = self.make_wizard(self.make_file(self.make_row(quantity=0)))
        wizard.action_import()
        self.assertEqual(wizard.error_count, 1)
        wizard.file = base64.b64encode(self.make_file(self.make_row()))
        wizard.action_import()
        self.assertFalse(wizard.error_ids)
        self.assertEqual(len(wizard.transfer_ids), 1)

    def test_number_of_queries_does_not_grow_with_the_rows(self):
        """1,000 rows for two shops: stores, products and contacts are read once."""
        products = self.env["product.product"].create(
            [
                {
                    "name": f"Cup {number}",
                    "default_code": f"CUP-{number}",
                    "is_storable": True,
                }
                for number in range(500)
            ]
        )
        rows = [
            self.make_row(sku=product.default_code, destination=destination)
            for destination in ("SHN", "SHS")
            for product in products
        ]
        wizard = self.make_wizard(self.make_file(*rows))
        self.env.invalidate_all()
        with self.assertQueryCount(100):
            wizard.action_import()
            self.env.flush_all()
        self.assertEqual(wizard.transfer_ids.mapped("line_count"), [500, 500])

        rows = [self.make_row(sku="TEA-001", quantity=0) for _number in range(1000)]
        wizard = self.make_wizard(self.make_file(*rows))
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            wizard.action_import()
            self.env.flush_all()
        self.assertEqual(wizard.error_count, 1000)


@tagged("post_install", "-at_install")
class TestImportErrors(ImportCase):
    """Wrong rows: everything is listed at once, and nothing is made."""

    def test_all_errors_at_once(self):
        errors = self.get_errors(
            self.make_row(),
            self.make_row(expected_date="soon", destination="Shop West, SHN"),
            self.make_next_row("NOPE", "many"),
            self.make_row(expected_date=None, sku=None, quantity=None),
            self.make_row(quantity=-1),
        )
        self.assertEqual(
            errors,
            [
                (3, "Expected date", "soon", "This is not a date."),
                (
                    3,
                    "To store(s)",
                    "Shop West",
                    "Formosa Goods has no store of this name.",
                ),
                (4, "SKU", "NOPE", "No product has this SKU or barcode."),
                (4, "Quantity", "many", "This is not a quantity."),
                (5, "Expected date", "", "This is missing."),
                (5, "SKU", "", "This is missing."),
                (5, "Quantity", "", "This is missing."),
                (6, "Quantity", "-1", "The quantity must be above zero."),
            ],
        )

    def test_columns_are_named_as_in_the_file(self):
        errors = self.get_errors(self.make_row(quantity="?"), headings=CHINESE)
        self.assertEqual(errors, [(2, "數量", "?", "This is not a quantity.")])

    def test_wrong_dates(self):
        for value in ("30/11/2026", "2026-02-30", 46000, "2026-11-30-01", True):
            errors = self.get_errors(self.make_row(expected_date=value))
            self.assertEqual(
                [error[:2] + error[3:] for error in errors],
                [(2, "Expected date", "This is not a date.")],
                value,
            )

    def test_wrong_quantities(self):
        for value in ("abc", "1e3", "nan", "inf", True, "1,5", 1e12, "9" * 400):
            errors = self.get_errors(self.make_row(quantity=value))
            self.assertEqual(
                [(error[0], error[1], error[3]) for error in errors],
                [(2, "Quantity", "This is not a quantity.")],
                value,
            )
        for value in (0, -2, "-0.0"):
            errors = self.get_errors(self.make_row(quantity=value))
            self.assertEqual(errors[0][3], "The quantity must be above zero.", value)

    def test_quantity_impossible_in_the_unit(self):
        errors = self.get_errors(self.make_row(quantity=1.001))
        self.assertEqual(errors[0][:3], (2, "Quantity", "1.001"))
        self.assertIn("is not possible in this unit", errors[0][3])
        self.tea.tracking = "serial"
        errors = self.get_errors(self.make_row(quantity=1.5))
        self.assertIn("is not possible in this unit", errors[0][3])

    def test_wrong_stores(self):
        twin = self._create_shop("SHS", "TWN")
        other = self.env["res.company"].create({"name": "Other"})
        self._create_shop("Foreign Shop", "FRN", other)
        self._create_shop("Depot", "DPT").is_store = False
        rows = {
            "SHS": "There are 2 stores of this name.",
            "Foreign Shop": "Formosa Goods has no store of this name.",
            "DPT": "Formosa Goods has no store of this name.",
            "EC": "The goods would leave EC Warehouse for itself.",
        }
        errors = self.get_errors(*(self.make_row(destination=name) for name in rows))
        self.assertEqual(
            errors,
            [
                (row, "To store(s)", name, problem)
                for row, (name, problem) in enumerate(rows.items(), start=2)
            ],
        )
        self.import_rows(self.make_row(destination=twin.code))

    def test_missing_stores(self):
        self.assertEqual(
            self.get_errors(
                self.make_row(destination=None), self.make_row(destination=" , ")
            ),
            [
                (2, "To store(s)", "", "This is missing."),
                (3, "To store(s)", ",", "This is missing."),
            ],
        )

    def test_third_party_with_both_sides_or_none(self):
        errors = self.get_errors(
            self.make_row(third_party="Vendor", source="EC"),
            self.make_row(third_party="Vendor", destination=None),
        )
        self.assertEqual(
            errors,
            [
                (
                    row,
                    "Third party",
                    "Vendor",
                    "It is not clear which way the goods go.",
                )
                for row in (2, 3)
            ],
        )

    def test_first_row_has_no_order_above(self):
        errors = self.get_errors(self.make_next_row("TEA-001", 1))
        self.assertEqual(
            [error[:2] for error in errors], [(2, "Expected date"), (2, "To store(s)")]
        )

    def test_wrong_products(self):
        self._create_product("Service", "SRV-001", is_storable=False)
        self._create_product("Gone", "GNE-001", active=False)
        self._create_product("Second Lamp", "LMP-001")
        self._create_product("Nameless", False, barcode="4719999")
        other = self.env["res.company"].create({"name": "Other"})
        self._create_product("Foreign", "FRN-001", company_id=other.id)
        skus = {
            "SRV-001": "is not a product whose stock is tracked",
            "GNE-001": "is archived",
            "LMP-001": "2 products have this SKU",
            "4719999": "has no SKU",
            "FRN-001": "No product has this SKU",
        }
        errors = self.get_errors(*(self.make_row(sku=sku) for sku in skus))
        self.assertEqual([error[2] for error in errors], list(skus))
        for error, expected in zip(errors, skus.values(), strict=True):
            self.assertIn(expected, error[3])

    def test_product_outside_an_assortment(self):
        self.shop.write(
            {
                "transfer_assortment": "selected",
                "transfer_product_ids": [Command.set(self.mug.ids)],
            }
        )
        errors = self.get_errors(
            self.make_row(destination="SHN, SHS"), self.make_next_row("MUG-001", 1)
        )
        self.assertEqual(len(errors), 1)
        self.assertEqual(errors[0][:3], (2, "SKU", "TEA-001"))
        self.assertIn("not in the assortment of Shop North", errors[0][3])

    def test_no_right_for_the_source(self):
        problem = "You don't work for EC Warehouse."
        self.assertEqual(
            self.get_errors(
                self.make_row(destination="SHN, SHS"),
                self.make_row(source="EC"),
                user=self.south_staff,
            ),
            [
                (2, "From store", "EC Warehouse", problem),
                (3, "From store", "EC", problem),
            ],
        )
        self.import_rows(self.make_row(source="SHS"), user=self.south_staff)

    def test_no_right_for_the_destination_of_a_receipt(self):
        errors = self.get_errors(
            self.make_row(third_party="Vendor", destination="SHN, SHS"),
            user=self.south_staff,
        )
        self.assertEqual(
            [error[1:] for error in errors],
            [("To store(s)", "SHN, SHS", "You don't work for Shop North.")],
        )

    def test_one_error_stops_everything(self):
        self.get_errors(
            *(self.make_row(sku=sku) for sku in ("TEA-001", "MUG-001", "NOPE"))
        )

    def test_texts_that_look_like_formulas_or_markup(self):
        errors = self.get_errors(
            self.make_row(sku="+SUM(A1)", destination="<b>SHN</b>"),
            self.make_row(sku="@x", destination="' OR 1=1 --"),
        )
        self.assertEqual(len(errors), 4)


@tagged("post_install", "-at_install")
class TestImportAccess(ImportCase):
    def test_only_store_staff_import(self):
        content = self.make_file(self.make_row())
        with self.assertRaises(AccessError):
            self.make_wizard(content, self.inventory_user)
        wizard = self.make_wizard(content)
        with self.assertRaises(AccessError):
            wizard.with_user(self.inventory_user).action_import()
        with self.assertRaises(AccessError):
            wizard.with_user(self.ec_staff).action_import()

    def test_only_into_own_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        wizard = self.make_wizard(self.make_file(self.make_row()))
        wizard.sudo().company_id = other
        with self.assertRaises(AccessError):
            wizard.action_import()


@tagged("post_install", "-at_install")
class TestImportBrokenFiles(ImportCase):
    """Files that are no use as a whole: one sentence, never a traceback."""

    def test_no_file(self):
        self.assertIn("Choose a file", self.get_problem(b""))

    def test_not_a_spreadsheet(self):
        for content in (b"date,store\n", b"%PDF-1.7", "數量".encode(), b"\x00" * 100):
            self.assertIn("not an Excel file", self.get_problem(content))

    def test_other_zip_files(self):
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w") as archive:
            archive.writestr("word/document.xml", "<document/>")
        self.assertIn("not an Excel file", self.get_problem(output.getvalue()))

    def test_encrypted_and_old_files(self):
        marker = "EncryptedPackage".encode("utf-16-le")
        self.assertIn("password", self.get_problem(OLE_FILE + marker))
        self.assertIn("Excel 97", self.get_problem(OLE_FILE))

    def test_damaged_files(self):
        content = self.make_file(self.make_row())
        for size in range(1, len(content), len(content) // 25):
            self.assertTrue(self.get_problem(b"PK" + content[2:size]), size)
        self.assertIn("damaged", self.get_problem(content[: len(content) // 2]))

    def test_damaged_sheet_inside_a_sound_archive(self):
        for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
            output = io.BytesIO()
            content = self.make_file(self.make_row())
            with (
                zipfile.ZipFile(io.BytesIO(content)) as archive,
                zipfile.ZipFile(output, "w") as changed,
            ):
                for name in archive.namelist():
                    data = archive.read(name)
                    changed.writestr(name, data[:-20] if name == part else data)
            self.assertIn("damaged", self.get_problem(output.getvalue()), part)

    def test_no_headings(self):
        problem = self.get_problem(self.make_file(headings=["SKU", "Remark"]))
        self.assertIn("Expected date, To store(s), Quantity", problem)
        problem = self.get_problem(self.save(openpyxl.Workbook()))
        self.assertIn("Expected date, To store(s), SKU, Quantity", problem)

    def test_repeated_heading(self):
        problem = self.get_problem(self.make_file(headings=[*ENGLISH, "數量"]))
        self.assertIn("Two columns have the heading Quantity", problem)

    def test_too_many_rows(self):
        rows = [self.make_row() for _number in range(4)]
        with patch.object(spreadsheet_reader, "MAX_ROWS", 3):
            problem = self.get_problem(self.make_file(*rows))
            self.assertIn("rows. Split it", problem)
        row = self.make_row(destination="SHN, SHS")
        with patch.object(store_transfer_import, "MAX_LINES", 1):
            self.assertIn("more than 1 lines", self.get_problem(self.make_file(row)))

    def test_too_large(self):
        content = self.make_file(self.make_row())
        with patch.object(spreadsheet_reader, "MAX_FILE_SIZE", 100):
            self.assertIn("too large", self.get_problem(content))

    def test_zip_bomb_is_not_unpacked(self):
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml", bytes(60 * 1024 * 1024))
        self.assertLess(len(output.getvalue()), 100_000)
        with patch.object(openpyxl, "load_workbook") as load_workbook:
            self.assertIn("too large", self.get_problem(output.getvalue()))
        load_workbook.assert_not_called()

    def test_row_far_down_does_not_hang(self):
        book = openpyxl.Workbook()
        book.active.append(ENGLISH)
        book.active.append(self.make_row())
        book.active.cell(1_048_576, 20).value = "far away"
        wizard = self.make_wizard(self.save(book))
        wizard.action_import()
        self.assertEqual(len(wizard.transfer_ids), 1)
