from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_discrepancies import DiscrepancyCase
from .common_papers import PaperCase


@tagged("post_install", "-at_install")
class TestCountSheets(PaperCase, DiscrepancyCase):
    """What is expected, on paper; and what did not come, to be signed."""

    def test_sheet_says_what_is_expected(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 37, self.mug: 2})
        paper = self.print_paper("count_sheet", transfer, self.shop_staff)
        self.assertIn("Expected Good Damaged", paper.text)
        self.assertIn("Oolong Tea 37 Units", paper.text)

    def test_sheet_of_a_blind_store_says_no_quantity_to_anybody(self):
        self.shop.transfer_blind_count = True
        transfer = self.make_shipped_transfer(lines={self.tea: 37})
        with self.assertRefused("Shop North counts blind"):
            self.get_papers("count_sheet", transfer, self.shop_staff)
        self.confirm_arrival(transfer)
        for user in (self.shop_staff, self.shop_approver, self.head_office):
            paper = self.print_paper("count_sheet", transfer, user)
            self.assertIn("Oolong Tea", paper.text)
            self.assertNotIn("37 Units", paper.text)

    def test_serial_numbers_are_listed_but_not_to_who_counts_blind(self):
        kettle = self._create_product("Kettle", "KET-001", tracking="serial")
        for name in ("K-1", "K-2"):
            lot = self.env["stock.lot"].create(
                {"name": name, "product_id": kettle.id, "company_id": self.company.id}
            )
            self._add_stock(self.ec, kettle, 1, lot=lot)
        transfer = self.make_shipped_transfer(lines={kettle: 2})
        [paper] = self.get_papers("count_sheet", transfer, self.shop_staff)
        lots = [row["lot"] for row in paper["pages"][0] if row["product"]]
        self.assertEqual(lots, ["K-1", "K-2"])
        self.shop.transfer_blind_count = True
        self.confirm_arrival(transfer)
        for paper_name in ("count_sheet", "transfer_slip", "packing_list"):
            [paper] = self.get_papers(paper_name, transfer, self.head_office)
            self.assertNotIn("K-1", str(paper))

    def test_only_the_destination_counts_on_paper(self):
        transfer = self.make_shipped_transfer()
        with self.assertRefused("Shop North, and you are not", AccessError):
            self.get_papers("count_sheet", transfer, self.ec_staff)
        self.receive_all(transfer)
        with self.assertRefused("is Done: there is no such paper"):
            self.get_papers("count_sheet", transfer, self.shop_staff)

    def test_note_says_what_differs(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        with self.assertRefused("nothing that was counted differs"):
            self.get_papers("discrepancy_note", transfer, self.shop_staff)
        self.count(transfer, {self.tea: 7})
        for user in (self.shop_staff, self.ec_staff):
            paper = self.print_paper("discrepancy_note", transfer, user)
            self.assertIn("Oolong Tea Short 3 Units Open", paper.text)
        self.settle_all(transfer, "lost")
        paper = self.print_paper("discrepancy_note", transfer, self.shop_staff)
        self.assertIn("Oolong Tea Short 3 Units Lost", paper.text)

    def test_note_of_what_who_counts_blind_may_not_see(self):
        self.shop.transfer_blind_count = True
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        self.count(transfer, {self.tea: 7})
        with self.assertRefused("Shop North counts blind. What is short is up to"):
            self.get_papers("discrepancy_note", transfer, self.shop_staff)
        self.assertTrue(
            self.get_papers("discrepancy_note", transfer, self.shop_approver)
        )
