from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_webhook import WebhookCase


@tagged("post_install", "-at_install")
class TestWebhooks(WebhookCase):
    """Another system is told what happens, as it happens, at least once."""

    def get_secret(self, webhook):
        action = webhook.with_user(self.head_office).action_show_secret()
        return action["context"]["default_secret"]

    def test_what_happens_is_told_in_its_order(self):
        webhook = self.make_webhook()
        transfer = self.make_transfer()
        self.send()
        for step in (self.submit, self.approve, self.ship, self.receive_all):
            step(transfer)
            self.send()
        self.assertEqual(
            self.get_types(),
            [
                "transfer.draft",
                "transfer.waiting",
                "transfer.approved",
                "transfer.in_transit",
                "transfer.done",
            ],
        )
        last = self.receiver.received[-1]
        self.assertEqual(last.content["data"]["number"], transfer.name)
        self.assertEqual(last.content["data"]["lines"][0]["received"], 10)
        self.assertEqual(last.content["data"]["version"], 1)
        self.assertRegex(last.content["timestamp"], r"^\d{4}-\d\d-\d\dT[\d:]{8}Z$")
        self.assertEqual(set(self.get_queue(webhook).mapped("state")), {"sent"})
        self.assertLedger(transfer)

    def test_messages_are_signed(self):
        secret = self.get_secret(self.make_webhook())
        self.assertRegex(secret, r"^whsec_[A-Za-z0-9+/=]{32,}$")
        self.make_transfer()
        self.send()
        [message] = self.receiver.received
        self.assertTrue(message.is_signed_by(secret))
        self.assertFalse(message.is_signed_by("whsec_" + "A" * 44))
        message.body += b" "
        self.assertFalse(message.is_signed_by(secret))
        self.assertRegex(message.id, r"^msg_[0-9a-f]{32}$")
        self.assertEqual(message.headers["content-type"], "application/json")

    def test_a_secret_is_shown_once_and_changed(self):
        webhook = self.make_webhook()
        old = self.get_secret(webhook)
        with self.assertRefused("was shown already"):
            self.get_secret(webhook)
        new = webhook.action_new_secret()["context"]["default_secret"]
        self.assertNotEqual(old, new)
        self.make_transfer()
        self.send()
        [message] = self.receiver.received
        self.assertTrue(message.is_signed_by(old))
        self.assertTrue(message.is_signed_by(new))
        self.make_transfer()
        self.send(after=timedelta(hours=25))
        message = self.receiver.received[-1]
        self.assertFalse(message.is_signed_by(old))
        self.assertTrue(message.is_signed_by(new))

    def test_nobody_reads_a_secret(self):
        webhook = self.make_webhook()
        for user in (
            self.head_office,
            self.shop_approver,
            self.env.ref("base.user_admin"),
        ):
            for name in ("secret", "previous_secret"):
                with (
                    self.subTest(name, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    webhook.with_user(user).read([name])
        with self.assertRaises(AccessError):
            webhook.write({"secret": "whsec_AAAA"})
        with self.assertRaises(AccessError):
            webhook.search([("secret", "like", "whsec_A")])

    def test_what_is_not_answered_is_sent_again(self):
        webhook = self.make_webhook()
        self.receiver.answers = [500, 301]
        transfer = self.make_transfer()
        for after in (0, 10, 600):
            self.send(after=timedelta(seconds=after))
        self.assertEqual(len(self.receiver.received), 3)
        self.assertEqual(len({message.id for message in self.receiver.received}), 1)
        message = self.get_queue(webhook)
        self.assertEqual(
            (message.state, message.tries, message.answer), ("sent", 3, "200")
        )
        self.assertEqual(message.transfer_id, transfer)
        self.assertFalse(webhook.failing_since)

    def test_it_is_not_sent_again_before_its_time(self):
        self.make_webhook()
        self.receiver.answers = [500, 500]
        self.make_transfer()
        self.send()
        self.send(after=timedelta(seconds=1))
        self.assertEqual(len(self.receiver.received), 1)
        self.send(after=timedelta(seconds=8))
        self.send(after=timedelta(minutes=4))
        self.assertEqual(len(self.receiver.received), 2)

    def test_one_transfer_waits_and_the_others_go_on(self):
        self.make_webhook()
        stuck, other = self.make_transfer(), self.make_transfer()
        self.receiver.refused_ids = {stuck.id}
        self.submit(stuck)
        self.submit(other)
        self.send()
        told = [message.content["data"]["id"] for message in self.receiver.received]
        # The first message of the one is tried once; nothing later of it is sent.
        self.assertEqual(told.count(stuck.id), 1)
        self.assertGreaterEqual(told.count(other.id), 1)
        self.receiver.refused_ids = set()
        self.receiver.received.clear()
        self.approve(stuck)
        self.send(after=timedelta(minutes=1))
        states = [
            message.content["data"]["state"] for message in self.receiver.received
        ]
        self.assertEqual(states[-1], "approved")
        order = ["draft", "waiting", "approved"]
        self.assertEqual(states, sorted(states, key=order.index))

    def test_what_is_never_answered_is_shown_and_sent_by_hand(self):
        webhook = self.make_webhook()
        stuck = self.make_transfer()
        self.receiver.refused_ids = {stuck.id}
        for days in range(12):
            self.send(after=timedelta(days=days * 2))
            webhook.sudo().write({"failing_since": False, "state": "on"})
        message = self.get_queue(webhook)
        self.assertEqual((message.state, message.tries), ("dead", 10))
        self.assertEqual(message.answer, "500")
        self.assertEqual(webhook.dead_count, 1)
        self.receiver.refused_ids = set()
        message.with_user(self.head_office).action_send_again()
        self.send()
        self.assertEqual(message.state, "sent")
        ids = {each.id for each in self.receiver.received}
        self.assertEqual(ids, {message.uuid})

    def test_who_never_answers_is_left_alone_and_then_stopped(self):
        webhook = self.make_webhook()
        for _number in range(8):
            self.make_transfer()
        self.receiver.answers = [500] * 100
        self.send()
        self.assertEqual(len(self.receiver.received), 3)
        self.assertTrue(webhook.next_try)
        self.assertEqual(webhook.state, "on")
        self.send(after=timedelta(days=6))
        self.assertEqual(webhook.state, "stopped")
        self.assertEqual(webhook.stop_reason, "500")
        told = self.env["mail.message"].search(
            [
                ("model", "=", webhook._name),
                ("res_id", "=", webhook.id),
                ("partner_ids", "in", self.head_office.partner_id.ids),
            ]
        )
        self.assertIn("was stopped", told.subject)
        # Nothing gathers for who does not listen.
        waiting = webhook.waiting_count
        self.make_transfer()
        self.flush_tracking()
        webhook.invalidate_recordset()
        self.assertEqual(webhook.waiting_count, waiting)
        self.receiver.answers = []
        webhook.action_start_again()
        self.send()
        self.assertEqual(webhook.waiting_count, 0)
        self.assertEqual(webhook.state, "on")

    def test_who_says_gone_is_stopped_at_once(self):
        webhook = self.make_webhook()
        self.receiver.answers = [410]
        self.make_transfer()
        self.send()
        self.assertEqual(webhook.state, "stopped")

    def test_who_can_not_be_reached(self):
        webhook = self.make_webhook(url="http://127.0.0.1:1/")
        self.make_transfer()
        self.send()
        message = self.get_queue(webhook)
        self.assertEqual(message.answer, "It could not be reached.")
        self.assertEqual(message.state, "waiting")

    def test_a_step_that_fails_tells_nothing(self):
        webhook = self.make_webhook()
        transfer = self.make_transfer()
        self.send()
        before = len(self.get_queue(webhook))
        with self.assertRaises(UserError), self.cr.savepoint():
            transfer.with_user(self.ec_staff).write({"carrier": "Black Cat"})
            transfer.with_user(self.ec_staff).action_submit()
            transfer.with_user(self.ec_staff).action_submit()
        self.assertEqual(len(self.get_queue(webhook)), before)

    def test_what_is_chosen(self):
        states = self.make_webhook(name="States", only_states=True)
        south = self.make_webhook(name="South", store_ids=self.shop_south.ids)
        thin = self.make_webhook(name="Thin", with_lines=False)
        transfer = self.make_transfer()
        self.flush_tracking()
        transfer.with_user(self.ec_staff).remark = "Blue"
        self.flush_tracking()
        self.assertEqual(self.get_queue(states).mapped("type"), ["transfer.draft"])
        self.assertFalse(self.get_queue(south))
        self.assertEqual(
            self.get_queue(thin).mapped("type"), ["transfer.draft", "transfer.changed"]
        )
        self.assertNotIn("TEA-001", "".join(self.get_queue(thin).mapped("body")))
        self.assertIn("TEA-001", "".join(self.get_queue(states).mapped("body")))

    def test_a_store_that_is_archived_is_still_chosen(self):
        webhook = self.make_webhook(store_ids=self.shop_south.ids)
        self.shop_south.active = False
        self.make_transfer()
        self.assertFalse(self.get_queue(webhook))

    def test_other_companies_are_not_told(self):
        company = self.env["res.company"].create({"name": "Other Goods"})
        other = self._create_user("other_office", "group_head_office", company=company)
        theirs = self.env["store.transfer.webhook"].with_user(other)
        webhook = theirs.create(
            {"name": "Theirs", "url": self.receiver.url, "company_id": company.id}
        )
        self.make_transfer()
        self.assertFalse(self.get_queue(webhook))
        mine = self.env["store.transfer.webhook"].with_user(self.head_office)
        self.assertNotIn(webhook, mine.search([]))
        for method in ("action_new_secret", "action_stop", "action_send_test"):
            with self.assertRaises(AccessError):
                getattr(webhook.with_user(self.head_office), method)()

    def test_messages_stay_with_their_company(self):
        company = self.env["res.company"].create({"name": "Other Goods"})
        self.head_office.company_ids |= company
        webhook = self.make_webhook()
        self.make_transfer()
        webhook.write({"name": "Shop", "company_id": self.company.id})
        with self.assertRaisesRegex(UserError, "stays with its company"):
            webhook.company_id = company
        self.assertEqual(self.get_queue(webhook).company_id, self.company)

    def test_webhooks_are_up_to_head_office(self):
        webhook = self.make_webhook()
        self.make_transfer()
        message = self.get_queue(webhook)
        for user in (self.shop_approver, self.ec_staff, self.inventory_user):
            mine = webhook.with_user(user)
            for method in (
                "action_show_secret",
                "action_new_secret",
                "action_stop",
                "action_start_again",
                "action_send_test",
                "action_open_queue",
                "action_open_dead",
            ):
                with (
                    self.subTest(method, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    getattr(mine, method)()
            with self.assertRaises(AccessError):
                message.with_user(user).action_send_again()
            with self.assertRaises(AccessError):
                message.with_user(user).read(["body"])
        for values in ({"state": "sent"}, {"body": "{}"}):
            with self.assertRaises(AccessError):
                message.with_user(self.head_office).write(values)
        with self.assertRaises(AccessError):
            webhook.write({"failures": 0})

    def test_a_test_message(self):
        webhook = self.make_webhook()
        webhook.action_send_test()
        self.send()
        [message] = self.receiver.received
        self.assertEqual(message.content["type"], "webhook.test")
        self.assertTrue(message.is_signed_by(self.get_secret(webhook)))

    def test_old_messages_are_forgotten(self):
        webhook = self.make_webhook()
        self.make_transfer()
        self.send()
        messages = self.get_queue(webhook)
        messages._forget_old()
        self.assertTrue(messages.exists())
        self.env.cr.execute(
            "UPDATE store_transfer_webhook_message SET create_date = create_date - "
            "interval '31 days'"
        )
        messages.invalidate_recordset()
        messages._forget_old()
        self.assertFalse(messages.exists())
