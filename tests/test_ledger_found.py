from odoo.tests import tagged

from .common import StoreTransferCase
from .ledger import LedgerProducts, LedgerWorld


@tagged("post_install", "-at_install")
class TestLedgerFound(LedgerProducts, StoreTransferCase):
    """What random actions (test_ledger.py) have found, once each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_ledger_products()

    def play(self, *steps):
        """Do one step after the other, then bring all transfers to their end."""
        world = LedgerWorld(self)
        world.check()
        for step in steps:
            world.attempt(*step)
            world.check()
        world.finish()

    def test_correcting_a_shipment_to_more_than_the_source_has(self):
        self.play(
            ("start", "dispatch", False, 2, 0, 9, False),
            ("ship", 0, 0.3, True),
            ("edit_done", 0, 1, 2),
        )

    def test_scrapping_in_transit_for_another_picking(self):
        """On a dispatch's picking, but from what a transfer has in transit."""
        self.play(
            ("start", "between", False, 0, 0, 5, False),
            ("approve", 0, 1),
            ("ship", 0, 1, False),
            ("start", "dispatch", False, 0, 0, 4, False),
            ("ship", 0, 1, False),
            ("scrap", 1, 0, 2),
        )

    def test_scrapping_the_lot_of_another_transfer(self):
        self.play(
            ("start", "between", False, 1, 2, 3, False),
            ("start", "between", False, 0, 1, 3, False),
            ("approve", 0, 0.5),
            ("approve", 0, 1),
            ("ship", 1, 1, True),
            ("count", 4, 0, 0.5, None, True),
            ("return_done", 0, 0.5, False),
            ("scrap", 0, 1, 1),
            ("ship", 0, 1, False),
        )

    def test_taking_back_what_another_transfer_has_reserved(self):
        self.play(
            ("start", "between", False, 3, 4, 7, True),
            ("approve", 1, 1),
            ("ship", 5, 1, True),
            ("count", 4, 1, 0.5, None, True),
            ("return_done", 0, 0.3, True),
            ("unreserve", 5),
            ("start", "between", True, 3, 2, 9, False),
            ("approve", 5, 1),
            ("ship", 2, 1, False),
            ("count", 1, 0, 1, 6, False),
        )
