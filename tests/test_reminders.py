from datetime import UTC, datetime, time, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.store_transfer.models.reminder.company import REMINDER_FIELDS

from .common_reminder import ReminderCase

REMINDER = "odoo.addons.store_transfer.models.reminder"


@tagged("post_install", "-at_install")
class TestReminders(ReminderCase):
    """Who is told of what, and when."""

    def test_whose_turn_it_is_is_told_once(self):
        transfer = self.make_waiting()
        for days in (1, 2, 2, 3):
            self.run_cron(days)
        self.assertTold(self.shop_approver, transfer)
        for user in self.people - self.shop_approver:
            self.assertTold(user)

    def test_nobody_is_told_before_it_is_late(self):
        self.make_waiting()
        self.run_cron(0)
        self.run_cron(1)
        self.assertFalse(self.get_messages(self.shop_approver))

    def test_one_message_for_many(self):
        transfers = self.make_waiting() | self.make_waiting() | self.make_waiting()
        self.run_cron(2)
        self.assertTold(self.shop_approver, transfers)
        self.assertEqual(
            self.get_messages(self.shop_approver).subject, "Waits for you: 3"
        )

    def test_what_is_known_is_only_counted_the_next_time(self):
        self.make_waiting()
        self.run_cron(2)
        later = self.make_waiting()
        self.run_cron(2)
        message = self.get_messages(self.shop_approver)[1]
        self.assertEqual(self.get_numbers(message), [later.name])
        self.assertIn("told before of 1 more, and it still waits", message.body)

    def test_of_very_many_the_first_are_named(self):
        transfers = self.make_waiting()
        for _number in range(3):
            transfers |= self.make_waiting()
        with patch(f"{REMINDER}.letter.MOST_NAMED", 2):
            self.run_cron(2)
        message = self.get_messages(self.shop_approver)
        self.assertEqual(self.get_numbers(message), transfers[:2].mapped("name"))
        self.assertIn("And 2 more", message.body)
        with patch(f"{REMINDER}.letter.MOST_NAMED", 2):
            self.run_cron(2)
        self.assertEqual(len(self.get_messages(self.shop_approver)), 1)

    def test_the_next_step_is_told_to_who_does_it(self):
        transfer = self.make_waiting()
        self.run_cron(2)
        self.approve(transfer)
        self.run_cron(2)
        self.assertTold(self.ec_staff, transfer)
        self.assertTold(self.ec_approver, transfer)
        self.assertTold(self.shop_approver, transfer)
        self.assertTold(self.shop_staff)

    def test_waiting_anew_is_told_anew(self):
        transfer = self.make_waiting()
        self.run_cron(2)
        transfer.with_user(self.ec_staff).action_withdraw()
        self.run_cron(2)
        self.submit(transfer)
        self.run_cron(2)
        self.assertTold(self.shop_approver, transfer, transfer)

    def test_who_is_put_off_is_told_when_it_is_late_again(self):
        transfer = self.make_shipped_transfer()
        self.run_cron(3)
        self.assertTold(self.shop_staff, transfer)
        day = transfer.expected_date
        transfer.with_user(self.ec_staff).expected_date = day.replace(year=day.year + 1)
        self.run_cron(3)
        transfer.with_user(self.ec_staff).expected_date = day
        self.run_cron(3)
        self.assertTold(self.shop_staff, transfer, transfer)

    def test_goods_that_left_late_have_their_days_on_the_way(self):
        self.company.transfer_transit_days = 4
        with self.at(0):
            transfer = self.make_shipped_transfer()
        self.run_cron(3)
        self.assertTold(self.shop_staff)
        self.run_cron(5)
        self.assertTold(self.shop_staff, transfer)

    def test_who_has_just_got_it_is_not_late(self):
        transfer, discrepancy = self.make_short()
        discrepancy.sudo().deadline = discrepancy.deadline.replace(year=2020)
        self.run_cron(0)
        self.assertTold(self.ec_staff)
        # In Taipei it may be tomorrow already.
        self.run_cron(2)
        self.assertTold(self.ec_staff, transfer)
        self.assertTold(self.shop_approver, transfer)
        # The rest is still expected, and not late yet.
        self.assertTold(self.shop_staff)

    def test_goods_on_their_way_back(self):
        transfer, _discrepancy = self.make_short()
        self.settle(transfer, "returned")
        self.run_cron(3)
        self.assertTold(self.ec_staff)
        self.run_cron(4)
        self.assertTold(self.ec_staff, transfer)

    def test_rejected_transfer(self):
        transfer = self.make_waiting()
        self.reject(transfer)
        self.run_cron(2)
        self.assertTold(self.ec_staff, transfer)

    def test_dispute_is_told_to_head_office_only(self):
        transfer, discrepancy = self.make_short()
        discrepancy.with_user(self.ec_staff).answer = "We sent ten."
        discrepancy.with_user(self.ec_staff).action_dispute()
        self.run_cron(15)
        self.assertTold(self.head_office, transfer)
        [message] = self.get_messages(self.head_office)
        self.assertIn("Waits for you: 1", message.subject)

    def test_nobody_waits_for_a_draft(self):
        self.make_transfer()
        self.run_cron(30)
        self.assertFalse(self.get_messages(self.ec_staff))

    def test_nobody_is_told_of_what_is_done(self):
        transfer = self.make_waiting()
        self.approve(transfer)
        self.ship(transfer)
        self.receive_all(transfer)
        self.run_cron(30)
        for user in self.people:
            self.assertTold(user)

    def test_no_quantity_is_told(self):
        self.shop.transfer_blind_count = True
        self.make_shipped_transfer({self.tea: 77, self.mug: 78})
        self.run_cron(4)
        body = self.get_messages(self.shop_staff).body
        for secret in ("77", "78", "155", "TEA", "Oolong"):
            self.assertNotIn(secret, body)


@tagged("post_install", "-at_install")
class TestMoreIsSaid(ReminderCase):
    """Who says more about what waits gives nobody more time, if it stays their turn."""

    def setUp(self):
        super().setUp()
        self.company.transfer_answer_days = 0

    def say_later(self, discrepancy, days, step="action_answer"):
        with freeze_time(datetime.now(UTC) + timedelta(days=days)):
            self.answer(discrepancy, f"We looked again after {days} days.", step=step)

    def test_who_settles_has_their_days_from_the_first_answer(self):
        transfer, discrepancy = self.make_short()
        self.say_later(discrepancy, 2)
        self.run_cron(2)
        self.assertTold(self.shop_approver)
        self.say_later(discrepancy, 3)
        self.run_cron(3)
        self.assertTold(self.shop_approver, transfer)

    def test_a_surplus_that_is_spoken_of_waits_as_before(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 12})
        self.say_later(self.get_discrepancies(transfer), 2)
        self.run_cron(2)
        self.assertTold(self.shop_approver, transfer)

    def test_disputed_again(self):
        transfer, discrepancy = self.make_short()
        self.say_later(discrepancy, 0, "action_dispute")
        self.say_later(discrepancy, 2, "action_dispute")
        self.run_cron(2)
        self.assertTold(self.head_office, transfer)

    def test_another_difference_gives_the_first_no_more_time(self):
        transfer, discrepancy = self.make_short()
        with freeze_time(datetime.now(UTC) + timedelta(days=2)):
            self.count(transfer, {self.tea: 1})
        later = self.get_discrepancies(transfer) - discrepancy
        self.env.cr.execute(
            "UPDATE store_transfer_discrepancy SET create_date = create_date"
            " + INTERVAL '2 days' WHERE id IN %s",
            [tuple(later.ids)],
        )
        later.invalidate_recordset()
        self.run_cron(2)
        self.assertTold(self.shop_approver, transfer)

    def test_goods_settled_as_lost_give_those_sent_back_no_more_time(self):
        self.company.transfer_transit_days = 0
        transfer, _discrepancy = self.make_short()
        self.settle(transfer, "returned", 2)
        with freeze_time(datetime.now(UTC) + timedelta(days=3)):
            self.settle(transfer, "lost")
        self.run_cron(3)
        self.assertTold(self.ec_staff, transfer)


@tagged("post_install", "-at_install")
class TestEscalation(ReminderCase):
    """When head office is told."""

    def test_after_the_second_limit_once(self):
        transfer = self.make_waiting()
        self.run_cron(3)
        self.assertTold(self.head_office)
        for days in (4, 4, 5):
            self.run_cron(days)
        self.assertTold(self.head_office, transfer)
        self.assertTold(self.shop_approver, transfer)
        self.assertEqual(
            self.get_messages(self.head_office).subject, "Waits too long in a store: 1"
        )
        self.assertIn("Shop North", self.get_messages(self.head_office).body)

    def test_never(self):
        self.company.write(
            {"transfer_remind_approve_days": 0, "transfer_escalate_approve_days": 0}
        )
        self.make_waiting()
        self.run_cron(30)
        self.assertTold(self.shop_approver)
        self.assertTold(self.head_office)

    def test_head_office_only(self):
        self.company.transfer_remind_approve_days = 0
        transfer = self.make_waiting()
        self.run_cron(4)
        self.assertTold(self.shop_approver)
        self.assertTold(self.head_office, transfer)

    def test_all_that_waits_has_limits(self):
        kinds = set(
            self.env["store.transfer.work"]._fields["kind"].get_values(self.env)
        )
        # Nobody waits for a draft.
        for kind in kinds - {"submit"}:
            self.assertEqual(len(self.company._get_reminder_days(kind)), 2)

    def test_each_step_has_its_own_limits(self):
        self.company.transfer_remind_ship_days = 5
        transfer = self.make_waiting()
        self.approve(transfer)
        self.run_cron(5)
        self.assertTold(self.ec_staff)
        self.run_cron(6)
        self.assertTold(self.ec_staff, transfer)

    def test_store_without_an_approver_at_once(self):
        self.shop_approver.active = False
        transfer = self.make_waiting()
        self.run_cron(0)
        self.assertTold(self.head_office, transfer)
        self.run_cron(9)
        self.assertTold(self.head_office, transfer)

    def test_who_has_lost_the_store_is_not_told(self):
        transfer = self.make_waiting()
        self.shop_approver.transfer_store_ids = [Command.clear()]
        self.run_cron(2)
        self.assertTold(self.shop_approver)
        self.assertTold(self.head_office, transfer)

    def test_archived_store_at_once(self):
        transfer = self.make_waiting()
        self.shop.sudo().active = False
        self.run_cron(0)
        self.assertTold(self.shop_approver)
        self.assertTold(self.head_office, transfer)

    def test_where_nobody_can_be_told_head_office_is(self):
        self.shop_approver.partner_id.email = False
        transfer = self.make_waiting()
        self.run_cron(1)
        self.assertTold(self.head_office)
        self.run_cron(2)
        self.assertTold(self.shop_approver)
        self.assertTold(self.head_office, transfer)

    def test_who_has_no_address_that_can_be_written_to_can_not_be_told(self):
        self.shop_approver.partner_id.email = "none"
        transfer = self.make_waiting()
        self.run_cron(2)
        self.assertTold(self.shop_approver)
        self.assertTold(self.head_office, transfer)

    def test_head_office_of_another_company_is_not_told(self):
        other = self.env["res.company"].create({"name": "Other Goods"})
        stranger = self._create_user("stranger", "group_head_office", company=other)
        self.make_waiting()
        self.run_cron(9)
        self.assertFalse(self.get_messages(stranger))

    def test_limits_below_zero_are_refused(self):
        self.assertLimitRefused(-1)

    def test_limits_beyond_any_calendar_are_refused(self):
        self.assertLimitRefused(3651)
        self.assertLimitRefused(2**31)

    def assertLimitRefused(self, days):
        for name in REMINDER_FIELDS:
            with (
                self.subTest(name, days=days),
                self.assertRefused("from 0 to 3650", ValidationError),
            ):
                self.company[name] = days


@tagged("post_install", "-at_install")
class TestHowPeopleAreReminded(ReminderCase):
    """By each one's own preference, in their language and their day."""

    def test_by_email(self):
        self.make_waiting()
        self.run_cron(2)
        mail = self.get_mails(self.shop_approver)
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.subject, "Waits for you: 1")
        self.assertIn("/store-transfer/", mail.body_html)

    def test_in_the_inbox(self):
        self.shop_approver.notification_type = "inbox"
        transfer = self.make_waiting()
        self.run_cron(2)
        self.assertFalse(self.get_mails(self.shop_approver))
        message = self.get_messages(self.shop_approver)
        message = message.with_user(self.shop_approver)
        self.assertTrue(message.needaction)
        self.assertEqual(self.get_numbers(message), [transfer.name])

    def test_by_email_beside_the_inbox(self):
        self.shop_approver.notification_type = "inbox"
        self.shop_approver.with_user(self.shop_approver).transfer_reminder = "email"
        self.make_waiting()
        self.run_cron(2)
        self.assertEqual(len(self.get_mails(self.shop_approver)), 1)

    def test_not_at_all(self):
        self.shop_approver.with_user(self.shop_approver).transfer_reminder = "none"
        colleague = self._create_user("colleague", "group_approver", self.shop)
        transfer = self.make_waiting()
        self.run_cron(2)
        self.assertTold(self.shop_approver)
        self.assertTold(colleague, transfer)
        self.assertTold(self.head_office)

    def test_nobody_chooses_for_others(self):
        with self.assertRaises(AccessError):
            self.ec_staff.with_user(self.shop_staff).transfer_reminder = "none"

    def test_in_the_language_of_each(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.shop_approver.lang = "zh_TW"
        self.make_waiting()
        languages = []
        send = type(self.reminders)._prepare_parts

        def remember(reminders, told):
            languages.append(reminders.env.lang)
            return send(reminders, told)

        with patch.object(type(self.reminders), "_prepare_parts", remember):
            self.run_cron(4)
        self.assertEqual(sorted(languages), ["en_US", "zh_TW"])

    def test_nobody_is_told_in_the_night(self):
        transfer = self.make_waiting()
        # Seven in the morning, and eight at night, in Taipei.
        self.run_cron(1, time(23))
        self.run_cron(2, time(12))
        self.assertTold(self.shop_approver)
        self.run_cron(2, time(11))
        self.assertTold(self.shop_approver, transfer)

    def test_who_has_no_time_zone_lives_where_the_store_is(self):
        self.shop_approver.tz = False
        transfer = self.make_waiting()
        self.run_cron(2, time(12))
        self.assertTold(self.shop_approver)
        self.run_cron(2, time(11))
        self.assertTold(self.shop_approver, transfer)

    def test_each_by_their_own_clock(self):
        self.shop_approver.tz = "Pacific/Honolulu"
        transfer = self.make_waiting()
        # In Honolulu that is midnight, and ten in the morning.
        self.run_cron(3, time(10))
        self.assertTold(self.shop_approver)
        self.run_cron(3, time(20))
        self.assertTold(self.shop_approver, transfer)

    def test_one_that_fails_does_not_stop_the_others(self):
        self.make_waiting()
        transfer = self.make_waiting(destination_store_id=self.shop_south.id)
        send = type(self.reminders)._send

        def fail(reminders, user, *args):
            if user == self.shop_approver:
                raise ZeroDivisionError
            return send(reminders, user, *args)

        with (
            patch.object(type(self.reminders), "_send", fail),
            mute_logger(f"{REMINDER}.reminder"),
        ):
            self.run_cron(2)
        self.assertTold(self.head_office, transfer)
        self.assertTold(self.shop_approver)
        # Nothing was written down of it: it is told the next time.
        self.run_cron(2)
        self.assertEqual(len(self.get_messages(self.shop_approver)), 1)

    def find_letter(self, days, user):
        """Return what a user is to be told so many days from now."""
        with self.at(days):
            told, _waiting = self.reminders._find_told_users()
            return self.reminders._find_letters(told, self.reminders._read_known())[
                user.id
            ]

    def test_who_can_be_told_is_told_when_time_is_over(self):
        """To find out again for each of them what waits would never come to an end."""
        transfer = self.make_waiting()
        with (
            self.at(5),
            self.enter_registry_test_mode(),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=0),
        ):
            self.reminders._cron_remind()
        self.assertTold(self.shop_approver, transfer)
        self.assertTold(self.head_office, transfer)

    def test_what_is_deleted_meanwhile_is_not_told(self):
        deleted, transfer = self.make_waiting(), self.make_waiting()
        self.reject(deleted)
        self.reject(transfer)
        letter = self.find_letter(2, self.ec_staff)
        self.assertEqual(len(letter.news), 2)
        deleted.with_user(self.ec_staff).action_reset()
        deleted.with_user(self.ec_staff).unlink()
        self.reminders._tell(self.ec_staff, letter)
        self.assertTold(self.ec_staff, transfer)

    def test_who_leaves_meanwhile_is_not_told(self):
        self.make_waiting()
        letter = self.find_letter(2, self.shop_approver)
        self.shop_approver.active = False
        self.reminders._tell(self.shop_approver, letter)
        self.assertTold(self.shop_approver)

    def test_who_knows_is_not_written_to_the_database_again(self):
        self.make_waiting()
        self.run_cron(2)
        number = self.get_last_number()
        self.run_cron(2)
        self.run_cron(3)
        self.assertEqual(self.get_last_number(), number)

    def get_last_number(self):
        """Return the last number that was given to a row, or would have been."""
        self.env.cr.execute("SELECT last_value FROM store_transfer_reminder_id_seq")
        return self.env.cr.fetchone()[0]

    def test_nobody_writes_down_by_hand_what_was_told(self):
        self.make_waiting()
        self.run_cron(2)
        for user in self.people:
            told = self.reminders.with_user(user)
            with self.assertRaises(AccessError):
                told.create({"user_id": user.id})
        self.assertTrue(self.reminders.with_user(self.head_office).search([]))
        with self.assertRaises(AccessError):
            self.reminders.with_user(self.shop_approver).search([])


@tagged("post_install", "-at_install")
class TestCostOfReminders(ReminderCase):
    """What it takes does not depend on how much waits."""

    def count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.run_cron(2)
        return self.env.cr.sql_log_count - before

    def test_queries(self):
        self.make_waiting()
        self.count_queries()
        few = [self.make_waiting() for _number in range(2)]
        cost_of_few = self.count_queries()
        many = [self.make_waiting() for _number in range(12)]
        cost_of_many = self.count_queries()
        self.assertEqual(len(few + many), 14)
        self.assertLessEqual(cost_of_many, cost_of_few + 2)
