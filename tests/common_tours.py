"""People at their browsers."""

from odoo.tests import HttpCase

from .common_pick import PickCase
from .common_scan import ScanCase
from .common_transfers import StoreTransferCase


class TourCase(StoreTransferCase, HttpCase):
    """People at their browsers; each tour is one person's part of the job."""

    def play(self, tour, user):
        """Let ``user`` do their part, then look at the ledger."""
        self.start_tour("/odoo", f"store_transfer_{tour}", login=user.login)
        self.env.invalidate_all()
        self.assertLedger(self.get_transfers())

    def put_on_server(self, name, content):
        """Keep a file where a tour can read it."""
        self.env["ir.attachment"].create(
            {
                "name": name,
                "url": f"/store_transfer_tour/{name}",
                "public": True,
                "raw": content,
            }
        )

    def get_transfers(self):
        return self.env["store.transfer"].search([("company_id", "=", self.company.id)])

    def get_transfer(self):
        """Return the one transfer that the story is about."""
        return self.get_transfers().ensure_one()

    def assertState(self, state):
        self.assertEqual(self.get_transfer().state, state)

    def assertLines(self, field, quantities):
        lines = self.get_transfer().line_ids
        self.assertEqual({line.product_id: line[field] for line in lines}, quantities)


class ScanTourCase(ScanCase, TourCase):
    def scan_in_browser(self, count, tour, user=None):
        """Let ``user`` do their part on the scan screen of ``count``."""
        user = user or self.shop_staff
        self.start_tour(
            f"/odoo/store-transfer-count/{count.id}",
            f"store_transfer_{tour}",
            login=user.login,
        )
        self.env.invalidate_all()
        self.assertLedger(self.get_transfers())

    def get_counted(self, count):
        return {
            (line.product_id, line.lot_id.name): line.counted_quantity
            for line in count.sudo().line_ids
            if line.counted_quantity
        }

    def assertEachOnce(self, count):
        """What is counted is what was scanned: nothing is lost, nothing doubled."""
        scans = self.env["store.transfer.count.scan"].search(
            [("count_id", "=", count.id)]
        )
        for line in count.sudo().line_ids:
            logged = scans.filtered(lambda scan, line=line: scan.line_id == line)
            self.assertEqual(
                sum(logged.mapped("quantity")), line.counted_quantity, line.product_id
            )


class ShipTourCase(PickCase, TourCase):
    def pick_in_browser(self, pick, tour, user=None):
        """Let ``user`` do their part on the scan screen of ``pick``."""
        user = user or self.ec_staff
        self.start_tour(
            f"/odoo/store-transfer-pick/{pick.id}",
            f"store_transfer_{tour}",
            login=user.login,
        )
        self.env.invalidate_all()
        self.assertLedger(self.get_transfers())

    def assertEachOnce(self, pick):
        """What is picked is what was scanned: nothing is lost, nothing doubled."""
        scans = self.env["store.transfer.pick.scan"].search([("pick_id", "=", pick.id)])
        for line in pick.sudo().line_ids:
            logged = scans.filtered(lambda scan, line=line: scan.line_id == line)
            self.assertEqual(
                sum(logged.mapped("quantity")), line.picked_quantity, line.product_id
            )
