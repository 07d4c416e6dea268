from odoo.tests import tagged

from ..spreadsheets.layout.columns import COLUMNS, IGNORED
from ..spreadsheets.layout.headings import find_meaning
from ..spreadsheets.reading import OF_VENDORS
from .common_import import ImportCase

DATE, STORE, SKU, QUANTITY = "Expected date", "To store", "SKU", "Quantity"


@tagged("post_install", "-at_install")
class TestImportHeadings(ImportCase):
    """Whatever people write above a column, it is read as what they meant."""

    def get_reading(self, row, headings, **values):
        content = self.make_file(row, headings=headings)
        return self.upload(content, **values)._get_reader().read_file()

    def get_column(self, heading, cell, headings=(DATE, STORE, SKU, QUANTITY)):
        """Return the :class:`FileColumn` of a further column at the right."""
        row = [self.date, "SHN", "TEA-001", 3, cell]
        reading = self.get_reading(row, [*headings, heading])
        return reading.columns[-1]

    def test_words_of_other_programs(self):
        for words in (
            ("預計到貨日期", "門市", "商品編號", "數量"),
            ("到貨日期", "店名", "品號", "數量(件)"),
            ("預交日", "撥入門市", "料號", "件數"),
            ("需求日期", "目的倉", "貨品編號", "訂購數量"),
            ("到货日期", "调入门店", "商品编码", "调拨数量"),
            ("Expected date", "Location", "Part No.", "Qty"),
            ("Delivery date", "Destination", "Item code", "Pieces"),
            ("ETA", "Ship To", "Material", "Order Qty"),
            ("Need by", "Receiving Store", "Style", "Quantities"),
            ("日期", "目的門市", "SKU", "數量"),
        ):
            row = [self.date, "SHN", "TEA-001", 3]
            transfer = self.import_rows(row, headings=words, remark=words[0])
            self.assertEqual(transfer.destination_store_id, self.shop, words)
            self.assertEqual(self.get_lines(transfer), [(self.tea, 3)], words)

    def test_source_is_never_overlooked(self):
        """A column that is dropped would have the goods leave from EC."""
        for word in (
            "調出門市",
            "出貨倉",
            "來源門市",
            "撥出倉",
            "移出店",
            "发货仓库",
            "From warehouse",
            "Ship from",
            "SOURCE LOCATION",
            "From stores",
            "出倉店(店代號)",
            "出倉店 From",
            "From / 出倉店",
            "出倉店\nFrom store",
            "＊出倉店（必填）",
        ):
            transfer = self.import_rows(
                [self.date, "SHS", "SHN", "TEA-001", 3],
                headings=[DATE, word, STORE, SKU, QUANTITY],
                remark=word,
            )
            self.assertEqual(transfer.source_store_id, self.shop_south, word)

    def test_two_languages_in_one_heading(self):
        transfer = self.import_rows(
            [self.date, "SHN", "TEA-001", 3],
            headings=[
                "Expected date 預計到倉日期",
                "To store(s) 進倉店",
                "SKU 品號",
                "數量/Quantity",
            ],
        )
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])

    def test_halves_that_mean_different_columns(self):
        for text in ("品號/品名", "出倉店 / To store"):
            self.assertFalse(find_meaning(text))
        self.assertEqual(find_meaning("SKU / Barcode").name, "sku")

    def test_word_that_makes_something_else_of_a_heading(self):
        for text in ("Stock 數量", "數量(已出)", "舊 SKU"):
            meaning = find_meaning(text)
            self.assertFalse(meaning and meaning.name != IGNORED, text)
        self.assertEqual(find_meaning("庫存數量").name, IGNORED)

    def test_weak_word_gives_way(self):
        column = self.get_column("Date", self.date)
        self.assertEqual(column.name, IGNORED)
        column = self.get_column("Store", "SHS")
        self.assertEqual((column.name, column.values), ("", {"SHS"}))
        self.assertEqual(self.get_column("Product", "Tea").name, "product_name")
        self.assertEqual(self.get_column("Number", "T/001").name, "number")

    def test_weak_word_for_the_only_code_of_a_product(self):
        transfer = self.import_rows(
            [1, self.date, "SHN", "TEA-001", 3],
            headings=["No.", DATE, STORE, "Code", QUANTITY],
        )
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])

    def test_every_filled_column_is_named(self):
        reading = self.get_reading(
            ["Winter", self.date, "SHN", "TEA-001", 3, 12.5, None, "x"],
            ["Campaign", DATE, STORE, SKU, QUANTITY, "Unit price", "Remark"],
        )
        self.assertEqual(
            [(one.index, one.heading, one.name) for one in reading.columns],
            [
                (0, "Campaign", ""),
                (1, DATE, "expected_date"),
                (2, STORE, "destination"),
                (3, SKU, "sku"),
                (4, QUANTITY, "quantity"),
                (5, "Unit price", IGNORED),
                (7, "", ""),
            ],
        )
        self.assertEqual(reading.columns[0].samples, ["Winter"])
        self.assertEqual(reading.columns[0].values, {"Winter"})

    def test_numbers_in_front_of_the_rows_say_nothing(self):
        content = self.make_file(
            *([number, self.date, "SHN", "TEA-001", 3] for number in range(4)),
            headings=[None, DATE, STORE, SKU, QUANTITY],
        )
        reading = self.upload(content)._get_reader().read_file()
        self.assertEqual(reading.columns[0].name, IGNORED)

    def test_vendor_of_the_transfer_stands_before_the_product(self):
        reading = self.get_reading(
            [self.date, "Vendor", "SHN", "TEA-001", 3],
            [DATE, "供應商", STORE, SKU, QUANTITY],
        )
        self.assertEqual(reading.rows[0].cells["third_party"], "Vendor")

    def test_vendor_of_the_product_is_only_named(self):
        column = self.get_column("廠商", "Vendor")
        self.assertEqual((column.name, column.doubt), ("", OF_VENDORS))

    def test_what_users_say_goes_first(self):
        self.env["store.transfer.import.heading"].create(
            [
                {
                    "company_id": self.company.id,
                    "name": name,
                    "column_name": column_name,
                }
                for name, column_name in (
                    ("Filiale", "destination"),
                    ("調撥數量", "quantity"),
                    ("Shop", IGNORED),
                )
            ]
        )
        transfer = self.import_rows(
            [self.date, "SHN", "SHS", "TEA-001", 3],
            headings=[DATE, "Filiale", "Shop", SKU, "調撥數量"],
        )
        self.assertEqual(transfer.destination_store_id, self.shop)
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])

    def test_unit_in_the_heading_of_the_quantities(self):
        for heading, unit in (
            ("數量(箱)", "箱"),
            ("數量（單位：箱）", "箱"),
            ("Quantity [Carton of 12]", "Carton of 12"),
        ):
            reading = self.get_reading(
                [self.date, "SHN", "TEA-001", 3], [DATE, STORE, SKU, heading]
            )
            self.assertEqual(reading.rows[0].cells["unit"], unit)
        reading = self.get_reading(
            [self.date, "SHN", "TEA-001", 3], [DATE, STORE, SKU, "數量(件)"]
        )
        self.assertNotIn("unit", reading.rows[0].cells)

    def test_our_own_headings_are_read_as_what_they_are(self):
        """What is exported is imported again: no two columns share a heading."""
        for language in ("en_US", "zh_TW"):
            for column in COLUMNS:
                meaning = find_meaning(column.get_heading(language))
                self.assertIn(column.name, (meaning.name, meaning.otherwise))

    def test_headings_that_are_not_found(self):
        content = self.make_file(
            [self.date, "SHN", "TEA-001", 3],
            headings=["Datum", "Filiale", "SKU", "Menge"],
        )
        problem = self.get_problem(content)
        self.assertIn("Expected date, To store(s), Quantity", problem)
        self.assertIn("Datum, Filiale, SKU, Menge", problem)

    def test_many_rows_of_terms_above_the_headings(self):
        rows = [[f"Term {number}: as usual"] for number in range(60)]
        transfer = self.import_rows(
            *rows,
            [DATE, STORE, SKU, QUANTITY],
            [self.date, "SHN", "TEA-001", 3],
            headings=["Terms"],
        )
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])

    def test_unit_columns_of_our_details(self):
        reading = self.get_reading(
            ["T/1", self.date, "SHN", "TEA-001", "Units", 3],
            ["Number", DATE, STORE, SKU, "Unit", QUANTITY],
        )
        cells = reading.rows[0].cells
        self.assertEqual((cells["number"], cells["unit"]), ("T/1", "Units"))

    def test_goods_for_third_parties_only(self):
        """Then no column says to which store they go."""
        transfer = self.import_rows(
            [self.date, "EC", "Charity", "TEA-001", 3],
            headings=[DATE, "From store", "Third party", SKU, QUANTITY],
        )
        self.assertEqual(transfer.kind, "dispatch")
