from odoo.tests import tagged

from .common_till_tours import PHONE, TillTourCase


class TillUndoCase(TillTourCase):
    """The till of the store that sends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till = cls._open_till(cls.ec, cls.ec_staff | cls.ec_approver)

    def make_partly_shipped(self):
        transfer = self.make_approved()
        self.ship(transfer, {self.tea: 6})
        return transfer


@tagged("post_install", "-at_install")
class TestTillUndoTours(TillUndoCase):
    """What was shipped, and what will not be."""

    def test_staff_take_back_what_they_have_shipped(self):
        transfer = self.make_partly_shipped()
        self.play_at_till("undo_shipment", self.ec_staff)
        self.assertEqual((transfer.state, transfer.to_ship_quantity), ("approved", 10))

    def test_an_approver_closes_what_will_not_be_shipped(self):
        transfer = self.make_partly_shipped()
        self.play_at_till("close", self.ec_approver)
        self.assertEqual(
            (transfer.line_ids.closed_quantity, transfer.to_ship_quantity), (4, 0)
        )


@tagged("post_install", "-at_install")
class TestTillUndoToursOnPhone(TillUndoCase):
    """What staff press by mistake; closing is an approver's job, on the desktop."""

    browser_size = PHONE
    touch_enabled = True

    test_undo = TestTillUndoTours.test_staff_take_back_what_they_have_shipped


@tagged("post_install", "-at_install")
class TestTillUndoneCountTours(TillTourCase):
    """The till of the store that has counted."""

    def test_an_approver_takes_a_count_back_and_it_is_corrected(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 9})
        self.play_at_till("undo_count", self.shop_approver)
        self.assertEqual(transfer.state, "arrived")
        [line] = transfer.sudo().count_ids.line_ids
        self.assertEqual(line.counted_quantity, 10)
