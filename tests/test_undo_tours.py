from odoo.tests import tagged

from .common_tours import TourCase


class UndoTourCase(TourCase):
    def play_on(self, transfer, tour, user):
        """Let ``user`` do their part on the form of one transfer."""
        self.start_tour(
            f"/odoo/m-store.transfer/{transfer.id}",
            f"store_transfer_{tour}",
            login=user.login,
        )
        self.env.invalidate_all()
        self.assertLedger(transfer)

    def play_undo(self, transfer):
        """Undo the shipment of a transfer, ship it again, undo the count."""
        self.play_on(transfer, "undo_shipment", self.ec_staff)
        self.assertEqual(transfer.to_ship_quantity, 10)
        self.ship(transfer)
        self.count(transfer, {self.tea: 8})
        self.play_on(transfer, "undo_count", self.shop_approver)
        self.assertEqual((transfer.state, transfer.received_quantity), ("arrived", 0))


@tagged("post_install", "-at_install")
class TestUndoTour(UndoTourCase):
    """On the desktop."""

    def test_all_of_it(self):
        """Withdraw, change how it comes, undo the shipment, undo the count."""
        transfer = self.make_transfer()
        self.submit(transfer)
        self.play_on(transfer, "withdraw", self.ec_staff)
        self.assertEqual(transfer.state, "draft")
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer)
        self.play_on(transfer, "change_delivery", self.ec_staff)
        self.assertEqual(transfer.tracking_number, "BC-1234")
        self.play_on(transfer, "see_delivery", self.shop_staff)
        self.play_undo(transfer)


@tagged("post_install", "-at_install")
class TestUndoTourOnPhone(UndoTourCase):
    """What goods have moved by: its dialogs have lists that a phone shows otherwise.

    Plans are changed at a desk.
    """

    browser_size = "390x844"
    touch_enabled = True

    def test_shipment_and_count(self):
        self.play_undo(self.make_shipped_transfer())
