from contextlib import contextmanager

from odoo.tests import tagged

from .common_ledger import LedgerProducts, LedgerWorld
from .common_transfers import StoreTransferCase


class CheckedWorld(LedgerWorld):
    """Checks after each step."""

    def attempt(self, *args, **kwargs):
        result = super().attempt(*args, **kwargs)
        self.check()
        return result


@tagged("post_install", "-at_install")
class TestLedgerFound(LedgerProducts, StoreTransferCase):
    """What random actions (test_ledger.py) have found, once each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_ledger_products()

    @contextmanager
    def play(self):
        """Check after each step, then bring all transfers to their end.

        In the body is what a failing run prints.
        """
        world = CheckedWorld(self)
        world.check()
        yield world
        world.finish()

    def test_correcting_a_shipment_to_more_than_the_source_has(self):
        with self.play() as world:
            world.attempt(
                "start",
                kind="dispatch",
                pull=False,
                first=2,
                second=0,
                quantity=9,
                box=False,
            )
            world.attempt("ship", number=0, share=0.3, close=True)
            world.attempt("edit_done", number=0, line=1, share=2)

    def test_scrapping_in_transit_for_another_picking(self):
        """On a dispatch's picking, but from what a transfer has in transit."""
        with self.play() as world:
            world.attempt(
                "start",
                kind="between",
                pull=False,
                first=0,
                second=0,
                quantity=5,
                box=False,
            )
            world.attempt("approve", number=0, share=1)
            world.attempt("ship", number=0, share=1, close=False)
            world.attempt(
                "start",
                kind="dispatch",
                pull=False,
                first=0,
                second=0,
                quantity=4,
                box=False,
            )
            world.attempt("ship", number=0, share=1, close=False)
            world.attempt("scrap", number=1, product=0, quantity=2)

    def test_scrapping_the_lot_of_another_transfer(self):
        with self.play() as world:
            world.attempt(
                "start",
                kind="between",
                pull=False,
                first=1,
                second=2,
                quantity=3,
                box=False,
            )
            world.attempt(
                "start",
                kind="between",
                pull=False,
                first=0,
                second=1,
                quantity=3,
                box=False,
            )
            world.attempt("approve", number=0, share=0.5)
            world.attempt("approve", number=0, share=1)
            world.attempt("ship", number=1, share=1, close=True)
            world.attempt(
                "count", number=4, share=0, damaged=0.5, surplus=None, approver=True
            )
            world.attempt("return_done", number=0, share=0.5, validate=False)
            world.attempt("scrap", number=0, product=1, quantity=1)
            world.attempt("ship", number=0, share=1, close=False)

    def test_taking_back_what_another_transfer_has_reserved(self):
        with self.play() as world:
            world.attempt(
                "start",
                kind="between",
                pull=False,
                first=3,
                second=4,
                quantity=7,
                box=True,
            )
            world.attempt("approve", number=1, share=1)
            world.attempt("ship", number=5, share=1, close=True)
            world.attempt(
                "count", number=4, share=1, damaged=0.5, surplus=None, approver=True
            )
            world.attempt("return_done", number=0, share=0.3, validate=True)
            world.attempt("unreserve", number=5)
            world.attempt(
                "start",
                kind="between",
                pull=True,
                first=3,
                second=2,
                quantity=9,
                box=False,
            )
            world.attempt("approve", number=5, share=1)
            world.attempt("ship", number=2, share=1, close=False)
            world.attempt(
                "count", number=1, share=0, damaged=1, surplus=6, approver=False
            )

    def test_a_disputed_discrepancy_whose_transfer_goes_on(self):
        """What was closed stays so, until head office decides the dispute."""
        with self.play() as world:
            world.attempt(
                "start",
                kind="between",
                pull=False,
                first=0,
                second=0,
                quantity=9,
                box=False,
            )
            world.attempt("approve", number=0, share=1)
            world.attempt("ship", number=0, share=0.3, close=True)
            world.attempt("dispute", number=0)
            world.attempt("receive_all", number=0)

    def test_settling_beside_a_return_that_holds_some_of_it(self):
        """What is settled is not set aside again for those who still expect goods."""
        with self.play() as world:
            world.attempt(
                "start",
                kind="between",
                pull=False,
                first=0,
                second=0,
                quantity=1,
                box=True,
                route=0,
            )
            world.attempt("approve", number=0, share=1)
            world.attempt("ship", number=0, share=0.5, close=True)
            world.attempt("return_done", number=0, share=0.3, validate=False)
            world.attempt(
                "count",
                number=0,
                share=0.5,
                damaged=0,
                surplus=None,
                approver=False,
                lots=1,
            )
            world.attempt("settle", number=0, outcome="not_sent", share=1)

    def test_returning_more_than_was_asked_for_of_one_of_two_lines(self):
        """What the return took of the other line's goods stays that line's."""
        with self.play() as world:
            world.attempt(
                "start",
                kind="between",
                pull=True,
                first=0,
                second=4,
                quantity=8,
                box=True,
                route=1,
            )
            world.attempt("approve", number=1, share=0.5)
            world.attempt("ship", number=4, share=0.3, close=False)
            world.attempt("return_done", number=0, share=0.5, validate=False)
            world.attempt("return_done", number=0, share=0.5, validate=False)
            world.attempt("ship", number=3, share=0.5, close=False)
            world.attempt("validate", number=1, share=1.5, backorder=False)

    def test_correcting_what_came_in_a_package_and_was_undone(self):
        """The package is empty since then, though the store has enough of it loose."""
        with self.play() as world:
            world.attempt(
                "start",
                kind="receipt",
                pull=False,
                first=0,
                second=0,
                quantity=7,
                box=True,
                route=0,
            )
            world.attempt("pack", number=0)
            world.attempt(
                "count",
                number=0,
                share=1,
                damaged=0,
                surplus=None,
                approver=False,
                lots=1,
            )
            world.attempt("undo_count", number=0)
            world.attempt("submit_count", number=0, approver=False)
            world.attempt("edit_done", number=0, line=1, share=0.5)
            self.assertIn("PACK", world.log[-1])
