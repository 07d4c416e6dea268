from odoo.tests import tagged

from .common_tours import TourCase


@tagged("post_install", "-at_install")
class TestManyTour(TourCase):
    """On the desktop, where many are ticked."""

    def test_ship_what_is_there(self):
        quantities = (10, 90, 5)
        for quantity in quantities:
            transfer = self.make_transfer(lines={self.tea: quantity})
            self.submit(transfer)
            self.approve(transfer)
        self.make_transfer(lines={self.mug: 1})
        self.play("ship_many", self.ec_staff)
        shipped = dict.fromkeys(quantities, 0)
        for transfer in self.get_transfers():
            shipped[transfer.asked_quantity] = transfer.shipped_quantity
        self.assertEqual(shipped, {10: 10, 90: 90, 5: 0, 1: 0})


@tagged("post_install", "-at_install")
class TestManyTourOnPhone(TestManyTour):
    """Where a card is pressed long."""

    browser_size = "375x667"
    touch_enabled = True


class SubstitutionTourCase(TourCase):
    """The source proposes mugs, the shop answers."""

    def propose(self):
        transfer = self.make_transfer(lines={self.tea: 110})
        self.submit(transfer)
        self.approve(transfer)
        self.play("propose_substitute", self.ec_staff)
        return transfer

    def accept(self):
        transfer = self.propose()
        self.play("accept_substitute", self.shop_approver)
        self.assertLines("to_ship_quantity", {self.tea: 100, self.mug: 10})
        self.assertLines("closed_quantity", {self.tea: 10, self.mug: 0})
        return transfer


@tagged("post_install", "-at_install")
class TestSubstitutionTour(SubstitutionTourCase):
    """On the desktop."""

    def test_accept(self):
        self.accept()

    def test_refuse(self):
        transfer = self.propose()
        self.play("refuse_substitute", self.shop_approver)
        self.assertLines("to_ship_quantity", {self.tea: 110})
        self.assertEqual(transfer.substitution_ids.state, "refused")


@tagged("post_install", "-at_install")
class TestSubstitutionTourOnPhone(SubstitutionTourCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_accept(self):
        self.accept()
