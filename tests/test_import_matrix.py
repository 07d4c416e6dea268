import io

import openpyxl

from odoo.tests import tagged

from ..spreadsheets.layout.columns import IGNORED
from ..spreadsheets.reading import OF_STORE
from .common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportMatrix(ImportCase):
    """A column for each store: how head offices allocate."""

    def import_matrix(self, *rows, headings=("SKU", "SHN", "SHS"), **values):
        """Import a matrix below a line with the date.

        :return: ``{store: its lines}``
        """
        content = self.make_matrix(*rows, headings=headings)
        transfers = self.import_content(content, **values)
        return {
            transfer.destination_store_id: self.get_lines(transfer)
            for transfer in transfers
        }

    def make_matrix(self, *rows, headings):
        return self.make_file(headings, *rows, headings=["Expected date", self.date])

    def get_reading(self, *rows, headings):
        content = self.make_matrix(*rows, headings=headings)
        return self.upload(content)._get_reader().read_file()

    def test_row_for_each_product(self):
        lines = self.import_matrix(["TEA-001", 3, 5], ["MUG-001", 2, None])
        self.assertEqual(
            lines,
            {
                self.shop: [(self.tea, 3), (self.mug, 2)],
                self.shop_south: [(self.tea, 5)],
            },
        )

    def test_names_of_stores_in_many_notations(self):
        for north, south in (
            ("Shop North", "Shop South"),
            ("Shop North (SHN)", "SHS - Shop South"),
            ("SHN 北店", "SHS 南店"),
            ("SHN 數量", "SHS 數量"),
            ("SHN\nQty", "SHS\nQty"),
        ):
            lines = self.import_matrix(
                ["TEA-001", 3, 5], headings=["SKU", north, south], remark=north
            )
            self.assertEqual(
                lines, {self.shop: [(self.tea, 3)], self.shop_south: [(self.tea, 5)]}
            )

    def test_quantities_in_words_beside_those_of_stores(self):
        content = self.make_matrix(
            ["TEA-001", 3, 5, "see below"], headings=["SKU", "SHN", "SHS", "Quantity"]
        )
        self.assertIn("in two ways", self.get_problem(content))

    def test_quantity_that_is_not_decided(self):
        content = self.make_matrix(["TEA-001", 3, "?"], headings=["SKU", "SHN", "SHS"])
        (error,) = self.check(content).finding_ids
        self.assertEqual(
            (error.level, error.column, error.value), ("error", "SHS", "?")
        )

    def test_quantity_merged_over_two_stores(self):
        """It may be one for each of them, or one for both."""
        content = self.make_matrix(
            ["TEA-001", 3, None], ["MUG-001", 2, 1], headings=["SKU", "SHN", "SHS"]
        )
        book = openpyxl.load_workbook(io.BytesIO(content))
        book.active.merge_cells("B3:C3")
        errors = self.check(self.save(book)).finding_ids
        self.assertEqual(
            [(error.level, error.row, error.column, error.value) for error in errors],
            [("error", 3, "SHN", "3"), ("error", 3, "SHS", "3")],
        )
        self.assertIn("merged over several cells", errors[0].problem)

    def test_date_and_source_from_the_page(self):
        content = self.make_file(
            ["TEA-001", 3, 5], headings=["SKU", "SHN", "Shop South"]
        )
        self.assertIn("Expected date", self.get_problem(content))
        transfers = self.import_content(
            content, expected_date=self.date, source_store_id=self.ec.id
        )
        self.assertEqual(len(transfers), 2)
        self.assertEqual(transfers.source_store_id, self.ec)

    def test_date_in_each_row_or_in_the_first(self):
        content = self.make_file(
            [self.date, "TEA-001", 3, 5],
            [None, "MUG-001", 2, 1],
            headings=["Expected date", "SKU", "SHN", "SHS"],
        )
        transfers = self.import_content(content)
        self.assertEqual(set(transfers.mapped("expected_date")), {self.date})
        self.assertEqual(transfers.mapped("line_count"), [2, 2])

    def test_none_in_many_notations(self):
        lines = self.import_matrix(
            ["TEA-001", 3, 0], ["MUG-001", "-", 2], ["LMP-001", "無", "0"]
        )
        self.assertEqual(
            lines, {self.shop: [(self.tea, 3)], self.shop_south: [(self.mug, 2)]}
        )

    def test_product_for_no_store_is_told(self):
        reading = self.get_reading(
            ["TEA-001", 3, 5], ["LMP-001", None, 0], headings=["SKU", "SHN", "SHS"]
        )
        self.assertEqual(
            [(row.number, row.reason) for row in reading.left_out], [(4, "no_quantity")]
        )

    def test_totals_are_no_store(self):
        rows = [["TEA-001", 3, 5, 8], ["MUG-001", 2, 1, 3], ["合計", 5, 6, 11]]
        for heading in ("合計", "Total", "數量", "總配量"):
            headings = ["SKU", "SHN", "SHS", heading]
            reading = self.get_reading(*rows, headings=headings)
            self.assertEqual(len(reading.rows), 4, heading)
            self.assertEqual(reading.columns[-1].name, IGNORED, heading)
            self.assertEqual([row.reason for row in reading.left_out], ["total"])

    def test_store_that_there_is_not(self):
        """What it would get is an error, and never left out in silence."""
        headings = ["SKU", "SHN", "SHS", "Shop West"]
        reading = self.get_reading(["TEA-001", 3, 5, 4], headings=headings)
        self.assertEqual(reading.columns[-1].doubt, OF_STORE)
        upload = self.check(self.make_matrix(["TEA-001", 3, 5, 4], headings=headings))
        self.assertFalse(upload.can_import)

    def test_stock_of_a_store_is_no_quantity_for_it(self):
        lines = self.import_matrix(
            ["TEA-001", 90, 3, 5], headings=["SKU", "EC 庫存", "SHN", "SHS"]
        )
        self.assertEqual(
            lines, {self.shop: [(self.tea, 3)], self.shop_south: [(self.tea, 5)]}
        )

    def test_stores_above_the_headings(self):
        content = self.make_file(
            ["到貨日期：" + str(self.date)],
            [None, None, "SHN", "SHS"],
            ["品號", "品名", "數量", "數量"],
            ["TEA-001", None, 3, 5],
            headings=["配貨表"],
        )
        transfers = self.import_content(content)
        self.assertEqual(transfers.destination_store_id, self.shop | self.shop_south)

    def test_stores_below_the_headings(self):
        content = self.make_file(
            ["品號", "品名", "門市", None],
            [None, None, "SHN", "SHS"],
            ["TEA-001", None, 3, 5],
            headings=["到貨日期：" + str(self.date)],
        )
        transfers = self.import_content(content)
        self.assertEqual(transfers.destination_store_id, self.shop | self.shop_south)

    def test_one_store_only(self):
        lines = self.import_matrix(["TEA-001", 3], headings=["SKU", "SHN"])
        self.assertEqual(lines, {self.shop: [(self.tea, 3)]})

    def test_error_names_the_store_of_its_cell(self):
        content = self.make_matrix(
            ["TEA-001", 3, "many"], headings=["SKU", "SHN", "SHS"]
        )
        upload = self.check(content)
        self.assertEqual(
            [error[:3] for error in self.get_findings(upload, "error")],
            [(3, "SHS", "many")],
        )

    def test_two_ways_to_say_where_goods_go(self):
        content = self.make_file(
            [self.date, "TEA-001", "SHN", 3, 2, 4],
            headings=[
                "Expected date",
                "SKU",
                "To store(s)",
                "Quantity",
                "Shop North",
                "Shop South",
            ],
        )
        problem = self.get_problem(content)
        self.assertIn("To store(s), Quantity, Shop North, Shop South", problem)

    def test_stores_as_rows(self):
        content = self.make_file(
            ["SHN", 3, 2],
            ["SHS", 5, None],
            headings=["門市", "TEA-001", "MUG-001"],
        )
        self.assertIn("TEA-001", self.get_problem(content))

    def test_more_lines_than_are_imported_at_once(self):
        self.company.transfer_import_rows = 3
        rows = [["TEA-001", 3, 5], ["MUG-001", 2, 1]]
        content = self.make_matrix(*rows, headings=["SKU", "SHN", "SHS"])
        self.assertIn("more than 3 lines", self.get_problem(content))
