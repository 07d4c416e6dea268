import io
from datetime import timedelta

import openpyxl

from odoo import fields
from odoo.tests import tagged

from .common_import import ImportCase
from .common_tours import TourCase


@tagged("post_install", "-at_install")
class TestTours(TourCase):
    """On the desktop."""

    def test_push_from_creation_to_done(self):
        """Sender, approver and receiver; one line is short at first."""
        self.play("push", self.ec_staff)
        transfer = self.get_transfer()
        self.assertState("waiting")
        self.assertEqual(transfer.source_store_id, self.ec)
        self.assertEqual(transfer.destination_store_id, self.shop)
        self.assertEqual(
            transfer.expected_date, fields.Date.today() + timedelta(days=3)
        )
        self.assertLines("quantity", {self.tea: 10, self.mug: 5})
        self.assertFalse(transfer.picking_ids)

        self.play("approve", self.shop_approver)
        self.assertState("approved")
        self.assertEqual(transfer.approval_user_id, self.shop_approver)
        self.assertEqual(self.get_free(self.ec, self.tea), 90)

        self.play("ship", self.ec_staff)
        self.assertState("in_transit")
        self.assertLines("in_transit_quantity", {self.tea: 10, self.mug: 5})
        self.assertEqual(self.get_stock(self.ec, self.tea), 90)

        self.play("count_short", self.shop_staff)
        self.assertState("partial")
        self.assertEqual(transfer.arrival_user_id, self.shop_staff)
        self.assertLines("received_quantity", {self.tea: 10, self.mug: 3})
        self.assertLines("in_transit_quantity", {self.tea: 0, self.mug: 2})
        self.assertEqual(self.get_stock(self.shop, self.mug), 3)

        self.play("count_rest", self.shop_staff)
        self.assertState("done")
        self.assertLines("received_quantity", {self.tea: 10, self.mug: 5})
        self.assertEqual(self.get_stock(self.shop, self.mug), 5)

    def test_third_party_receipt(self):
        """Nobody approves: it is to receive at once."""
        vendor = self.env["res.partner"].create({"name": "Tea Garden"})
        self.play("receipt", self.ec_staff)
        self.assertState("approved")
        self.assertEqual(self.get_transfer().partner_id, vendor)
        self.assertLines("to_ship_quantity", {self.tea: 30})

        self.play("receive", self.ec_staff)
        self.assertState("done")
        self.assertLines("received_quantity", {self.tea: 30})
        self.assertEqual(self.get_stock(self.ec, self.tea), 130)

    def test_who_only_looks_at_a_new_transfer_makes_none(self):
        self.play("leave_new", self.shop_staff)
        self.assertFalse(self.get_transfers())

    def test_reject_with_a_reason(self):
        """The sender sees why, and may change the transfer."""
        self.submit(self.make_transfer())
        self.play("reject", self.shop_approver)
        self.assertState("rejected")
        self.assertEqual(self.get_transfer().reason_note, "Ask again on Monday")
        self.play("see_reason", self.ec_staff)
        self.assertState("draft")


class ImportTourCase(ImportCase, TourCase):
    def play_mapping(self):
        """Explain a foreign layout on the page, and import it."""
        headings = ["Lieferdatum", "Filiale", "Artikel", "Stück", "Farbe"]
        row = [self.date, "SHN", "TEA-001", 3, "rot"]
        self.put_on_server("foreign.xlsx", self.make_file(row, headings=headings))
        self.play("import_mapping", self.ec_staff)
        transfer = self.get_transfer()
        self.assertEqual(transfer.destination_store_id, self.shop)
        self.assertEqual(self.get_lines(transfer), [(self.tea, 3)])


@tagged("post_install", "-at_install")
class TestImportTour(ImportTourCase):
    def test_foreign_layout(self):
        self.play_mapping()

    def test_mend_the_marked_file_and_import_it(self):
        """Five kinds of errors at once; the mended file makes the transfers."""
        rows = [
            self.make_row(destination="Shop North, Shop West"),
            self.make_row(expected_date="someday", destination="SHS"),
            self.make_row(sku="TEA-999", remark="Winter"),
            self.make_row(quantity=0, remark="Winter"),
            self.make_row(destination="EC"),
        ]
        self.put_on_server("wrong.xlsx", self.make_file(*rows))
        self.play("import_errors", self.ec_staff)
        self.assertFalse(self.get_transfers())

        upload = self.env["store.transfer.import"].search([], limit=1)
        button = upload.with_user(self.ec_staff).action_download_marked_file()
        marked = self.url_open(button["url"]).content
        book = openpyxl.load_workbook(io.BytesIO(marked))
        for cell, value in {
            "D2": "Shop North, Shop South",
            "A3": self.date,
            "F4": "TEA-001",
            "G5": 4,
            "D6": "SHN",
        }.items():
            book.active[cell].value = value
        self.put_on_server("mended.xlsx", self.save(book))
        self.play("import_mended", self.ec_staff)
        transfers = self.get_transfers()
        self.assertEqual(len(transfers), 3)
        self.assertEqual(transfers.destination_store_id, self.shop | self.shop_south)
        self.assertEqual(set(transfers.mapped("state")), {"draft"})
        self.assertEqual(sum(transfers.line_ids.mapped("quantity")), 19)

    def test_large_file_in_the_background(self):
        self.company.transfer_import_background_rows = 1
        rows = [self.make_row(), self.make_row(destination="SHS")]
        self.put_on_server("large.xlsx", self.make_file(*rows))
        self.play("import_large", self.ec_staff)
        upload = self.env["store.transfer.import"].search([], limit=1)
        self.assertEqual(upload.state, "checking")


@tagged("post_install", "-at_install")
class TestImportTourOnPhone(ImportTourCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_foreign_layout(self):
        self.play_mapping()

    def test_see_the_errors_and_import_the_mended_file(self):
        self.put_on_server("wrong.xlsx", self.make_file(self.make_row(sku="TEA-999")))
        self.put_on_server("mended.xlsx", self.make_file(self.make_row()))
        self.play("import_on_phone", self.ec_staff)
        self.assertEqual(self.get_transfer().destination_store_id, self.shop)


@tagged("post_install", "-at_install")
class TestToursOnPhone(TourCase):
    """The same with a thumb, up to the first count: the second has the same screen."""

    browser_size = "375x667"
    touch_enabled = True

    def test_approve_ship_and_count(self):
        self.submit(self.make_transfer(lines={self.tea: 10, self.mug: 5}))
        self.play("approve", self.shop_approver)
        self.assertState("approved")
        self.play("ship", self.ec_staff)
        self.assertState("in_transit")
        self.play("count_short", self.shop_staff)
        self.assertState("partial")
        self.assertLines("received_quantity", {self.tea: 10, self.mug: 3})
        self.assertEqual(self.get_stock(self.shop, self.mug), 3)

    def test_pull_and_reject(self):
        """The receiving shop asks for goods, and is told why it gets none."""
        self.play("pull", self.shop_staff)
        self.assertState("waiting")
        self.assertEqual(self.get_transfer().initiator, "destination")
        self.assertLines("quantity", {self.mug: 2})

        self.play("reject_pull", self.ec_approver)
        self.assertState("rejected")
        self.assertEqual(self.get_transfer().reason_note, "Ask again on Monday")


class DifferencesTourCase(TourCase):
    def settle_in_the_browser(self):
        """One tea is short, a mug is damaged, and there is a lamp too many."""
        transfer = self.make_shipped_transfer(
            lines={self.tea: 5, self.mug: 5, self.lamp: 5}
        )
        self.confirm_arrival(transfer)
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].browse(action["res_id"])
        counted = {self.tea: (4, 0), self.mug: (4, 1), self.lamp: (6, 0)}
        for line in count.with_user(self.shop_staff).line_ids:
            good, damaged = counted[line.product_id]
            line.write({"counted_quantity": good, "damaged_quantity": damaged})
        count.with_user(self.shop_staff).action_submit()
        self.assertLedger(transfer)
        discrepancies = self.env["store.transfer.discrepancy"].search(
            [("transfer_id", "=", transfer.id)]
        )
        self.assertEqual(discrepancies.mapped("state"), ["open"] * 3)

        self.play("answer_damaged", self.ec_staff)
        self.play("settle_all", self.shop_approver)
        self.assertEqual(
            {
                discrepancy.product_id: (discrepancy.state, discrepancy.outcome)
                for discrepancy in discrepancies
            },
            {
                self.tea: ("settled", "lost"),
                self.mug: ("settled", "damaged"),
                self.lamp: ("settled", "accepted"),
            },
        )
        self.assertState("done")
        self.assertLines("received_quantity", {self.tea: 4, self.mug: 4, self.lamp: 6})
        self.assertLines("lost_quantity", {self.tea: 1, self.mug: 0, self.lamp: 0})
        self.assertLines("damaged_quantity", {self.tea: 0, self.mug: 1, self.lamp: 0})
        self.assertEqual(self.get_stock(self.ec, self.lamp), 94)


@tagged("post_install", "-at_install")
class TestDifferencesTour(DifferencesTourCase):
    def test_short_damaged_and_surplus_to_the_end(self):
        self.settle_in_the_browser()


@tagged("post_install", "-at_install")
class TestDifferencesTourOnPhone(DifferencesTourCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_short_damaged_and_surplus_to_the_end(self):
        self.settle_in_the_browser()
