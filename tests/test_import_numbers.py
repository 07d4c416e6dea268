from odoo.tests import tagged

from .common_import import ImportCase

HEADINGS = ["Number", "Expected date", "To store", "SKU", "Quantity"]


@tagged("post_install", "-at_install")
class TestImportNumbers(ImportCase):
    """Details of transfers that agree in all but their number."""

    def make_numbered(self, *numbers, **values):
        row = {"date": self.date, "store": "SHN", "sku": "TEA-001", **values}
        return self.make_file(
            *[[number, row["date"], row["store"], row["sku"], 3] for number in numbers],
            headings=HEADINGS,
        )

    def test_numbers_keep_transfers_apart(self):
        transfers = self.import_content(self.make_numbered("ST/1", "ST/2", "ST/1"))
        self.assertEqual(
            [self.get_lines(transfer) for transfer in transfers],
            [[(self.tea, 6)], [(self.tea, 3)]],
        )

    def test_another_number_starts_an_order(self):
        errors = self.get_errors(
            ["ST/1", self.date, "SHN", "TEA-001", 3],
            ["ST/1", None, None, "MUG-001", 3],
            ["ST/2", None, None, "MUG-001", 3],
            headings=HEADINGS,
        )
        self.assertEqual(
            [error[:2] for error in errors],
            [(4, "Expected date"), (4, "To store")],
        )

    def test_numbers_that_only_count(self):
        upload = self.check(self.make_numbered(1, 2, 3))
        self.assertEqual(upload.order_ids.quantity, 9)
        self.assertIn("only counts the rows", upload.finding_ids[0].problem)

    def test_same_details_again_make_nothing(self):
        content = self.make_numbered("ST/1", "ST/2")
        self.import_content(content)
        upload = self.check(content)
        self.assertEqual(upload.order_ids.mapped("result"), ["earlier", "earlier"])

    def test_same_rows_without_numbers_make_nothing(self):
        self.import_content(self.make_numbered("ST/1"))
        upload = self.check(self.make_file(self.make_row()))
        self.assertEqual(upload.order_ids.mapped("result"), ["earlier"])

    def test_details_of_an_imported_transfer_make_nothing(self):
        transfer = self.import_rows(self.make_row())
        upload = self.check(self.make_numbered(transfer.name, "ST/2"))
        self.assertEqual(upload.order_ids.mapped("result"), ["earlier", "new"])

    def test_transfer_that_is_there_is_told_once(self):
        transfer = self.make_transfer()
        upload = self.check(self.make_numbered(transfer.name, transfer.name, "ST/2"))
        notices = [
            notice
            for notice in self.get_findings(upload, "notice")
            if notice[1] == "Number"
        ]
        self.assertEqual(
            notices,
            [(2, "Number", transfer.name, "There is a transfer with this number.")],
        )
