from odoo.tests import tagged

from .common_till import TillCase


@tagged("post_install", "-at_install")
class TestTillTrail(TillCase):
    """What happened to a transfer, as the till tells it."""

    def get_trail(self, transfer, **options):
        return self.show(transfer, **options)["trail"]

    def test_each_step_the_newest_first_with_who_and_from_where(self):
        transfer = self.make_shipped_transfer()
        self.at_till(
            "do_step", transfer.id, "confirm_arrival", store_transfer_cashier="Mei"
        )
        trail = self.get_trail(transfer)
        self.assertEqual(
            [event["step"] for event in trail],
            ["Goods arrived", "Shipped", "Approved", "Submitted", "Draft written"],
        )
        arrived, shipped, *_others = trail
        self.assertEqual(
            (arrived["person"], arrived["origin"]),
            (f"{self.shop_staff.name} · At the till: Mei", "Till"),
        )
        self.assertEqual(shipped["person"], self.ec_staff.name)
        self.assertEqual(shipped["icon"], "fa-truck")

    def test_a_step_says_what_was_before_and_after(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 2})
        shipped = self.get_trail(transfer)[0]
        event = transfer.with_user(self.shop_staff).event_ids.sorted("id")[-1]
        self.assertEqual(shipped["changes"], event.quantities.splitlines())
        tea, mug = shipped["changes"]
        self.assertIn("Shipped 0 → 10 Units", tea)
        self.assertIn("In Transit 0 → 2 Units", mug)

    def test_what_a_step_at_the_till_answers_tells_of_itself(self):
        transfer = self.make_waiting()
        answer = self.at_till("approve", transfer.id, user=self.shop_approver)
        self.assertEqual(answer["trail"][0]["step"], "Approved")

    def test_who_is_logged_in_is_not_named_twice(self):
        transfer = self.make_shipped_transfer()
        self.at_till(
            "do_step",
            transfer.id,
            "confirm_arrival",
            store_transfer_cashier=self.shop_staff.name,
        )
        self.assertEqual(self.get_trail(transfer)[0]["person"], self.shop_staff.name)

    def test_who_counts_blind_sees_the_steps_without_quantities(self):
        self.shop.transfer_blind_count = True
        transfer = self.make_shipped_transfer()
        trail = self.get_trail(transfer)
        self.assertEqual(trail[0]["step"], "Shipped")
        self.assertFalse([event for event in trail if event["changes"]])
        seen = self.get_trail(transfer, user=self.shop_approver)
        self.assertTrue(seen[0]["changes"])

    def test_of_many_steps_the_last_ones_are_shown(self):
        transfer = self.make_waiting()
        for _ in range(16):
            transfer.with_user(self.ec_staff).action_withdraw()
            transfer.with_user(self.ec_staff).action_submit()
        shown = self.show(transfer)
        self.assertEqual(len(shown["trail"]), 30)
        self.assertTrue(shown["earlier_steps"])
        self.assertFalse(self.show(self.make_waiting())["earlier_steps"])

    def test_what_people_wrote_is_told_beside_it(self):
        transfer = self.make_shipped_transfer(remark="Handle with care")
        tracked = transfer.sudo().with_context(
            tracking_disable=False, mail_notrack=False
        )
        self.flush_tracking()
        tracked.with_context(store_transfer_cashier="Mei").remark = "Do not shake"
        self.flush_tracking()
        transfer.with_user(self.ec_staff).message_post(body="It left at noon")
        said = self.show(transfer)["messages"]
        self.assertEqual([one["body"] for one in said], ["It left at noon"])
        self.assertIn(self.ec_staff.name, said[0]["author"])

    def test_who_asked_reads_why_it_was_rejected(self):
        transfer = self.make_transfer(user=self.shop_staff, initiator="destination")
        self.submit(transfer, self.shop_staff)
        self.assertFalse(self.show(transfer)["rejected"])
        self.reject(transfer, self.ec_approver, note="Ask again on Monday")
        said = self.show(transfer)["rejected"]
        self.assertIn("Ask again on Monday", said)
        self.assertIn(transfer.reason_id.name, said)

    def test_more_steps_cost_no_query_more(self):
        queries = []
        transfer = self.make_waiting(lines={self.tea: 10, self.mug: 5})
        for _ in range(2):
            for _ in range(4):
                transfer.with_user(self.ec_staff).action_withdraw()
                transfer.with_user(self.ec_staff).action_submit()
            self.show(transfer)
            self.flush_tracking()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.show(transfer)
            queries.append(self.cr.sql_log_count - before)
        self.assertLessEqual(queries[1], queries[0])
