from odoo.tests import tagged

from .common_till_tours import PHONE, TillTourCase


@tagged("post_install", "-at_install")
class TestTillTours(TillTourCase):
    """Transfers at the till, in a real browser."""

    def test_transfers_are_looked_at_and_the_sale_stays(self):
        self.make_waiting(lines={self.tea: 10, self.mug: 5})
        self.play_at_till("look")

    def test_the_sale_stays_on_every_way_out(self):
        self.make_waiting(lines={self.tea: 10})
        self.play_at_till("sale")

    def test_the_trail_tells_who_did_what(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        transfer.with_user(self.ec_staff).message_post(body="It left at noon")
        self.play_at_till("trail")
        last = transfer.sudo().event_ids.sorted("id")[-1]
        self.assertEqual((last.step, last.origin), ("confirm_arrival", "till"))

    def test_a_long_trail_leaves_room_until_it_is_asked_for(self):
        transfer = self.make_approved(lines={self.tea: 10})
        for _part in range(5):
            self.ship(transfer, {self.tea: 2})
        self.play_at_till("long_trail")

    def test_approve(self):
        transfer = self.make_waiting(lines={self.tea: 10, self.mug: 5})
        self.play_at_till("approve", self.shop_approver)
        self.assertEqual(transfer.state, "approved")
        self.assertEqual(transfer.approval_user_id, self.shop_approver)
        last = transfer.sudo().event_ids.sorted("id")[-1]
        self.assertEqual((last.step, last.origin), ("approve", "till"))
        self.assertTrue(last.cashier)

    def test_reject_with_a_reason(self):
        transfer = self.make_waiting()
        self.play_at_till("reject", self.shop_approver)
        self.assertEqual(transfer.state, "rejected")
        reason = self.env.ref("store_transfer.reason_no_space")
        self.assertEqual(transfer.reason_id, reason)

    def test_confirm_the_arrival_and_count_one_short_and_one_damaged(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 3, self.mug: 2})
        self.play_at_till("receive")
        self.assertEqual(transfer.state, "partial")
        self.assertEqual(transfer.arrival_user_id, self.shop_staff)
        self.assertEqual(
            {line.product_id: line.received_quantity for line in transfer.line_ids},
            {self.tea: 2, self.mug: 1},
        )
        self.assertEqual(
            set(transfer.discrepancy_ids.mapped("kind")), {"short", "damaged"}
        )

    def test_an_approver_settles_what_is_short(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 5})
        self.count(transfer, {self.tea: 8, self.mug: 4})
        self.play_at_till("settle", self.shop_approver)
        self.assertState("done")
        self.assertLines("closed_quantity", {self.tea: 0, self.mug: 1})
        self.assertLines("lost_quantity", {self.tea: 2, self.mug: 0})
        settled = transfer.sudo().event_ids.filtered(lambda one: one.step == "settle")
        self.assertEqual(
            [(one.user_id, one.origin) for one in settled],
            [(self.shop_approver, "till")] * 2,
        )

    def test_what_comes_for_a_customer_is_set_aside_and_handed_over(self):
        shown = self.at_till(
            "request",
            self.ec.id,
            [{"product_id": self.tea.id, "quantity": 2}],
            {"name": "Ms. Lin", "phone": "0912 345 678"},
        )
        transfer = self.env["store.transfer"].browse(shown["id"])
        self.approve(transfer, self.ec_approver)
        self.ship(transfer)
        self.play_at_till("aside")
        aside = self.env["store.transfer.aside"].search(
            [("transfer_id", "=", transfer.id)]
        )
        self.assertEqual((aside.state, aside.quantity), ("handed_over", 2))
        self.assertEqual(aside.release_user_id, self.shop_staff)

    def test_look_up_products_and_open_what_is_scanned(self):
        self.mug.barcode = "4710000000028"
        transfer = self.make_shipped_transfer(lines={self.tea: 10})
        self.assertTrue(transfer.name.startswith("ST/"), transfer.name)
        self.play_at_till("lookup")


@tagged("post_install", "-at_install")
class TestTillToursOnPhone(TillTourCase):
    """The main way through each screen, where a phone shows it otherwise.

    The sale, what the trail says, reasons and what is set aside are the same at any
    size: they are looked at on the desktop.
    """

    browser_size = PHONE
    touch_enabled = True

    test_look = TestTillTours.test_transfers_are_looked_at_and_the_sale_stays
    test_long_trail = TestTillTours.test_a_long_trail_leaves_room_until_it_is_asked_for
    test_approve = TestTillTours.test_approve
    test_receive = (
        TestTillTours.test_confirm_the_arrival_and_count_one_short_and_one_damaged
    )
    test_settle = TestTillTours.test_an_approver_settles_what_is_short
    test_lookup = TestTillTours.test_look_up_products_and_open_what_is_scanned
