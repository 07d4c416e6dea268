import io
from datetime import date, datetime, timedelta

import openpyxl
import xlsxwriter

from odoo.tests import tagged

from .common_import import ENGLISH, NAMES, ImportCase


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

    def test_a_sum_has_a_unit_or_says_nothing(self):
        kilogram = self.env.ref("uom.product_uom_kgm")
        self._create_product("Loose Tea", "LSE-001", uom_id=kilogram.id)
        tea = self.make_row(sku="TEA-001", quantity=3)
        loose = self.make_row(sku="LSE-001", quantity=2.5, destination="SHS")
        for rows, unit in (
            ([tea, self.make_row(sku="MUG-001")], self.tea.uom_id),
            ([loose], kilogram),
            ([tea, loose], kilogram.browse()),
            ([tea, self.make_row(sku="LSE-001", quantity=2.5)], kilogram.browse()),
        ):
            upload = self.check(self.make_file(*rows))
            self.assertEqual(upload.stock_uom_id, unit)
            if len(upload.order_ids) == 1:
                self.assertEqual(upload.order_ids.stock_uom_id, unit)

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
                self.make_row(destination=text, remark=text),
                self.make_next_row("MUG-001", 2),
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
        self.assertEqual(
            self.get_lines(transfer), [(numbered, 9), (self.mug, 3), (self.tea, 3)]
        )

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

    def test_dates_in_many_notations(self):
        november = date(2030, 11, 30)
        for number, text in enumerate(
            (
                "2030/11/30",
                "2030-11-30",
                "11/30/2030",
                "2030年11月30日",
                "119/11/30",
                "1191130",
                "2030/11/30 14:00",
                47817,
                "民國119年11月30日",
                "２０３０/１１/３０",
            )
        ):
            transfer = self.import_rows(
                self.make_row(expected_date=text, remark=str(number))
            )
            self.assertEqual(transfer.expected_date, november, text)

    def test_day_before_month_where_the_language_has_it(self):
        self.env["res.lang"]._activate_lang("en_GB")
        self.head_office.lang = "en_GB"
        upload = self.upload(self.make_file(self.make_row(expected_date="30/11/2030")))
        upload.with_context(lang="en_GB").action_check()
        self.assertEqual(upload.order_ids.expected_date, date(2030, 11, 30))

    def test_quantities_in_many_notations(self):
        for text, quantity in (("1,000", 1000), (" １２ ", 12), ("5.0", 5), (7.0, 7)):
            transfer = self.import_rows(self.make_row(quantity=text))
            self.assertEqual(transfer.line_ids.quantity, quantity, text)

    def test_barcode_in_a_column_of_its_own(self):
        self.mug.barcode = "4710001000026"
        headings = ["預計到貨日", "來源店家", "目的店家", "SKU", "條碼", "數量"]
        transfer = self.import_rows(
            [self.date, "EC", "SHN", None, "4710001000026", 2],
            [self.date, "EC", "SHN", "TEA-001", "4710001000026", 1],
            headings=headings,
        )
        self.assertEqual(self.get_lines(transfer), [(self.mug, 2), (self.tea, 1)])

    def test_headings_on_the_second_sheet(self):
        book = openpyxl.Workbook()
        book.active.append(["This is only the cover"])
        sheet = book.create_sheet("Rows")
        sheet.append(ENGLISH)
        sheet.append(self.make_row())
        transfer = self.import_content(self.save(book))
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])

    def test_submit_at_once(self):
        transfers = self.import_rows(
            self.make_row(),
            self.make_row(third_party="Vendor", destination="SHS"),
            after_import="submit",
        )
        self.assertEqual(transfers.mapped("state"), ["waiting", "approved"])
        upload = self.env["store.transfer.import"].search([], limit=1)
        self.assertEqual(upload.submitted_count, 2)
        self.assertEqual(upload.progress, 100)

    def test_stock_that_was_sold_after_the_check(self):
        """Just before the first transfer is made, the file is checked again."""
        self.company.transfer_block_shortage = True
        upload = self.check(self.make_file(self.make_row()), after_import="submit")
        self.assertTrue(upload.can_import)
        self._add_stock(self.ec, self.tea, -98)
        self.env.invalidate_all()
        upload.action_import()
        self.assertEqual(upload.state, "checked")
        self.assertEqual(upload.error_count, 1)
        self.assertFalse(upload.order_ids.transfer_id)

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
        content = self.change_parts(
            output.getvalue(),
            {"xl/worksheets/sheet1.xml": lambda data: data.replace(b"A1:H2", b"A1")},
        )
        transfer = self.import_content(content)
        self.assertEqual(self.get_lines(transfer), [(self.tea, 5)])
